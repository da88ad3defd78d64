/**
 * Which track gets which detection: the pairing of least total cost, in which a row may also stay alone for a price.
 *
 * Shortest augmenting paths with dual prices (Jonker and Volgenant, "A shortest augmenting path algorithm for dense and
 * sparse linear assignment problems", Computing 38, 1987; the Hungarian method in its O(n^2 m) form). Every row has a
 * column of its own behind the real ones, which only it may take, at the price of staying alone.
 *
 * @param costs row by row, `rows * columns`; Infinity = this pair may not be
 * @param alone for each row what it costs to get nothing; a pair is made only where it lowers the total
 * @returns for each row its column, or -1
 */
export function assign(costs: Float64Array, rows: number, columns: number, alone: Float64Array): Int32Array {
  const width = columns + rows;
  const cost = (row: number, column: number): number => {
    if (column < columns) return costs[row * columns + column] as number;
    return column - columns === row ? (alone[row] as number) : Number.POSITIVE_INFINITY;
  };
  // Columns and rows count from 1 here; 0 stands for "none".
  const rowPrice = new Float64Array(rows + 1);
  const columnPrice = new Float64Array(width + 1);
  const rowOf = new Int32Array(width + 1);
  const before = new Int32Array(width + 1);
  const shortest = new Float64Array(width + 1);
  const visited = new Uint8Array(width + 1);

  for (let row = 1; row <= rows; row++) {
    rowOf[0] = row;
    shortest.fill(Number.POSITIVE_INFINITY);
    visited.fill(0);
    let column = 0;
    do {
      visited[column] = 1;
      const current = rowOf[column] as number;
      let step = Number.POSITIVE_INFINITY;
      let next = 0;
      for (let j = 1; j <= width; j++) {
        if (visited[j] === 1) continue;
        const reduced = cost(current - 1, j - 1) - (rowPrice[current] as number) - (columnPrice[j] as number);
        if (reduced < (shortest[j] as number)) {
          shortest[j] = reduced;
          before[j] = column;
        }
        if ((shortest[j] as number) < step) {
          step = shortest[j] as number;
          next = j;
        }
      }
      for (let j = 0; j <= width; j++) {
        if (visited[j] === 1) {
          rowPrice[rowOf[j] as number] = (rowPrice[rowOf[j] as number] as number) + step;
          columnPrice[j] = (columnPrice[j] as number) - step;
        } else {
          shortest[j] = (shortest[j] as number) - step;
        }
      }
      column = next;
    } while (rowOf[column] !== 0);
    while (column !== 0) {
      const previous = before[column] as number;
      rowOf[column] = rowOf[previous] as number;
      column = previous;
    }
  }

  const columnOf = new Int32Array(rows).fill(-1);
  for (let j = 1; j <= columns; j++) {
    const row = rowOf[j] as number;
    if (row > 0) columnOf[row - 1] = j - 1;
  }
  return columnOf;
}
