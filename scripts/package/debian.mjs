import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { capture } from '../setup/command.mjs';
import { root } from '../setup/paths.mjs';
import { SetupError } from '../setup/say.mjs';
import { desktopFile } from './desktop-entry.mjs';

const ours = join(root, 'packaging/linux');
const architectures = { x64: 'amd64', arm64: 'arm64' };
/**
 * What Electron opens and Debian's minimal systems lack; an alternative where Debian 13 and Ubuntu 24.04 have renamed a
 * library. The new name comes first: where it is, the old one may stand for another package as well, which apt would take.
 */
const depends = [
  'libgtk-3-0t64 | libgtk-3-0',
  'libnss3',
  'libasound2t64 | libasound2',
  'libgbm1',
  'libx11-xcb1',
  'libxss1',
  'libxtst6',
  'libatspi2.0-0t64 | libatspi2.0-0',
  'libnotify4',
  'libsecret-1-0',
  'libuuid1',
  'xdg-utils',
];

export function canMakeDeb() {
  return process.platform === 'linux' && existsSync('/usr/bin/dpkg-deb');
}

/**
 * Makes a .deb with Debian's own tools alone, of the application as electron-builder has packed it.
 * @param {{ unpacked: string, dist: string, version: string }} what
 * @returns {string} its path
 */
export function makeDeb({ unpacked, dist, version }) {
  const architecture = architectures[process.arch];
  const tree = join(dist, 'deb');
  rmSync(tree, { recursive: true, force: true });
  try {
    installApplication(tree, unpacked);
    installForDesktop(tree);
    installDocuments(tree, version);
    installControl(tree, { version, architecture });
    const path = join(dist, `vitrine-${version}-linux-${architecture}.deb`);
    // Everything belongs to root, whoever builds it. xz would save a tenth of the size and take minutes.
    const args = ['--root-owner-group', '-Zxz', '-z1', '--threads-max=2', '--build', tree, path];
    const result = capture('dpkg-deb', args);
    if (!result.ok) throw new SetupError(`dpkg-deb could not make the package:\n${result.output.trim()}`);
    return path;
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}

function installApplication(tree, unpacked) {
  const folder = join(tree, 'opt/Vitrine');
  mkdirSync(folder, { recursive: true });
  cpSync(unpacked, folder, { recursive: true, verbatimSymlinks: true });
  mkdirSync(join(tree, 'usr/bin'), { recursive: true });
  symlinkSync('/opt/Vitrine/vitrine', join(tree, 'usr/bin/vitrine'));
}

function installForDesktop(tree) {
  write(
    tree,
    'usr/share/applications/vitrine.desktop',
    desktopFile({ command: '/opt/Vitrine/vitrine', icon: 'vitrine' }),
  );
  const icons = join(root, 'resources/icons/png');
  for (const file of readdirSync(icons)) {
    const size = basename(file, '.png');
    write(tree, `usr/share/icons/hicolor/${size}/apps/vitrine.png`, readFileSync(join(icons, file)));
  }
  const svg = readFileSync(join(root, 'resources/icons/vitrine.svg'));
  write(tree, 'usr/share/icons/hicolor/scalable/apps/vitrine.svg', svg);
  // Not enabled: whether the kiosk starts with its account is for whoever sets up the machine.
  write(tree, 'usr/lib/systemd/user/vitrine.service', readFileSync(join(ours, 'vitrine.service')));
}

function installDocuments(tree, version) {
  const folder = 'usr/share/doc/vitrine';
  write(tree, `${folder}/copyright`, readFileSync(join(ours, 'copyright')));
  write(tree, `${folder}/THIRD-PARTY-NOTICES.md.gz`, compressed(readFileSync(join(root, 'THIRD-PARTY-NOTICES.md'))));
  const entry = `vitrine (${version}) unstable; urgency=medium\n\n  * See the repository's history.\n\n -- The Vitrine authors <vitrine@example.org>  Thu, 01 Jan 2026 00:00:00 +0000\n`;
  write(tree, `${folder}/changelog.gz`, compressed(Buffer.from(entry)));
}

function installControl(tree, { version, architecture }) {
  const sizeKb = Number(capture('du', ['-sk', '--exclude=DEBIAN', tree]).stdout.split('\t')[0]);
  const control = readFileSync(join(ours, 'control'), 'utf8')
    .replace('@VERSION@', version)
    .replace('@ARCHITECTURE@', architecture)
    .replace('@DEPENDS@', depends.join(', '))
    .replace('@SIZE@', String(sizeKb));
  write(tree, 'DEBIAN/control', control);
  for (const name of ['postinst', 'postrm']) write(tree, `DEBIAN/${name}`, readFileSync(join(ours, name)), 0o755);
}

/** Debian wants these compressed, and without a time in them, so that two builds of the same are the same. */
const compressed = (content) => gzipSync(content, { level: 9 });

function write(tree, path, content, mode = 0o644) {
  const target = join(tree, path);
  mkdirSync(join(target, '..'), { recursive: true });
  writeFileSync(target, content);
  chmodSync(target, mode);
}
