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

export function reportAddress(host: string, projectId: string, format: "" | ".html"): string {
  return `http://${host}/emulator/v1/projects/${projectId}:ruleCoverage${format}`;
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
