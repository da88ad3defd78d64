/** A figure that is followed over the run. */
export interface Series {
  readonly name: string;
  readonly unit: string;
  /** A rise over half of the run by less than this is no growth: memory is taken in pages and given back late. */
  readonly leastRise: number;
  /** Why it may grow, and what ends it; null = it must not. */
  readonly growsBecause: string | null;
}

const flat = (name: string, unit: string, leastRise: number): Series => ({ name, unit, leastRise, growsBecause: null });

/** Everything that is followed but the tables, which are named as they are found. */
export const series = {
  mainMb: flat('memory, main process', 'MB', 3),
  engineMb: flat('memory, engine', 'MB', 5),
  pageMb: flat('memory, page', 'MB', 15),
  framesMb: flat('memory, pages within the page', 'MB', 40),
  gpuMb: flat('memory, GPU process', 'MB', 8),
  otherMb: flat('memory, other processes', 'MB', 3),
  mainHeapMb: flat('JS heap, main, without code', 'MB', 0.2),
  mainCodeMb: {
    name: 'compiled code, main',
    unit: 'MB',
    leastRise: 0.1,
    growsBecause: 'functions are compiled anew as they prove busy; there are only so many of them',
  },
  pageHeapMb: flat('JS heap, page', 'MB', 0.3),
  handles: flat('file descriptors, all processes', 'descriptors', 4),
  processes: flat('processes', 'processes', 2),
  nodes: flat('DOM nodes', 'nodes', 20),
  pageListeners: flat('JS event listeners, page', 'listeners', 5),
  media: flat('media elements', 'elements', 1),
  frames: flat('frames, page', 'frames', 2),
  mainListeners: flat('event listeners, main', 'listeners', 2),
  mainTimers: flat('timers, ports and requests of main', 'of them', 5),
} as const satisfies Record<string, Series>;

export type Figure = keyof typeof series;

export const databaseSeries: Series = {
  name: 'statistics file',
  unit: 'KB',
  leastRise: 40,
  growsBecause: 'its tables do',
};

export const journalSeries: Series = {
  name: 'its journal',
  unit: 'KB',
  leastRise: 40,
  growsBecause: 'up to 4 MB, then it is written over from its beginning',
};

export function tableSeries(table: string): Series {
  return {
    name: `rows of ${table}`,
    unit: 'rows',
    leastRise: 1,
    growsBecause:
      table === 'audit_log'
        ? 'each save is an entry; at most 20,000, gone after a year'
        : 'counters of each quarter of an hour; days after 90 days, gone after two years',
  };
}
