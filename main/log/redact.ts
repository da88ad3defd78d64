import { homedir } from 'node:os';

/** Bounded in every part, so that a long line without an address costs no more than its length. */
const credentials = /\b([a-z][a-z0-9+.-]{1,12}:\/\/)[^\s/]{1,300}@/gi;

/** Takes out of a log line what should not be kept: passwords in addresses, and the name of the account in paths. */
export function redact(text: string, home: string = homedir()): string {
  const withoutPasswords = text.replace(credentials, '$1***@');
  return home.length > 1 ? withoutPasswords.replaceAll(home, '~') : withoutPasswords;
}
