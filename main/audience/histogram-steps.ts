/**
 * Lower edges of the steps of dwell and attention histograms, ms. Never changed: counters of different days would not
 * be comparable any more. Finer where most visits lie, open at the end.
 */
export const durationEdgesMs = [0, 500, 1000, 2000, 5000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000] as const;

/** @returns the lower edge of the step in which a duration lies */
export function durationStep(ms: number): number {
  let from: number = durationEdgesMs[0];
  for (const edge of durationEdgesMs) if (ms >= edge) from = edge;
  return from;
}

/** Names of the five even steps of a scale of 0..1. */
export const scaleSteps = ['0.0-0.2', '0.2-0.4', '0.4-0.6', '0.6-0.8', '0.8-1.0'] as const;
export type ScaleStep = (typeof scaleSteps)[number];

/** @param value 0..1; each step holds its lower edge, the last one both */
export function scaleStep(value: number): ScaleStep {
  const index = Math.min(Math.max(Math.floor(value * scaleSteps.length + 1e-9), 0), scaleSteps.length - 1);
  return scaleSteps[index] as ScaleStep;
}
