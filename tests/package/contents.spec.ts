import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { describe, expect, it } from 'vitest';
import { binaryKind, filesOf, sizeByPart } from '../../scripts/package/contents.mjs';
import { debFile, unpacked } from './support/made-package.ts';

const megabyte = 2 ** 20;
/** How a fuse stands in the executable: the characters `0` and `1`. */
const fuseOff = 0x30;
const fuseOn = 0x31;
const nativeName = /\.(node|so(\.\d+)*|dylib|dll|exe)$/;

describe.skipIf(process.platform !== 'linux')('the application as it is packed', () => {
  const files = filesOf(unpacked);
  const paths = files.map(({ path }) => path);
  const onDisk = files.filter(({ packed }) => !packed);

  it('has everything that native code opens by its path outside the archive', () => {
    expect(files.filter(({ path, packed }) => packed && nativeName.test(path))).toEqual([]);
    const beside = paths.filter((path) => path.startsWith('resources/app.asar.unpacked/'));
    for (const wanted of [
      /\/better_sqlite3\.node$|\/prebuilds\/linux-\w+\.node$/,
      /\/onnxruntime_binding\.node$/,
      /\/libonnxruntime\.so\.1$/,
      /\/node-av\.node$/,
      /\/models\/face-detector\.onnx$/,
      /\/models\/attributes\.onnx$/,
      /\/demo\/reel\.mp4$/,
    ]) {
      expect(
        beside.filter((path) => wanted.test(path)),
        String(wanted),
      ).toHaveLength(1);
    }
  });

  it('holds binaries of this system and processor only', () => {
    const kinds = onDisk.map(({ path }) => ({ path, kind: binaryKind(join(unpacked, path)) }));
    const binaries = kinds.filter(({ kind }) => kind !== null);
    expect(binaries.length).toBeGreaterThan(8);
    expect(binaries.filter(({ kind }) => kind !== `linux-${process.arch}`)).toEqual([]);
    expect(paths.filter((path) => /node_modules\/node-(linux|win)-x64\//.test(path))).toEqual([]);
  });

  it('has the fuses of Electron’s security checklist', async () => {
    const fuses = await getCurrentFuseWire(join(unpacked, 'vitrine'));
    const off = [
      FuseV1Options.RunAsNode,
      FuseV1Options.EnableNodeOptionsEnvironmentVariable,
      FuseV1Options.EnableNodeCliInspectArguments,
      FuseV1Options.GrantFileProtocolExtraPrivileges,
    ];
    const on = [
      FuseV1Options.OnlyLoadAppFromAsar,
      FuseV1Options.EnableCookieEncryption,
      FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
    ];
    for (const fuse of off) expect(fuses[fuse], FuseV1Options[fuse]).toBe(fuseOff);
    for (const fuse of on) expect(fuses[fuse], FuseV1Options[fuse]).toBe(fuseOn);
    expect(paths).not.toContain('resources/default_app.asar');
  });

  it('holds the licences, and says that FFmpeg is under the GPL', () => {
    const licence = (name: string) => readFileSync(join(unpacked, 'resources/licences', name), 'utf8');
    expect(licence('LICENSE')).toContain('Apache License');
    expect(licence('GPL-3.0.txt')).toContain('GNU GENERAL PUBLIC LICENSE');
    expect(licence('THIRD-PARTY-NOTICES.md')).toMatch(
      /FFmpeg[\s\S]*General Public License,\sversion 3[\s\S]*libfdk-aac/,
    );
    expect(existsSync(join(unpacked, 'LICENSES.chromium.html'))).toBe(true);
  });

  it('holds nothing that belongs to its making only', () => {
    const strangers =
      /(^|\/)(shared|training|bench|tests|\.cache|\.git)\/|\.(map|ts|spec\.[^/]+)$|\.sqlite|\/app\.asar\/(main|renderer|scripts|docs)\//;
    const own = paths.filter((path) => !path.includes('/node_modules/'));
    expect(own.filter((path) => strangers.test(path))).toEqual([]);
    // electron-updater would install a .deb instead of the AppImage.
    expect(paths).not.toContain('resources/package-type');
    expect(paths.filter((path) => /app\.asar\/node_modules\/(electron|vite|svelte|typescript)\//.test(path))).toEqual(
      [],
    );
  });

  it('is no larger than its parts need', () => {
    const sizes = sizeByPart(files);
    const most: Readonly<Record<string, number>> = {
      Electron: 330,
      'node-av (FFmpeg)': 190,
      onnxruntime: 60,
      'better-sqlite3': 5,
      'other packages': 30,
      networks: 20,
      'demo reel': 8,
      application: 4,
      licences: 1,
    };
    expect(Object.keys(sizes).sort()).toEqual(Object.keys(most).sort());
    for (const [part, bytes] of Object.entries(sizes)) {
      expect(bytes, part).toBeGreaterThan(0);
      expect(bytes / megabyte, part).toBeLessThan(most[part] ?? 0);
    }
  });
});

describe.skipIf(process.platform !== 'linux' || !existsSync('/usr/bin/dpkg-deb'))('the Debian package', () => {
  const field = (name: string) => execFileSync('dpkg-deb', ['--field', debFile(), name]).toString().trim();

  it('says what it is and what it needs', () => {
    expect(field('Package')).toBe('vitrine');
    expect(field('Version')).toMatch(/^\d+\.\d+\.\d+(~trial)?$/);
    for (const library of ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libx11-xcb1']) {
      expect(field('Depends')).toContain(library);
    }
    // On Ubuntu 24.04 the old names may be had as another package, so apt is to see the new ones first.
    for (const renamed of ['libgtk-3-0', 'libasound2', 'libatspi2.0-0']) {
      expect(field('Depends')).toContain(`${renamed}t64 | ${renamed}`);
    }
  });

  it('belongs to root and lies where Debian wants it', () => {
    const listing = execFileSync('dpkg-deb', ['--contents', debFile()], { maxBuffer: 8 * megabyte }).toString();
    const lines = listing.trim().split('\n');
    expect(lines.filter((line) => !line.includes(' root/root '))).toEqual([]);
    expect(lines.filter((line) => /^.{8}w/.test(line) && !line.startsWith('l'))).toEqual([]);
    for (const path of [
      './usr/bin/vitrine -> /opt/Vitrine/vitrine',
      './usr/share/applications/vitrine.desktop',
      './usr/share/icons/hicolor/48x48/apps/vitrine.png',
      './usr/share/doc/vitrine/copyright',
      './usr/lib/systemd/user/vitrine.service',
    ]) {
      expect(listing).toContain(path);
    }
    expect(listing).not.toContain('.wants/');
  });
});
