import type { PublicSettings } from '../contract/settings.ts';

/**
 * Puts a theme on the page; `system` follows the system's changes.
 * @returns a function that stops following
 */
export function applyTheme(theme: PublicSettings['live']['theme']): () => void {
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    document.documentElement.dataset.theme = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme;
  };
  apply();
  if (theme !== 'system') return () => {};
  dark.addEventListener('change', apply);
  return () => dark.removeEventListener('change', apply);
}
