import type { Firestore } from "firebase-admin/firestore";
import { randomUUID } from "node:crypto";
import type { AbsenceTask } from "../../src/audience/absenceQueue.js";
import type { RoomTask } from "../../src/audio/roomTaskQueue.js";
import type { Dependencies } from "../../src/dependencies.js";
import { handClock } from "./clock.js";
import { handRooms, type HandRooms } from "./handRooms.js";
import { freshCipher, noCatalog, noSpotify } from "./noSpotify.js";

type Needs = Pick<
  Dependencies,
  | "firestore"
  | "newId"
  | "audienceIntervalMs"
  | "recounts"
  | "roomTasks"
  | "absences"
  | "handOvers"
  | "hostGraceMs"
  | "spotify"
  | "catalog"
  | "cipher"
>;

export interface ShowEdges extends Needs {
  readonly clock: ReturnType<typeof handClock>;
  readonly rooms: HandRooms;
  /** What was left to a task queue, by queue and in order. */
  readonly queued: {
    readonly recounts: { showId: string; notBefore: number }[];
    readonly roomTasks: RoomTask[];
    readonly absences: AbsenceTask[];
    readonly handOvers: { showId: string; dueAt: number }[];
  };
}

/** The edges of everything that happens in a live show, in a test's hands but for Firestore. */
export function showEdges(firestore: Firestore): ShowEdges {
  const queued: ShowEdges["queued"] = { recounts: [], roomTasks: [], absences: [], handOvers: [] };
  const put = <Item>(queue: Item[], item: Item) => {
    queue.push(item);
    return Promise.resolve();
  };
  return {
    firestore,
    clock: handClock(),
    rooms: handRooms(),
    spotify: noSpotify,
    catalog: noCatalog,
    cipher: freshCipher(),
    newId: randomUUID,
    audienceIntervalMs: 5_000,
    hostGraceMs: 300_000,
    queued,
    recounts: { enqueue: (showId, notBefore) => put(queued.recounts, { showId, notBefore }) },
    roomTasks: { enqueue: (task) => put(queued.roomTasks, task) },
    absences: { enqueue: (task) => put(queued.absences, task) },
    handOvers: { enqueue: (showId, dueAt) => put(queued.handOvers, { showId, dueAt }) },
  };
}
