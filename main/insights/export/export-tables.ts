import type { DayRange, InsightsReport } from '../../../contract/insights.ts';
import type { PlayRow, PlaysReport } from '../plays.ts';
import { dataDictionary, playsDictionary } from './dictionary.ts';
import { type FigureRow, figureRows } from './figures.ts';
import type { ExportTable } from './table-file.ts';

/** What made the figures; stands in every export. */
export interface ExportOrigin {
  readonly version: string;
  readonly detector: string | null;
  readonly attributes: string | null;
  readonly watcherMs: number;
}

interface Facts {
  readonly range: DayRange;
  readonly generatedAtMs: number;
  readonly timeZone: string;
  /** k: cells of fewer people are hidden. */
  readonly smallestCell: number;
}

/** The figures of a report. */
export function figuresTable(report: InsightsReport, origin: ExportOrigin): ExportTable<FigureRow> {
  return {
    name: 'figures',
    columns: {
      table: 'STRING',
      from_day: 'STRING',
      to_day: 'STRING',
      group: 'STRING',
      subgroup: 'STRING',
      measure: 'STRING',
      value: 'DOUBLE',
      low: 'DOUBLE',
      high: 'DOUBLE',
      hidden_in: 'INT32',
    },
    rows: figureRows(report),
    metadata: {
      ...metadataOf(report, origin, dataDictionary),
      coverage: { days: report.coverage, hours: report.hoursCoverage, details: report.ageGender.coverage },
    },
  };
}

/** Proof of play. */
export function playsTable(report: PlaysReport, origin: ExportOrigin): ExportTable<PlayRow> {
  return {
    name: 'plays',
    columns: {
      kind: 'STRING',
      start: 'STRING',
      end: 'STRING',
      from_day: 'STRING',
      to_day: 'STRING',
      screen: 'STRING',
      playlist: 'STRING',
      item: 'STRING',
      name: 'STRING',
      reason: 'STRING',
      plays: 'INT32',
      completed: 'INT32',
      shown_ms: 'INT32',
      watchers: 'INT32',
      attention_ms: 'DOUBLE',
    },
    rows: report.rows,
    metadata: metadataOf(report, origin, playsDictionary),
  };
}

function metadataOf(facts: Facts, origin: ExportOrigin, dictionary: object): object {
  return {
    product: 'Vitrine',
    ...origin,
    range: facts.range,
    generatedAt: new Date(facts.generatedAtMs).toISOString(),
    timeZone: facts.timeZone,
    smallestCell: facts.smallestCell,
    dictionary,
  };
}
