/**
 * Puts the packages that the product is compared with into a folder of their own, outside the project's dependencies:
 *
 *     node bench/peers/install.mjs
 *
 * Pinned, without running any script of theirs.
 */
import { mkdirSync } from 'node:fs';
import { run } from '../../scripts/setup/command.mjs';
import { peersFolder, peerVersions } from './packages.mjs';

mkdirSync(peersFolder, { recursive: true });
const packages = Object.entries(peerVersions).map(([name, version]) => `${name}@${version}`);
process.exit(await run('npm', ['install', '--ignore-scripts', '--no-save', '--prefix', peersFolder, ...packages]));
