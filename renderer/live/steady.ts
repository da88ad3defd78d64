/**
 * Keeps a shown number from flickering: it moves only when the new one is clearly different.
 * @param shown what is on screen, or null when nothing is
 * @param threshold smallest difference that is shown, in the number's own unit
 */
export function steadyNumber(shown: number | null, next: number, threshold: number): number {
  return shown === null || Math.abs(next - shown) >= threshold ? next : shown;
}
