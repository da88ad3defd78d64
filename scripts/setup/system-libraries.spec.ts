import { describe, expect, it, vi } from 'vitest';
import { SetupError } from './say.mjs';
import { packageName, requireSystemPackages } from './system-libraries.mjs';

// A Debian 12 with nothing on it but apt-get.
vi.mock('node:fs', () => ({
  existsSync: (path: string) => ['/usr/bin/apt-get', '/etc/os-release'].includes(path),
  readFileSync: () => 'ID=debian\nVERSION_ID="12"\n',
}));

// Nothing is ever installed by this test, whoever runs it.
vi.mock('./command.mjs', () => ({ capture: () => ({ ok: false, output: '' }) }));

describe('the name of a package', () => {
  it.each([
    ['Debian 12', 'ID=debian\nVERSION_ID="12"\n', 'libasound2'],
    ['Debian 13', 'VERSION_ID="13"\nID=debian\n', 'libasound2t64'],
    ['Debian without a number yet', 'ID=debian\nVERSION_CODENAME=forky\n', 'libasound2t64'],
    ['Ubuntu 22.04', 'VERSION_ID="22.04"\nID=ubuntu\nUBUNTU_CODENAME=jammy\n', 'libasound2'],
    ['Ubuntu 24.04', 'VERSION_ID="24.04"\nID=ubuntu\nUBUNTU_CODENAME=noble\n', 'libasound2t64'],
    ['Ubuntu 26.04', 'VERSION_ID="26.04"\nID=ubuntu\n', 'libasound2t64'],
    [
      'Linux Mint 21',
      'ID=linuxmint\nID_LIKE="ubuntu debian"\nVERSION_ID="21.3"\nUBUNTU_CODENAME=jammy\n',
      'libasound2',
    ],
    ['Linux Mint 22', 'ID=linuxmint\nVERSION_ID="22"\nUBUNTU_CODENAME=noble\n', 'libasound2t64'],
    ['Fedora', 'ID=fedora\nVERSION_ID=43\n', 'libasound2'],
    ['a system that does not say what it is', '', 'libasound2'],
  ])('is the one of %s', (_system, release, name) => {
    expect(packageName('libasound2', release)).toBe(name);
    expect(packageName('libnss3', release)).toBe('libnss3');
  });
});

describe.skipIf(process.platform !== 'linux')('packages that are missing', () => {
  it('are asked for in one command, those of several groups too', () => {
    const user = vi.spyOn(process, 'getuid').mockReturnValue(1000);
    const ask = () => requireSystemPackages(['virtual-display', 'compiler', 'virtual-display'], 'This test');
    expect(ask).toThrow(SetupError);
    expect(ask).toThrow(
      'This test needs some system packages. Please type: sudo apt-get install --no-install-recommends xvfb fonts-dejavu-core g++',
    );
    expect(() => requireSystemPackages('compiler', 'This test')).toThrow(/ g\+\+$/);
    user.mockRestore();
  });
});
