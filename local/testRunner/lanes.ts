import type { Part } from "./parts.js";
import type { Plan, PlannedPart } from "./plan.js";

/** A sequence of parts that share one suite. Several lanes run side by side. */
export interface Lane {
  readonly takes: (part: Part) => boolean;
}

const everything: Lane = { takes: () => true };
/** The browser tests use most of the CPU time and the audio tests mostly wait, so these run side by side. */
const withBrowser: Lane = { takes: ({ name }) => name !== "audio" };
const withAudio: Lane = { takes: ({ name }) => name !== "browser" };

/**
 * Two lanes for everything. Each lane has its own suite, so that parts never see each other's documents.
 * A single lane for one part, for some files, and for a shared suite: starting a second suite would take
 * longer than it saves.
 */
export function lanesFor(
  { checks, parts }: Plan,
  { isShared }: { readonly isShared: boolean },
): readonly Lane[] {
  const needSuite = parts.filter(({ part }) => part.needs !== "nothing");
  return !checks || isShared || needSuite.length < 2 ? [everything] : [withBrowser, withAudio];
}

/**
 * First what needs no suite, while the suites start; then long parts first, so that both lanes end at about the
 * same time.
 */
const order: readonly Part["name"][] = [
  "unit",
  "browser",
  "audio",
  "outages",
  "functions",
  "rules",
  "pack",
  "client",
  "flows",
  "actions",
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
