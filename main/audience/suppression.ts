/**
 * Statistical disclosure control for what is shown or exported: a cell that stands for fewer than k people is
 * suppressed (primary suppression), and further cells with it wherever it could be worked out from totals (complementary
 * suppression). Source: Hundepool et al., "Statistical Disclosure Control", Wiley 2012, chapter 4.
 *
 * Cells of nobody stay visible: they are no group of people. All functions are pure; null = suppressed.
 */
export type ShownCount = number | null;

export interface SuppressedHistogram {
  readonly counts: readonly ShownCount[];
  readonly total: ShownCount;
}

export interface SuppressedTable {
  /** Row by row. */
  readonly cells: readonly (readonly ShownCount[])[];
  readonly rowTotals: readonly ShownCount[];
  readonly columnTotals: readonly ShownCount[];
  readonly total: ShownCount;
}

/** @param smallest k: the fewest people that a shown cell may stand for */
export function suppressCount(count: number, smallest: number): ShownCount {
  return count > 0 && count < smallest ? null : count;
}

/**
 * A histogram that is shown with its total.
 *
 * @param counts whole numbers >= 0
 * @param smallest k
 * @param alreadyHidden places that are hidden whatever they hold, so that what is hidden at a small k is hidden at a larger
 */
export function suppressHistogram(
  counts: readonly number[],
  smallest: number,
  alreadyHidden: ReadonlySet<number> = new Set(),
): SuppressedHistogram {
  const total = sum(counts);
  const hidden = new Set<number>(alreadyHidden);
  counts.forEach((count, index) => {
    if (suppressCount(count, smallest) === null) hidden.add(index);
  });
  const sumOfHidden = () => sum([...hidden].map((index) => counts[index] ?? 0));
  while (hidden.size > 0 && total >= smallest && (hidden.size < 2 || sumOfHidden() < smallest)) {
    const next = smallestOf(counts.flatMap((count, index) => (hidden.has(index) ? [] : [{ count, index }])));
    if (next === null) break;
    hidden.add(next.index);
  }
  return {
    counts: counts.map((count, index) => (hidden.has(index) ? null : count)),
    total: suppressCount(total, smallest),
  };
}

/**
 * A table that is shown with the totals of its rows and columns.
 *
 * A suppressed cell can be worked out exactly if, and only if, it is a bridge of the graph whose nodes are the rows and
 * columns (the totals' own among them) and whose edges are the suppressed cells: each row and each column is an
 * equation over its suppressed cells. So cells are added until no bridge is left, and until the suppressed cells of
 * every line whose total is shown stand for at least k people together. Source: Gusfield, "A graph theoretic approach to
 * statistical data security", SIAM J. Comput. 17, 1988.
 *
 * @param cells rows of whole numbers >= 0, all of the same length
 * @param smallest k
 * @param alreadyHidden the same table at a smaller k: what is hidden there stays hidden
 */
export function suppressTable(
  cells: readonly (readonly number[])[],
  smallest: number,
  alreadyHidden: SuppressedTable | null = null,
): SuppressedTable {
  const rows = cells.length;
  const columns = cells[0]?.length ?? 0;
  const rowTotals = cells.map(sum);
  const columnTotals = Array.from({ length: columns }, (_, column) => sum(cells.map((row) => row[column] ?? 0)));
  const table = new TableWithTotals([
    ...cells.map((row, i) => [...row, rowTotals[i] ?? 0]),
    [...columnTotals, sum(rowTotals)],
  ]);
  if (alreadyHidden !== null) table.hide(withTotals(alreadyHidden));
  table.protect(smallest);
  const shown = table.shown();
  return {
    cells: shown.slice(0, rows).map((row) => row.slice(0, columns)),
    rowTotals: shown.slice(0, rows).map((row) => row[columns] ?? null),
    columnTotals: (shown[rows] ?? []).slice(0, columns),
    total: shown[rows]?.[columns] ?? null,
  };
}

function withTotals({ cells, rowTotals, columnTotals, total }: SuppressedTable): readonly (readonly ShownCount[])[] {
  return [...cells.map((row, i) => [...row, rowTotals[i] ?? null]), [...columnTotals, total]];
}

interface Place {
  readonly row: number;
  readonly column: number;
  readonly count: number;
}

interface Way {
  readonly path: readonly Place[];
  readonly cost: number;
}

/** A table whose last row and last column are totals, and which of its places are hidden. */
class TableWithTotals {
  readonly #places: readonly (readonly Place[])[];
  readonly #hidden = new Set<Place>();
  readonly #emptyCost: number;

