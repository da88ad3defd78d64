import { z } from 'zod';

/**
 * Where updates come from: a folder on a server. Only https, for who controls the answer controls this machine; without
 * a password, which the page would show; without a query, which could tell the server something about this machine.
 */
export const updateAddressSchema = z.string().max(500).refine(isUpdateAddress, 'is no https address of a folder');

function isUpdateAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return protocol === 'https:' && [username, password, search, hash].every((part) => part === '');
}
