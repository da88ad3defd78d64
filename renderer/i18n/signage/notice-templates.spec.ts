import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { poster as german } from './poster-de.ts';
import { poster as english } from './poster-en.ts';

const folder = join(import.meta.dirname, '../../../docs/templates');
const flat = (text: string) => text.replaceAll(/\n>|\s+/g, ' ').replaceAll(/ +/g, ' ');

/** What hangs at the door and what stands in the templates may not differ. */
describe.each([
  ['notice.en.md', english.sheet],
  ['notice.de.md', german.sheet],
])('the template %s', (name, sheet) => {
  const text = flat(readFileSync(join(folder, name), 'utf8'));

  it('says on its sign what the poster says', () => {
    const said = [sheet.title, sheet.lead, sheet.measured, sheet.people, ...sheet.nevers, sheet.never, sheet.kept];
    for (const sentence of [...said, sheet.keptText('[5]'), sheet.avoid, sheet.reacts.slice(0, -1), sheet.minorsOff]) {
      expect(text.toLowerCase()).toContain(sentence.replace(/\.$/, '').toLowerCase());
    }
  });
});
