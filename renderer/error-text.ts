import { i18n } from './i18n/i18n.svelte.ts';

/** An error of the main process in the operator's language; where no sentence is known, the one that came with it. */
export function errorText(error: { readonly code: string; readonly message: string }): string {
  return i18n.m.error(error.code) ?? i18n.m.signage.errors[error.code] ?? error.message;
}
