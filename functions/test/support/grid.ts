import assert from "node:assert/strict";

/** A table of expected values for every pair of row and column. */
export interface Grid {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  at(row: string, column: string): string;
}

/**
 * Parses a table. The first line names the columns, every other line starts with its row, and two
 * or more spaces separate cells.
 */
export function grid(text: string): Grid {
  const [header, ...lines] = text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => line.trim().split(/ {2,}/));
  assert.ok(header, "a grid needs a first line");
  const cells = new Map(
    lines.map(([row, ...values]) => {
      assert.equal(values.length, header.length, `${row} has a cell for each column`);
      return [row, new Map(header.map((column, index) => [column, values[index]]))];
    }),
  );
  return {
    rows: lines.map(([row]) => row ?? ""),
    columns: header,
    at(row, column) {
      const cell = cells.get(row)?.get(column);
      assert.ok(cell !== undefined, `the grid has no cell for ${row} and ${column}`);
      return cell;
    },
  };
}