  constructor(counts: readonly (readonly number[])[]) {
    this.#places = counts.map((line, row) => line.map((count, column) => ({ row, column, count })));
    this.#emptyCost = sum(counts.flat()) + 1;
  }

  /** Hides the places that are null. */
  hide(shown: readonly (readonly ShownCount[])[]): void {
    for (const place of this.#places.flat()) if (shown[place.row]?.[place.column] === null) this.#hidden.add(place);
  }

  protect(smallest: number): void {
    for (const place of this.#places.flat()) {
      if (suppressCount(place.count, smallest) === null) this.#hidden.add(place);
    }
    // Each turn hides at least one more place, so it ends.
    for (;;) {
      const group = this.#forSmallGroups(smallest);
      const next = group === null ? this.#forExactValues() : [group];
      if (next.length === 0) return;
      for (const place of next) this.#hidden.add(place);
    }
  }

  shown(): ShownCount[][] {
    return this.#places.map((line) => line.map((place) => (this.#hidden.has(place) ? null : place.count)));
  }

  /** @returns what to hide because a shown total gives away a group of fewer than k people, or null */
  #forSmallGroups(smallest: number): Place | null {
    for (const line of [...this.#rows(), ...this.#columns()]) {
      const total = line.at(-1);
      const parts = line.slice(0, -1);
      const hidden = parts.filter((place) => this.#hidden.has(place));
      if (total === undefined || this.#hidden.has(total) || hidden.length === 0) continue;
      if (sum(hidden.map(({ count }) => count)) >= smallest) continue;
      return smallestOf(parts.filter((place) => !this.#hidden.has(place) && place.count > 0)) ?? total;
    }
    return null;
  }

  /** @returns what to hide because a hidden place can be worked out exactly; empty where none can */
  #forExactValues(): readonly Place[] {
    for (const place of this.#hidden) {
      const { path, cost } = this.#cheapestWayAround(place);
      if (cost > 0) return path.filter((step) => !this.#hidden.has(step));
    }
    return [];
  }

  /**
   * The cheapest way from the row of a hidden place to its column over other places, by relaxing all places until
   * nothing changes (Bellman and Ford). Hidden places cost nothing: where they suffice, the place is no bridge.
   */
  #cheapestWayAround(around: Place): { readonly path: readonly Place[]; readonly cost: number } {
    const places = this.#places.flat().filter((place) => place !== around);
    const rows = new Map<number, Way>([[around.row, { path: [], cost: 0 }]]);
    const columns = new Map<number, Way>();
    for (let changed = true; changed; ) {
      changed = false;
      for (const place of places) {
        const onward = extend(rows, place.row, columns, place.column, place, this.#costOf(place));
        const back = extend(columns, place.column, rows, place.row, place, this.#costOf(place));
        changed ||= onward || back;
      }
    }
    return columns.get(around.column) ?? { path: [], cost: 0 };
  }

  /** What is lost by hiding a place: its people; empty places only where nothing else is left. */
  #costOf(place: Place): number {
    if (this.#hidden.has(place)) return 0;
    return place.count > 0 ? place.count : this.#emptyCost;
  }

  #rows(): readonly (readonly Place[])[] {
    return this.#places;
  }

  #columns(): readonly (readonly Place[])[] {
    return (this.#places[0] ?? []).map((_, column) => this.#places.flatMap((line) => line[column] ?? []));
  }
}

/** Goes on from a reached line over a place, where that is cheaper than any way there so far. @returns whether it is */
function extend(
  reached: ReadonlyMap<number, Way>,
  from: number,
  ways: Map<number, Way>,
  to: number,
  place: Place,
  cost: number,
): boolean {
  const way = reached.get(from);
  if (way === undefined || way.path.includes(place)) return false;
  const total = way.cost + cost;
  if (total >= (ways.get(to)?.cost ?? Number.POSITIVE_INFINITY)) return false;
  ways.set(to, { path: [...way.path, place], cost: total });
  return true;
}

/** The least of those that stand for people, or of nobody where there are no others. */
function smallestOf<Counted extends { readonly count: number }>(places: readonly Counted[]): Counted | null {
  const people = places.filter(({ count }) => count > 0);
  const [first, ...others] = people.length > 0 ? people : places;
  if (first === undefined) return null;
  return others.reduce((least, place) => (place.count < least.count ? place : least), first);
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
