import { fractionDigitsOf } from "../../../functions/src/contract/money.js";
import type { PastShow } from "./shows.js";

type Cell = string | number | undefined;

type Column = readonly [title: string, cell: (show: PastShow) => Cell];

const columns: readonly Column[] = [
  ["show", ({ id }) => id],
  ["title", ({ title }) => title],
  ["started", ({ startedAt }) => startedAt && new Date(startedAt.toMillis()).toISOString()],
  ["minutes", ({ summary }) => summary && Math.round(summary.durationMs / 60_000)],
  ["listeners", ({ summary }) => summary?.listeners],
  ["peak", ({ summary }) => summary?.peak],
  ["listener minutes", ({ summary }) => summary?.listenerMinutes],
  ["comments", ({ summary }) => summary?.comments],
  ["reactions", ({ summary }) => summary?.reactions && totalOf(summary.reactions)],
  ["speakers", ({ summary }) => summary?.speakers],
  ["new followers", ({ summary }) => summary?.newFollowers],
  ["plays in Ambient", ({ summary }) => summary?.tracksPlayed],
  ["opened in Spotify", ({ summary }) => summary?.opens],
  ["saved in Spotify", ({ summary }) => summary?.saves],
];

/** Support in units such as euros, before fees. Currencies do not add up, so each has a column. */
function supportColumns(shows: readonly PastShow[]): readonly Column[] {
  const names = shows.flatMap(({ summary }) => Object.keys(summary?.support ?? {}));
  return [...new Set(names)].sort().map((currency) => [
    `support in ${currency.toUpperCase()}`,
    ({ summary }) => {
      const digits = fractionDigitsOf(currency);
      const received = summary?.support?.[currency];
      return received && (received.amount / 10 ** digits).toFixed(digits);
    },
  ]);
}

/**
 * Summaries as a table in CSV (RFC 4180), a line for each show. A spreadsheet reads no cell as a formula, whatever a title
 * says.
 *
 * @example
 * ```ts
 * const { items } = await ambient.shows.compareWithLastShows({ limit: 50 });
 * const file = new Blob([summaryCsv(items)], { type: "text/csv" });
 * ```
 */
export function summaryCsv(shows: readonly PastShow[]): string {
  const all = [...columns, ...supportColumns(shows)];
  const lines = [
    all.map(([title]) => title),
    ...shows.map((show) => all.map(([, cell]) => cell(show))),
  ];
  return lines.map((line) => `${line.map(written).join(",")}\r\n`).join("");
}

function totalOf(reactions: Readonly<Record<string, number>>): number {
  return Object.values(reactions).reduce((sum, each) => sum + each, 0);
}

/** Spreadsheets run what begins with one of these, in their wide forms as well. */
const FORMULA = /^[\s\u200B\uFEFF]*[=+\-@＝＋－＠|%]/;

function written(cell: Cell): string {
  if (cell === undefined) return "";
  if (typeof cell === "number") return String(cell);
  const harmless = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n']/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
