import type { SavedFiles } from '../../contract/insights-ipc.ts';
import type { Outcome } from '../../contract/ipc.ts';
import { errorText } from '../error-text.ts';
import { i18n } from '../i18n/i18n.svelte.ts';

/** What has become of saving: the names of the files, that it was cancelled, or what to do about it. */
export function savedText(answer: Outcome<SavedFiles>): string {
  if (!answer.ok) return errorText(answer.error);
  const { saved, cancelled } = i18n.m.insights.export;
  return answer.value ? saved(answer.value.files.join(', ')) : cancelled;
}
