import { readFile } from "node:fs/promises";
import { renderChart } from "./chart.js";
import { designNames, estimateOf, readKnowledge } from "./estimate.js";
import { SIZES } from "./options.js";
import { origins } from "./origins.js";
import { scenarioOf } from "./scenario.js";
import {
  asMarkdown,
  countsTable,
  dollarsTable,
  perThousandListenerHours,
  ratesTable,
  TOO_LARGE,
} from "./tables.js";
import { formatMarkdown } from "../../local/files/markdown.js";

export const scaleFile = new URL("../../docs/SCALE.md", import.meta.url);
export const chartFile = new URL("../../docs/scale-bill.svg", import.meta.url);

const BEGIN = "<!-- Written by `npm run cost -- --write` from bench/cost. Do not edit. -->";
const END = "<!-- The end of what is written by it. -->";

interface GeneratedDocument {
  readonly file: URL;
  readonly fresh: string;
}

/** `docs/SCALE.md` and its chart as the current model renders them. The prose is kept. */
export async function scaleDocuments(): Promise<readonly GeneratedDocument[]> {
  const knowledge = await readKnowledge();
  const estimates = SIZES.flatMap((size) =>
    designNames.map((design) => estimateOf(scenarioOf("lively", size), design, knowledge)),
  );
  const per = perThousandListenerHours;
  const tables = [
    "In dollars:",
    asMarkdown(dollarsTable(estimates, per)),
    `\\${TOO_LARGE} One room of this size does not fit on one node: the price is that of the machines and the traffic, and the section on LiveKit says what it takes.`,
    "In counts:",
    asMarkdown(countsTable(estimates, per)),
    "What runs into limits, as rates of the whole show:",
    asMarkdown(ratesTable(estimates)),
    await origins(),
  ].join("\n\n");
  const stored = await readFile(scaleFile, "utf8");
  const fresh = await formatMarkdown(scaleFile, replaceGenerated(stored, tables));
  return [
    { file: scaleFile, fresh },
    { file: chartFile, fresh: renderChart(estimates) },
  ];
}

/** Replaces the text between the two marks. */
export function replaceGenerated(text: string, content: string): string {
  const from = text.indexOf(BEGIN);
  const to = text.indexOf(END);
  if (from < 0 || to < from) throw new Error("SCALE.md has lost the marks of its generated part");
  return `${text.slice(0, from)}${BEGIN}\n\n${content}\n\n${text.slice(to)}`;
}
