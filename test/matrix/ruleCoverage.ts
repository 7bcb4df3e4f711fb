import { type Counts, seen } from "../support/rules/coverageReport.js";

/** An expression of the rules, and the sum of the values that were `seen`. */
export interface Expression {
  readonly line: number;
  readonly text: string;
  readonly values: number;
}

/** The expressions of one rules file, from reports on requests that it judged. */
export function expressionsOf(source: string, reports: readonly Counts[]): readonly Expression[] {
  const values = new Map<string, number>();
  for (const report of reports) {
    for (const [range, kinds] of report) {
      let sum = values.get(range) ?? 0;
      for (const kind of kinds.keys()) sum |= kind;
      values.set(range, sum);
    }
  }
  return [...values]
    .map(([range, sum]) => {
      const [start = 0, end = 0] = range.split(":").map(Number);
      const line = source.slice(0, start).split("\n").length;
      return { line, text: source.slice(start, end).replaceAll(/\s+/g, " "), values: sum };
    })
    .toSorted((one, other) => one.line - other.line);
}

/** A condition is covered once it had both values, anything else once it had a value. */
export function isCovered({ values }: Expression): boolean {
  const both = seen.true | seen.false;
  return (values & seen.other) !== 0 || (values & both) === both;
}

/** The only value that an uncovered expression had. */
export function onlyValueOf({ values }: Expression): string {
  const value = (["true", "false", "error"] as const).find((name) => values & seen[name]);
  return value === undefined ? "never evaluated" : `always ${value}`;
}

/** How many are covered, as the last line of the run says it. */
export function totalsOf(expressions: readonly Expression[]): string {
  return `${expressions.filter(isCovered).length} of ${expressions.length} expressions covered`;
}

/** A page that shows the rules with every uncovered expression marked below its line. */
export function pageOf(source: string, expressions: readonly Expression[]): string {
  const open = expressions.filter((expression) => !isCovered(expression));
  const lines = source.split("\n").map((text, index) => {
    const notes = open.filter(({ line }) => line === index + 1);
    const marks = notes.map((each) => `<mark>${onlyValueOf(each)}: ${escaped(each.text)}</mark>`);
    const name = notes.length > 0 ? ` class="open"` : "";
    return `<li${name}><code>${escaped(text)}</code>${marks.join("")}</li>`;
  });
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Coverage of firestore.rules</title>
<style>code{white-space:pre}mark{display:block}.open{background:#fff3cd}</style>
<h1>Coverage of firestore.rules</h1><p>${totalsOf(expressions)}</p>
<ol>
${lines.join("\n")}
</ol></html>
`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
