import { describe, expect, it } from 'vitest';
import { everythingCounted, fusedAttributes, nothingCounted } from '../../tests/support/audience-fixtures.ts';
import { foldVisit } from './folding.ts';
import type { Visit } from './visit.ts';

const visit: Visit = {
  firstSeenMs: 1000,
  lastSeenMs: 8000,
  attentionMs: 2500,
  endedAtMs: Date.UTC(2026, 0, 5, 10, 14, 59, 999),
  attributes: fusedAttributes(),
};
const bucketStartMs = Date.UTC(2026, 0, 5, 10, 0);
const rules = { counted: everythingCounted, watcherMs: 500 };

describe('foldVisit', () => {
  it('adds one person to each cell of a watcher and nothing else', () => {
    const watchers = 1;
    const histogram = (attribute: string, value: string) => ({
      table: 'watchers_by_attribute',
      bucketStartMs,
      attribute,
      value,
      watchers,
    });
    expect(foldVisit(visit, rules)).toEqual([
      {
        table: 'visits',
        bucketStartMs,
        passersBy: 1,
        watchers,
        dwellMs: 7000,
        attentionMs: 2500,
        watcherAttentionMs: 2500,
      },
      { table: 'visits_by_duration', bucketStartMs, measure: 'dwell', fromMs: 5000, visits: 1 },
      { table: 'visits_by_duration', bucketStartMs, measure: 'attention', fromMs: 2000, visits: 1 },
      { table: 'watchers_by_age_gender', bucketStartMs, ageBand: '25-34', gender: 'female', watchers },
      histogram('smile', '0.8-1.0'),
      histogram('expression', 'happiness'),
      histogram('glasses', 'none'),
      histogram('eyeMakeup', 'yes'),
      histogram('lipMakeup', 'yes'),
      histogram('beard', '0.0-0.2'),
      histogram('moustache', '0.0-0.2'),
      histogram('sideburns', '0.0-0.2'),
    ]);
  });

  it('says unsure where the evidence was too weak, and everywhere where no face was read', () => {
    const nobodyKnows = { value: null, confidence: 0.4 };
    const doubtful = foldVisit(
      { ...visit, attributes: fusedAttributes({ gender: nobodyKnows, beard: nobodyKnows }) },
      rules,
    );
    expect(doubtful).toContainEqual(expect.objectContaining({ ageBand: '25-34', gender: 'unsure' }));
    expect(doubtful).toContainEqual(expect.objectContaining({ attribute: 'beard', value: 'unsure' }));

    const unread = foldVisit({ ...visit, attributes: null }, rules);
    expect(unread).toContainEqual(expect.objectContaining({ ageBand: 'unsure', gender: 'unsure' }));
    expect(unread.filter((increment) => 'value' in increment && increment.value !== 'unsure')).toEqual([]);
  });

  it('never looks at what is not to be counted', () => {
    const withoutGender = foldVisit(visit, {
      ...rules,
      counted: { ...everythingCounted, gender: false, expression: false },
    });
    expect(withoutGender).toContainEqual(expect.objectContaining({ ageBand: '25-34', gender: 'not counted' }));
    expect(JSON.stringify(withoutGender)).not.toMatch(/female|happiness|expression/);

    const nothing = foldVisit(visit, { ...rules, counted: nothingCounted });
    expect(nothing.map(({ table }) => table)).toEqual(['visits', 'visits_by_duration', 'visits_by_duration']);
  });

  it('folds no attribute of a passer-by who did not watch', () => {
    const passedBy = foldVisit({ ...visit, attentionMs: 499 }, rules);
    expect(passedBy.map(({ table }) => table)).toEqual(['visits', 'visits_by_duration', 'visits_by_duration']);
    expect(passedBy[0]).toMatchObject({ passersBy: 1, watchers: 0 });
  });

  it('never gives more attention than dwell', () => {
    const brief = foldVisit({ ...visit, lastSeenMs: 1600, attentionMs: 900 }, rules);
    expect(brief[0]).toMatchObject({ dwellMs: 600, attentionMs: 600, watchers: 1 });
  });
});
