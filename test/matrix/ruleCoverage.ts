import { z } from "zod";

/*
 * The emulator's report of which expressions of the rules were evaluated, to which values.
 * @see {@link https://firebase.google.com/docs/firestore/security/test-rules-emulator | Test reports}
 */

const reportedValue = z.object({ value: z.looseObject({ boolValue: z.boolean().optional() }) });

const reportedExpression = z.object({
  sourcePosition: z.object({
    line: z.int(),
    currentOffset: z.int(),
    endOffset: z.int(),
  }),
  values: z.array(reportedValue).optional(),
  get children() {
    return z.array(reportedExpression).optional();
  },
});

const report = z.object({ report: z.array(reportedExpression) });

export interface Expression {
  readonly line: number;
  readonly text: string;
  /** What it was evaluated to; `other` is anything but a boolean. */
  readonly values: ReadonlySet<"true" | "false" | "other">;
}

export function reportAddress(host: string, projectId: string): string {
  return `http://${host}/emulator/v1/projects/${projectId}:ruleCoverage`;
}

/** The expressions of one rules file, from the reports of several projects that loaded it. */
export function expressionsOf(source: string, reports: readonly unknown[]): readonly Expression[] {
  const found = new Map<
    string,
    { line: number; text: string; values: Set<"true" | "false" | "other"> }
  >();
  const visit = (node: z.infer<typeof reportedExpression>): void => {
    const { line, currentOffset, endOffset } = node.sourcePosition;
    const key = `${currentOffset}-${endOffset}`;
    const text = source.slice(currentOffset, endOffset + 1).replaceAll(/\s+/g, " ");
    const expression = found.get(key) ?? { line, text, values: new Set() };
    found.set(key, expression);
    for (const { value } of node.values ?? []) {
      if (value.boolValue !== undefined) expression.values.add(value.boolValue ? "true" : "false");
      else if (!isUnknown(value)) expression.values.add("other");
    }
    for (const child of node.children ?? []) visit(child);
  };
  for (const each of reports) for (const root of report.parse(each).report) visit(root);
  return [...found.values()].sort((one, other) => one.line - other.line);
}

/** The emulator's word for an expression that it skipped, or whose evaluation was an error. */
function isUnknown(value: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(value).every((key) => key === "undefined");
}

/** Evaluated to both values, if it is a boolean; else evaluated at all. */
export function isCovered({ values }: Expression): boolean {
  return values.has("true") || values.has("false")
    ? values.has("true") && values.has("false")
    : values.has("other");
}

/** A page that lists what is not covered. */
export function pageOf(open: readonly Expression[]): string {
  const rows = open.map(
    ({ line, text, values }) =>
      `<tr><td>${line}</td><td>${[...values].join() || "skipped"}</td><td><code>${escaped(text)}</code></td></tr>`,
  );
  return `<!doctype html><meta charset="utf-8"><title>Coverage of firestore.rules</title>
<table><tr><th>Line</th><th>Always</th><th>Expression</th></tr>
${rows.join("\n")}
</table>
`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
