import { describe, expect, it } from 'vitest';
import { attributeNames } from '../../contract/attributes.ts';
import { problemCodes } from '../../contract/problems.ts';
import { requestErrorCodes } from '../../contract/request-errors.ts';
import { languages } from '../../contract/settings.ts';
import { catalogues } from './catalogues.ts';
import { createFormatters } from './formatters.ts';

type Leaf = readonly [path: string, text: string];

/** Every text of a catalogue; functions are called with recognisable arguments. */
function texts(value: unknown, path = ''): Leaf[] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') {
    const params = { source: 'LABEL', file: 'FILE' };
    return [[path, String(value.length === 1 && path.startsWith('problem') ? value(params) : value('A1', 'B2', 'C3'))]];
  }
  if (Array.isArray(value)) return value.flatMap((entry, index) => texts(entry, `${path}[${index}]`));
  return Object.entries(value as object).flatMap(([key, entry]) => texts(entry, path ? `${path}.${key}` : key));
}

const mayBeEmpty = new Set(['readability.read', 'readabilityShort.read']);

describe.each(languages)('the catalogue %s', (language) => {
  const leaves = texts(catalogues[language]);

  it('has the same entries as the English one', () => {
    expect(leaves.map(([path]) => path).sort()).toEqual(
      texts(catalogues.en)
        .map(([path]) => path)
        .sort(),
    );
  });

  it('leaves no text empty', () => {
    expect(leaves.filter(([path, text]) => text.trim() === '' && !mayBeEmpty.has(path))).toEqual([]);
  });

  it('puts every argument into its sentence', () => {
    const messages = catalogues[language];
    expect(messages.setup.source.modeSize('1', '2', '3')).toMatch(/1.*2.*3/);
    expect(messages.live.years('31', '4')).toMatch(/31.*4/);
    expect(messages.problem['source-missing']({ source: 'Lobby' })).toContain('Lobby');
    expect(messages.problem['source-missing']({})).not.toContain('undefined');
  });

  it('says every problem in one or two plain sentences that end properly', () => {
    for (const code of problemCodes) {
      const text = catalogues[language].problem[code]({});
      expect(text, code).toMatch(/\.$/);
      expect(text.length, code).toBeLessThan(170);
      expect(text, code).not.toMatch(/ENOENT|Error|exception|onnx|null|undefined/i);
    }
  });

  it('says of every request that fails what is wrong, in as many words', () => {
    for (const code of requestErrorCodes) {
      const text = catalogues[language].errors[code];
      expect(text, code).toMatch(/^[^a-zäöü].*\.$/);
      expect(text.length, code).toBeLessThan(170);
    }
  });

  it('names every attribute differently', () => {
    expect(new Set(attributeNames.map((name) => catalogues[language].attribute[name])).size).toBe(
      attributeNames.length,
    );
  });
});

it('translates: long texts of German are not those of English', () => {
  const english = new Map(texts(catalogues.en));
  const same = texts(catalogues.de).filter(([path, text]) => text.length > 16 && english.get(path) === text);
  expect(same).toEqual([]);
});

describe('createFormatters', () => {
  it('writes numbers as the language does', () => {
    expect(createFormatters('de-DE').short(1234.56)).toBe('1.234,6');
    expect(createFormatters('en-GB').short(1234.56)).toBe('1,234.6');
    expect(createFormatters('en-GB').percent(0.256)).toBe('26');
  });

  it('writes sizes with a fitting unit', () => {
    const format = createFormatters('en-GB');
    expect(format.bytes(0)).toBe('0 byte');
    expect(format.bytes(45_000)).toBe('45 kB');
    expect(format.bytes(3_400_000)).toBe('3.4 MB');
    expect(format.bytes(9e15)).toContain('GB');
  });
});
