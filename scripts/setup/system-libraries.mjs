import { existsSync, readFileSync } from 'node:fs';
import { capture } from './command.mjs';
import { SetupError, say } from './say.mjs';

const triplet = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
const libraryFolders = [`/usr/lib/${triplet}`, `/lib/${triplet}`, '/usr/lib64', '/usr/lib'];
const library = (name) => () => libraryFolders.some((folder) => existsSync(`${folder}/${name}`));
const typelibFolders = libraryFolders.map((folder) => `${folder}/girepository-1.0`);
const program = (name) => () =>
  (process.env.PATH ?? '')
    .split(':')
    .concat('/usr/bin', '/bin')
    .some((folder) => folder && existsSync(`${folder}/${name}`));
const pythonModule = (name) => () => existsSync(`/usr/lib/python3/dist-packages/${name}`);

/** Debian packages with the file by which their presence is seen: looking is fast, asking dpkg is not. */
const window = [
  ['libgtk-3-0', library('libgtk-3.so.0')],
  ['libnss3', library('libnss3.so')],
  ['libasound2', library('libasound.so.2')],
  ['libgbm1', library('libgbm.so.1')],
  // Opened by name when the window is made: without it Chromium ends without a word.
  ['libx11-xcb1', library('libX11-xcb.so.1')],
  ['libxss1', library('libXss.so.1')],
  ['libxtst6', library('libXtst.so.6')],
  ['libsecret-1-0', library('libsecret-1.so.0')],
  ['dbus', program('dbus-daemon')],
];
const virtualDisplay = [
  ['xvfb', program('Xvfb')],
  ['fonts-dejavu-core', () => existsSync('/usr/share/fonts')],
];
/** An X server whose displays can be plugged in, changed and pulled out by `xrandr`. */
const changingDisplays = [
  ['xserver-xorg-core', program('Xorg')],
  ['xserver-xorg-video-dummy', () => existsSync('/usr/lib/xorg/modules/drivers/dummy_drv.so')],
  ['x11-xserver-utils', program('xrandr')],
];
const training = [
  ['python3', () => existsSync('/usr/bin/python3')],
  ['python3-torch', pythonModule('torch')],
  ['python3-numpy', pythonModule('numpy')],
  ['python3-pil', pythonModule('PIL')],
  ['python3-onnx', pythonModule('onnx')],
  ['python3-yaml', pythonModule('yaml')],
  ['python3-tqdm', pythonModule('tqdm')],
  ['python3-pytest', pythonModule('pytest')],
];
/** An RTSP server whose films the tests play like a network camera's. */
const rtspServer = [
  ['python3-gi', pythonModule('gi')],
  [
    'gir1.2-gst-rtsp-server-1.0',
    () => typelibFolders.some((folder) => existsSync(`${folder}/GstRtspServer-1.0.typelib`)),
  ],
  ['gstreamer1.0-plugins-good', library('gstreamer-1.0/libgstrtp.so')],
  // For RTSP over TLS: GStreamer's side of it, and what makes a certificate.
  ['glib-networking', library('gio/modules/libgiognutls.so')],
  ['openssl', program('openssl')],
];
const compiler = [['g++', program('g++')]];
const groups = {
  window,
  'virtual-display': virtualDisplay,
  'changing-displays': changingDisplays,
  'rtsp-server': rtspServer,
  training,
  compiler,
};

/** @param {keyof typeof groups} group */
function missingOf(group) {
  return groups[group].filter(([, present]) => !present()).map(([name]) => name);
}

/** What Debian 13 and Ubuntu 24.04 call otherwise: the libraries whose time_t grew to 64 bits. */
const renamed = ['libgtk-3-0', 'libasound2'];
/** Ubuntu's releases before that, by which systems made of it (Linux Mint, for one) say what they are made of. */
const ubuntuBefore = ['xenial', 'bionic', 'focal', 'jammy', 'kinetic', 'lunar', 'mantic'];

/**
 * A package's name on this system. The old name is no way to ask for the new package: on Ubuntu, libasound2 stands for
 * any of several packages, and apt-get refuses to choose.
 * @param {string} release the text of /etc/os-release
 */
export function packageName(name, release) {
  return renamed.includes(name) && hasRenamed(release) ? `${name}t64` : name;
}

function hasRenamed(release) {
  const field = (key) => new RegExp(`^${key}="?([^"\n]*)`, 'm').exec(release)?.[1];
  // What is to be Debian's next release has no number yet.
  const version = Number.parseInt(field('VERSION_ID') ?? '99', 10);
  if (field('ID') === 'debian') return version >= 13;
  if (field('ID') === 'ubuntu') return version >= 24;
  const madeOf = field('UBUNTU_CODENAME');
  return madeOf !== undefined && !ubuntuBefore.includes(madeOf);
}

function osRelease() {
  return existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
}

/**
 * Makes sure of the system packages of a group, or of several at once. Looks at files only while nothing is missing
 * (under a millisecond).
 * @param {keyof typeof groups | (keyof typeof groups)[]} wanted
 * @param {string} purpose what cannot be done without them, for the message
 */
export function requireSystemPackages(wanted, purpose) {
  if (process.platform !== 'linux') return;
  const missing = [...new Set([wanted].flat())].flatMap(missingOf);
  if (missing.length === 0) return;
  const release = osRelease();
  const names = missing.map((name) => packageName(name, release));
  const apt = program('apt-get')();
  if (!apt) {
    say(`${purpose} may need packages that this system seems to lack: ${names.join(', ')} (Debian's names).`);
    return;
  }
  const install = `apt-get install --no-install-recommends ${names.join(' ')}`;
  if (process.getuid?.() !== 0)
    throw new SetupError(`${purpose} needs some system packages. Please type: sudo ${install}`);
  say(`installing Debian's ${names.join(', ')} ...`);
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  const args = ['install', '--yes', '--quiet', '--no-install-recommends', ...names];
  let result = capture('apt-get', args, options);
  if (!result.ok) {
    // A new machine has no package lists yet, an old one has lists that name packages no longer there.
    capture('apt-get', ['update', '--quiet'], options);
    result = capture('apt-get', args, options);
  }
  if (!result.ok) {
    const reason = result.output.trim().split('\n').slice(-6).join('\n');
    throw new SetupError(
      `${purpose} needs system packages that could not be installed. Please type: ${install}\n${reason}`,
    );
  }
}

/** Whether a group is complete, for tasks that can go on without. */
export function hasSystemPackages(group) {
  return missingOf(group).length === 0;
}
