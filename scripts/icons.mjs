/** `npm run icons`: resources/icons/vitrine.svg in every format that an operating system asks for. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { icns, ico } from './package/icon-files.mjs';
import { root } from './setup/paths.mjs';

const folder = join(root, 'resources/icons');
const linuxSizes = [16, 24, 32, 48, 64, 128, 256, 512];
const windowsSizes = [16, 24, 32, 48, 64, 128, 256];
const macSizes = [16, 32, 64, 128, 256, 512, 1024];

const svg = readFileSync(join(folder, 'vitrine.svg'), 'utf8');
const png = (size) => ({ size, png: new Resvg(svg, { fitTo: { mode: 'width', value: size } }).render().asPng() });

rmSync(join(folder, 'png'), { recursive: true, force: true });
mkdirSync(join(folder, 'png'));
for (const icon of linuxSizes.map(png)) writeFileSync(join(folder, 'png', `${icon.size}x${icon.size}.png`), icon.png);
writeFileSync(join(folder, 'vitrine.ico'), ico(windowsSizes.map(png)));
writeFileSync(join(folder, 'vitrine.icns'), icns(macSizes.map(png)));
