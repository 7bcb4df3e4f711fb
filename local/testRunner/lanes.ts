import type { Part } from "./parts.js";
import type { Plan, PlannedPart } from "./plan.js";

/** A sequence of parts that share one suite. Several lanes run side by side. */
export interface Lane {
  readonly takes: (part: Part) => boolean;
  /** Its suite starts while the checks run. */
  readonly checksFirst?: true;
}

const everything: Lane = { takes: () => true, checksFirst: true };
const sounding: readonly Part["name"][] = ["browser", "audio", "outages"];
const without =
  (...names: readonly Part["name"][]): Lane["takes"] =>
  ({ name }) =>
    !names.includes(name);

/**
 * Three lanes for everything: the browser tests take longest, and the audio tests mostly wait, so both run beside the rest.
 * Each lane has its own suite, so that parts never see each other's documents. A single lane for one part, for some files,
 * and for a shared suite: starting another suite would take longer than it saves.
 */
export function lanesFor(
  { checks, parts }: Plan,
  { isShared }: { readonly isShared: boolean },
): readonly Lane[] {
  const needSuite = parts.filter(({ part }) => part.needs !== "nothing");
  if (!checks || isShared || needSuite.length < 2) return [everything];
  return [
    { takes: without("unit", "audio", "outages") },
    { takes: without("unit", "browser"), checksFirst: true },
    { takes: without(...sounding) },
  ];
}

/** First what only one lane takes, and what needs no suite while the suites start; then long parts first. */
const order: readonly Part["name"][] = [
  "browser",
  "audio",
  "outages",
  "unit",
  "functions",
  "rules",
  "flows",
  "pack",
  "mobile",
];

/** The remaining parts. Each lane takes the next one that it can run. */
export class PartQueue {
  readonly #waiting: PlannedPart[];

  constructor(parts: readonly PlannedPart[]) {
    this.#waiting = parts.toSorted(
      (a, b) => order.indexOf(a.part.name) - order.indexOf(b.part.name),
    );
  }

  /** The remaining parts that a lane can run. */
  waitingFor(lane: Lane): readonly PlannedPart[] {
    return this.#waiting.filter(({ part }) => lane.takes(part));
  }

  takeFor(lane: Lane): PlannedPart | undefined {
    const index = this.#waiting.findIndex(({ part }) => lane.takes(part));
    return index === -1 ? undefined : this.#waiting.splice(index, 1)[0];
  }
}
