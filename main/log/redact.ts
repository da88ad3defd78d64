import { homedir } from 'node:os';
import { withoutCredentials } from '../vision/capture/source-label.ts';

/** Takes out of a log line what should not be kept: passwords and queries of addresses, the account's name in paths. */
export function redact(text: string, home: string = homedir()): string {
  const withoutPasswords = withoutCredentials(text);
  return home.length > 1 ? withoutPasswords.replaceAll(home, '~') : withoutPasswords;
}
