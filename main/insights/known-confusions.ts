import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { genderClasses } from '../../contract/attributes.ts';
import { type Confusions, classesOf } from './distributions.ts';

/** What is known of a network's errors, and where nothing is, why. */
export interface KnownConfusions {
  readonly confusions: Confusions;
  /** For the log; null where everything is in order. */
  readonly complaint: string | null;
}

const shownClasses: Readonly<Record<keyof Confusions, readonly string[]>> = {
  ...classesOf,
  gender: genderClasses,
};

const table = z.object({ classes: z.array(z.string()), named: z.array(z.array(z.int().min(0))) });
const schema = z.object({ model: z.object({ sha256: z.string() }), attributes: z.record(z.string(), table) });

/**
 * The tables of errors that `python3 -m vitrine attributes confusion` wrote beside a model. They say nothing of any other
 * network, so the model's bytes are compared; a network that brings none is not corrected.
 *
 * @param modelFile the attribute network, ending in `.onnx`
 */
export function knownConfusions(modelFile: string): KnownConfusions {
  const file = modelFile.replace(/\.onnx$/i, '.confusion.json');
  try {
    const { model, attributes } = schema.parse(JSON.parse(readFileSync(file, 'utf8')));
    if (createHash('sha256').update(readFileSync(modelFile)).digest('hex') !== model.sha256) {
      return none(`${file} was measured with another network`);
    }
    const entries = Object.entries(attributes).map(([name, { classes, named }]) => {
      const shown = name in shownClasses ? shownClasses[name as keyof Confusions] : [];
      const fits = named.length === shown.length && named.every((row) => row.length === shown.length);
      if (!fits || classes.join() !== shown.join())
        throw new Error(`the classes of ${name} are not those that are counted`);
      return [name, { classes, named }] as const;
    });
    return { confusions: Object.fromEntries(entries), complaint: null };
  } catch (error) {
    return none(`${file} cannot be used: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function none(complaint: string): KnownConfusions {
  return { confusions: {}, complaint: `Shares are not corrected by the network's errors. ${complaint}` };
}
