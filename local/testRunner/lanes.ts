import type { Part } from "./parts.js";
import type { Plan, PlannedPart } from "./plan.js";

/** A sequence of parts that share one suite. Several lanes run side by side. */
export interface Lane {
  readonly takes: (part: Part) => boolean;
  /** Its suite starts while the checks run. */
  readonly checksFirst?: true;
}

const everything: Lane = { takes: () => true, checksFirst: true };
/** These need no more than Firestore's emulator, which starts faster than a suite. */
const light: readonly Part["name"][] = ["unit", "rules"];
const without =
  (...names: readonly Part["name"][]): Lane["takes"] =>
  ({ name }) =>
    !light.includes(name) && !names.includes(name);

/**
 * Three lanes for everything: the browser tests use most of the CPU time and the audio tests mostly wait, so these run side by
 * side, and so does what is light. Each lane has its own emulators, so that parts never see each other's documents. A single lane
 * for one part, for some files, and for a shared suite: starting another suite would take longer than it saves.
 */
export function lanesFor(
  { checks, parts }: Plan,
  { isShared }: { readonly isShared: boolean },
): readonly Lane[] {
  const needSuite = parts.filter(({ part }) => part.needs !== "nothing");
  if (!checks || isShared || needSuite.length < 2) return [everything];
  return [
    { takes: without("audio", "outages") },
    { takes: without("browser"), checksFirst: true },
    { takes: ({ name }) => light.includes(name) },
  ];
}

/** Long parts first, so that the lanes with a suite end at about the same time. */
const order: readonly Part["name"][] = [
  "unit",
  "browser",
  "audio",
  "outages",
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
