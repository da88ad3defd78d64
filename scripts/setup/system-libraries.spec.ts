import { describe, expect, it } from 'vitest';
import { packageName } from './system-libraries.mjs';

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
