import type { Failure, PartResult } from "./results.js";

export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export function totalsOf(results: readonly PartResult[]): Totals {
  const sum = (count: (result: PartResult) => number): number =>
    results.reduce((total, result) => total + count(result), 0);
  return {
    passed: sum((result) => result.passed),
    failed: sum((result) => result.failures.length),
    skipped: sum((result) => result.skipped),
  };
}

/** Machines parse this too: it is always the last line. */
export function totalsLine({ passed, failed, skipped }: Totals): string {
  const base = `${passed} passed, ${failed} failed`;
  return skipped === 0 ? base : `${base}, ${skipped} skipped`;
}

/** `seconds` is the duration of the whole run, in which parts overlap. */
export function renderSummary(results: readonly PartResult[], seconds: number): string {
  const failures = results.flatMap((result) =>
    result.failures.map((failure) => renderFailure(result.name, failure)),
  );
  return [
    "",
    ...failures.flatMap((failure) => [failure, ""]),
    ...renderTable(results, seconds),
    "",
    totalsLine(totalsOf(results)),
  ].join("\n");
}

function renderFailure(part: string, { title, file, reason }: Failure): string {
  const heading = title === part ? `✗ ${part}` : `✗ ${part}: ${title}`;
  const place = file === "" ? [] : [`    ${file}`];
  return [heading, ...place, ...reason.split("\n").map((line) => `    ${line}`)].join("\n");
}

function renderTable(results: readonly PartResult[], seconds: number): readonly string[] {
  const rows = results.map((result) => [
    result.name,
    `${result.passed}`,
    `${result.failures.length}`,
    `${result.skipped}`,
    result.seconds.toFixed(1),
  ]);
  const { passed, failed, skipped } = totalsOf(results);
  const all = ["all", `${passed}`, `${failed}`, `${skipped}`, seconds.toFixed(1)];
  const table = [["", "passed", "failed", "skipped", "seconds"], ...rows, all];
  const widths = [0, 1, 2, 3, 4].map((column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  return table.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  "),
  );
}
