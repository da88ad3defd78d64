import type { RequestErrorCode } from '../contract/request-errors.ts';
import { i18n } from './i18n/i18n.svelte.ts';

/** An error of the main process in the operator's language. */
export function errorText(error: { readonly code: RequestErrorCode }): string {
  return i18n.m.errors[error.code];
}
