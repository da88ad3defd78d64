import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../support/shared.ts';

const dist = join(repository, 'dist');

/** The application as a folder. Of the other systems' packages the same holds, but only Linux is looked at here. */
export const unpacked = join(dist, process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`);

/** @returns the .deb that was made last */
export function debFile(): string {
  const name = readdirSync(dist)
    .filter((each) => each.endsWith('.deb'))
    .sort()
    .at(-1);
  if (!name) throw new Error('there is no .deb in dist/; type `npm run package`.');
  return join(dist, name);
}

/** @returns why nothing can be installed here, or null where it can */
export function whyNotInstallable(): string | null {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/dpkg')) return 'this is no Debian';
  if (process.getuid?.() !== 0) return 'only root can install packages';
  if (isInstalled()) return 'Vitrine is installed on this machine, and would be removed';
  return null;
}

export function isInstalled(): boolean {
  try {
    const status = execFileSync('dpkg', ['--status', 'vitrine'], { stdio: 'pipe' });
    return !/^Status: .* not-installed$/m.test(status.toString());
  } catch {
    return false;
  }
}

/** As an operator would, with everything the package depends on. */
export function aptInstall(path: string): void {
  const apt = (...args: string[]) =>
    execFileSync('apt-get', ['--quiet', '--yes', ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: 'pipe',
    });
  try {
    apt('install', '--no-install-recommends', path);
  } catch {
    // A new machine has no package lists yet.
    apt('update');
    apt('install', '--no-install-recommends', path);
  }
}
