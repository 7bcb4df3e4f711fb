import assert from "node:assert/strict";

/** A table as one reads it, for what is expected of every pair of two lists. */
export interface Grid {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  at(row: string, column: string): string;
}

/** The first line names the columns, each other line begins with its row; two spaces set cells apart. */
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
      assert.ok(cell !== undefined, `the grid says nothing of ${row} and ${column}`);
      return cell;
    },
  };
}
