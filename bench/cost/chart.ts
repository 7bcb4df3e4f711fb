import type { AudioHost } from "./audio.js";
import type { Dollars } from "./bill.js";
import type { Estimate } from "./estimate.js";
import { perThousandListenerHours, TOO_LARGE } from "./tables.js";

const WIDTH = 880;
const HEIGHT = 400;
const PLOT = { top: 92, bottom: 340, left: 52, gap: 40, right: 12 };
const BAR = { width: 34, gap: 4 };

const panels = [
  { host: "cloud", title: "LiveKit Cloud" },
  { host: "selfHosted", title: "LiveKit on your own machines" },
] as const;
const parts = [
  { name: "audio", title: "Audio" },
  { name: "firestore", title: "Firestore" },
  { name: "functions", title: "Functions" },
] as const;

const STYLE = `
  text { font: 13px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328; }
  .quiet { fill: #59636e; font-size: 12px; }
  .title { font-weight: 600; font-size: 15px; }
  .total { font-size: 11px; text-anchor: middle; paint-order: stroke; stroke: #ffffff; stroke-width: 4px; }
  .middle { text-anchor: middle; }
  .end { text-anchor: end; }
  .grid { stroke: #d1d9e0; }
  .audio { fill: #8c959f; }
  .firestore { fill: #d97706; }
  .functions { fill: #2563eb; }
  .audio.naive { fill: #c8cdd3; }
  .firestore.naive { fill: #f2c48b; }
  .functions.naive { fill: #9db8f6; }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc; }
    .quiet { fill: #9198a1; }
    .grid { stroke: #3d444d; }
    .total { stroke: #0d1117; }
    .audio { fill: #6e7681; }
    .firestore { fill: #f59e0b; }
    .functions { fill: #60a5fa; }
    .audio.naive { fill: #424a53; }
    .firestore.naive { fill: #8a5a0b; }
    .functions.naive { fill: #35588a; }
  }`;

/**
 * Draws the dollars per 1,000 listener-hours as stacked bars. Text and grid follow the reader's
 * colour scheme.
 */
export function renderChart(estimates: readonly Estimate[]): string {
  const top = Math.max(...estimates.map((estimate) => scaled(estimate, "cloud").total));
  const step = top > 40 ? 20 : 10;
  const ceiling = Math.ceil(top / step) * step;
  const y = (dollars: number) => PLOT.bottom - (dollars / ceiling) * (PLOT.bottom - PLOT.top);
  const panelWidth = (WIDTH - PLOT.left - PLOT.gap - PLOT.right) / 2;
  const drawn = panels.flatMap(({ host, title }, place) => {
    const left = PLOT.left + place * (panelWidth + PLOT.gap);
    return [
      text(left, PLOT.top - 22, title, "title"),
      ...gridLines(ceiling, step, left, panelWidth, y, place === 0),
      ...bars(estimates, host, left, panelWidth, y),
    ];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="title">`,
    `<title id="title">Dollars per 1,000 listener-hours, naive beside Ambient</title>`,
    `<style>${STYLE}\n</style>`,
    text(PLOT.left, 24, "Dollars per 1,000 listener-hours", "title"),
    ...legend(),
    ...drawn,
    text(
      PLOT.left,
      HEIGHT - 12,
      `By listeners in one show. Muted: naive; vivid: Ambient. ${TOO_LARGE} One room of this size does not fit on one node.`,
      "quiet",
    ),
    "</svg>",
    "",
  ].join("\n");
}

function legend(): string[] {
  return parts.flatMap(({ name, title }, place) => {
    const left = WIDTH - PLOT.right - (parts.length - place) * 96;
    return [
      `<rect class="${name}" x="${left}" y="13" width="12" height="12" rx="2"/>`,
      text(left + 18, 24, title),
    ];
  });
}

function gridLines(
  ceiling: number,
  step: number,
  left: number,
  width: number,
  y: (dollars: number) => number,
  labelled: boolean,
): string[] {
  const lines: string[] = [];
  for (let dollars = 0; dollars <= ceiling; dollars += step) {
    const at = round(y(dollars));
    lines.push(
      `<line class="grid" x1="${round(left)}" x2="${round(left + width)}" y1="${at}" y2="${at}"/>`,
    );
    if (labelled) lines.push(text(left - 8, at + 4, `$${dollars}`, "quiet end"));
  }
  return lines;
}

function bars(
  estimates: readonly Estimate[],
  host: AudioHost,
  left: number,
  width: number,
  y: (dollars: number) => number,
): string[] {
  const sizes = [...new Set(estimates.map(({ scenario }) => scenario.listeners))];
  const slot = width / sizes.length;
  return sizes.flatMap((listeners, place) => {
    const middle = left + slot * (place + 0.5);
    const ofThisSize = estimates.filter(({ scenario }) => scenario.listeners === listeners);
    const mark =
      host === "selfHosted" && ofThisSize.some((each) => !each.fitsOneNode) ? TOO_LARGE : "";
    const span = ofThisSize.length * (BAR.width + BAR.gap) - BAR.gap;
    return [
      ...ofThisSize.flatMap((estimate, bar) =>
        stack(estimate, host, middle - span / 2 + bar * (BAR.width + BAR.gap), y),
      ),
      text(middle, PLOT.bottom + 20, listeners.toLocaleString("en-US") + mark, "middle"),
    ];
  });
}

function stack(
  estimate: Estimate,
  host: AudioHost,
  left: number,
  y: (dollars: number) => number,
): string[] {
  const dollars = scaled(estimate, host);
  const paleness = estimate.design === "naive" ? " naive" : "";
  let below = 0;
  const drawn = parts.map(({ name }) => {
    const from = y(below);
    below += dollars[name];
    const to = y(below);
    return `<rect class="${name}${paleness}" x="${round(left)}" y="${round(to)}" width="${BAR.width}" height="${round(from - to)}"/>`;
  });
  const total = dollars.total.toFixed(dollars.total < 10 ? 1 : 0);
  return [...drawn, text(left + BAR.width / 2, y(below) - 6, total, "total")];
}

function scaled(estimate: Estimate, host: AudioHost): Dollars {
  const factor = perThousandListenerHours(estimate);
  const { firestore, functions, audio, total } = estimate.dollars[host];
  return {
    firestore: firestore * factor,
    functions: functions * factor,
    audio: audio * factor,
    total: total * factor,
  };
}

function text(x: number, y: number, content: string, classes = ""): string {
  const named = classes === "" ? "" : ` class="${classes}"`;
  return `<text${named} x="${round(x)}" y="${round(y)}">${content}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
