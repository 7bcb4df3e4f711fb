import type { Part } from "./parts.js";
import type { Plan, PlannedPart } from "./plan.js";

/** What runs one after the other, around one suite; several lanes run side by side. */
export interface Lane {
  readonly takes: (part: Part) => boolean;
}

const everything: Lane = { takes: () => true };
/** What is heard and clicked goes by real time: two of these side by side disturb each other. */
const withoutSound: Lane = { takes: ({ extras }) => !extras.includes("livekit") };

/**
 * Two for everything: audio and pages spend much of their time waiting. Each lane has a suite of its
 * own, so that no part meets the documents of another; one has LiveKit and the demo. One for a part or some files, which would wait
 * longer for a second suite than it saves, and for a suite that somebody else runs.
 */
export function lanesFor(
  { checks, parts }: Plan,
  { isShared }: { readonly isShared: boolean },
): readonly Lane[] {
  const needSuite = parts.filter(({ part }) => part.needs !== "nothing");
  return !checks || isShared || needSuite.length < 2 ? [everything] : [everything, withoutSound];
}

/** Long ones first, so that no lane is left with one when the other is done. */
const order: readonly Part["name"][] = [
  "browser",
  "audio",
  "functions",
  "unit",
  "rules",
  "pack",
  "flows",
];

/** The parts that are still to run; each lane takes the next one that it may. */
export class PartQueue {
  readonly #waiting: PlannedPart[];

  constructor(parts: readonly PlannedPart[]) {
    this.#waiting = parts.toSorted(
      (a, b) => order.indexOf(a.part.name) - order.indexOf(b.part.name),
    );
  }

  /** What a lane may yet have to run. */
  waitingFor(lane: Lane): readonly PlannedPart[] {
    return this.#waiting.filter(({ part }) => lane.takes(part));
  }

  takeFor(lane: Lane): PlannedPart | undefined {
    const index = this.#waiting.findIndex(({ part }) => lane.takes(part));
    return index === -1 ? undefined : this.#waiting.splice(index, 1)[0];
  }
}
