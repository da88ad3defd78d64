export interface InstallationFacts {
  readonly packaged: boolean;
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
}

/** Whether an installation is its own to update. A Debian package belongs to the system, and only root may change it. */
export function canUpdateItself({ packaged, platform, env }: InstallationFacts): boolean {
  if (!packaged) return false;
  return platform === 'linux' ? Boolean(env.APPIMAGE) : platform === 'win32' || platform === 'darwin';
}
