import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const fileName = 'graphics.json';
/** Drivers are updated; after so long the hardware gets another chance. */
const rememberedMs = 30 * 24 * 3_600_000;

const schema = z.object({ software: z.literal(true), version: z.string().max(50), sinceMs: z.number() });

/**
 * Whether the graphics hardware of this machine failed so often that the application draws without it. Remembered
 * across starts, or every start of the kiosk would begin with the same crashes; forgotten with a new version of the
 * application and after 30 days.
 */
export function rememberedSoftwareGraphics(dataFolder: string, version: string, nowMs = Date.now()): boolean {
  try {
    const known = schema.parse(JSON.parse(readFileSync(join(dataFolder, fileName), 'utf8')));
    const age = nowMs - known.sinceMs;
    return known.version === version && age >= 0 && age < rememberedMs;
  } catch {
    return false;
  }
}

/** @returns whether it could be written; if not, the next start tries the hardware again */
export function rememberSoftwareGraphics(dataFolder: string, version: string, nowMs = Date.now()): boolean {
  try {
    writeFileSync(join(dataFolder, fileName), `${JSON.stringify({ software: true, version, sinceMs: nowMs })}\n`);
    return true;
  } catch {
    return false;
  }
}
