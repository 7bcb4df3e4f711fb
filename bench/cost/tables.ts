import type { Estimate } from "./estimate.js";
import { listenerHoursOf } from "./scenario.js";

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const BYTES_PER_GB = 1e9;
/** Marks the price of a room that does not fit on one node. */
export const TOO_LARGE = "*";

/** Scales a show's numbers to 1,000 listener-hours. */
export function perThousandListenerHours({ scenario }: Estimate): number {
  return 1_000 / listenerHoursOf(scenario);
}

export function countsTable(
  estimates: readonly Estimate[],
  factorOf: (estimate: Estimate) => number,
): Table {
  return {
    columns: [
      "Listeners",
      "Comments/s",
      "Design",
      "Reads",
      "of listeners",
      "Writes",
      "Deletes",
      "Calls",
      "vCPU s",
      "GiB s",
      "Firestore GB",
      "Audio min",
      "Audio GB",
    ],
    rows: estimates.map((estimate) => {
      const { scenario, design, usage } = estimate;
      const factor = factorOf(estimate);
      const count = (value: number) => whole(value * factor);
      const gigabytes = (bytes: number) => ((bytes * factor) / BYTES_PER_GB).toFixed(2);
      return [
        whole(scenario.listeners),
        rate(scenario.commentsPerSecond),
        design,
        count(usage.listenerReads + usage.ruleReads + usage.serverReads),
        count(usage.listenerReads),
        count(usage.writes),
        count(usage.deletes),
        count(usage.calls),
        count(usage.vcpuSeconds),
        count(usage.memoryGibSeconds),
        gigabytes(usage.firestoreEgressBytes),
        count(usage.audioMinutes),
        gigabytes(usage.audioEgressBytes),
      ];
    }),
  };
}

export function dollarsTable(
  estimates: readonly Estimate[],
  factorOf: (estimate: Estimate) => number,
): Table {
  return {
    columns: [
      "Listeners",
      "Design",
      "Firestore",
      "Functions",
      "LiveKit Cloud",
      "self-hosted",
      "Total, Cloud",
      "Total, self-hosted",
    ],
    rows: estimates.map((estimate) => {
      const { cloud, selfHosted } = estimate.dollars;
      const factor = factorOf(estimate);
      const dollars = (value: number) => `$${(value * factor).toFixed(2)}`;
      const mark = estimate.fitsOneNode ? "" : TOO_LARGE;
      return [
        whole(estimate.scenario.listeners),
        estimate.design,
        dollars(cloud.firestore),
        dollars(cloud.functions),
        dollars(cloud.audio),
        dollars(selfHosted.audio) + mark,
        dollars(cloud.total),
        dollars(selfHosted.total) + mark,
      ];
    }),
  };
}

/** Rates of the whole show that reach limits rather than cost money. */
export function ratesTable(estimates: readonly Estimate[]): Table {
  return {
    columns: [
      "Listeners",
      "Design",
      "Reads/s",
      "Writes/s",
      "Calls/s",
      "Tasks/s",
      "LiveKit API calls/min",
    ],
    rows: estimates.map(({ scenario, design, usage }) => {
      const perSecond = (value: number) => rate(value / (scenario.minutes * 60));
      return [
        whole(scenario.listeners),
        design,
        perSecond(usage.listenerReads + usage.ruleReads + usage.serverReads),
        perSecond(usage.writes),
        perSecond(usage.calls),
        perSecond(usage.taskOperations),
        whole(usage.livekitCalls / scenario.minutes),
      ];
    }),
  };
}

export function asText({ columns, rows }: Table): string {
  const lines = [columns, ...rows];
  const widths = columns.map((_, place) =>
    Math.max(...lines.map((cells) => cells[place]?.length ?? 0)),
  );
  return lines
    .map((cells) => cells.map((cell, place) => cell.padStart(widths[place] ?? 0)).join("  "))
    .join("\n");
}

export function asMarkdown({ columns, rows }: Table): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replace(TOO_LARGE, `\\${TOO_LARGE}`)).join(" | ")} |`;
  return [line(columns), line(columns.map(() => "--:")), ...rows.map(line)].join("\n");
}

function whole(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

function rate(value: number): string {
  return value.toLocaleString("en-US", { maximumSignificantDigits: 3 });
}
