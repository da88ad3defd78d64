import { homedir } from 'node:os';

/** Takes out of a log line what should not be kept: passwords in addresses, and the name of the account in paths. */
export function redact(text: string, home: string = homedir()): string {
  const withoutPasswords = text.replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, '$1***@');
  return home.length > 1 ? withoutPasswords.replaceAll(home, '~') : withoutPasswords;
}
