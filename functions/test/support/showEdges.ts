import type { Firestore } from "firebase-admin/firestore";
import { randomUUID } from "node:crypto";
import type { Dependencies } from "../../src/dependencies.js";
import type { NotifyTask } from "../../src/tasks/tasks.js";
import { manualClock } from "./manualClock.js";
import { fakeAccounts, type FakeAccounts } from "./fakeAccounts.js";
import { fakeAudioRooms, type FakeAudioRooms } from "./fakeAudioRooms.js";
import { freshCipher, noCatalog, noSpotify } from "./noSpotify.js";

type PlainDependencies = Pick<
  Dependencies,
  | "firestore"
  | "newId"
  | "audienceIntervalMs"
  | "digestIntervalMs"
  | "tasks"
  | "movesIntervalMs"
  | "hostGraceMs"
  | "presenceGraceMs"
  | "spotify"
  | "catalog"
  | "cipher"
  | "reportRetentionMs"
>;

export interface ShowEdges extends PlainDependencies {
  readonly clock: ReturnType<typeof manualClock>;
  readonly rooms: FakeAudioRooms;
  readonly accounts: FakeAccounts;
  /** The enqueued tasks by queue, in order. */
  readonly queued: {
    readonly publishFeed: EnqueuedTask[];
    readonly sweepShow: EnqueuedTask[];
    readonly notify: (NotifyTask & { readonly dueAt: number })[];
    readonly countFollowers: { readonly uid: string; readonly dueAt: number }[];
  };
  /** The shows for which a call asked for a sweep, because the room did not answer. */
  requestedSweeps(): string[];
}

/** A show's task with its due time in ms since the epoch. */
export interface EnqueuedTask {
  readonly showId: string;
  readonly dueAt: number;
  /** As LiveKit listed them, if the sweep may rely on it. */
  readonly participants?: number | undefined;
  /** When a minute's sweep was planned, in ms since the epoch. */
  readonly plannedAt?: number | undefined;
  readonly isLivekitSilent?: true | undefined;
}

/** The dependencies of a live show's operations, all under the test's control except Firestore. */
export function showEdges(firestore: Firestore): ShowEdges {
  const queued: ShowEdges["queued"] = {
    publishFeed: [],
    sweepShow: [],
    notify: [],
    countFollowers: [],
  };
  const into = <Task>(queue: (Task & { readonly dueAt: number })[]) => ({
    enqueue: (task: Task, dueAt: number) => {
      queue.push({ ...task, dueAt });
      return Promise.resolve();
    },
  });
  return {
    firestore,
    clock: manualClock(),
    rooms: fakeAudioRooms(),
    accounts: fakeAccounts(),
    spotify: noSpotify,
    catalog: noCatalog,
    cipher: freshCipher(),
    newId: randomUUID,
    reportRetentionMs: 365 * 24 * 3_600_000,
    audienceIntervalMs: 5_000,
    digestIntervalMs: 2_000,
    movesIntervalMs: 300_000,
    hostGraceMs: 300_000,
    presenceGraceMs: 150_000,
    queued,
    requestedSweeps: () => queued.sweepShow.map(({ showId }) => showId),
    tasks: {
      publishFeed: into<Omit<EnqueuedTask, "dueAt">>(queued.publishFeed),
      sweepShow: into<Omit<EnqueuedTask, "dueAt">>(queued.sweepShow),
      notify: into<NotifyTask>(queued.notify),
      countFollowers: into<{ readonly uid: string }>(queued.countFollowers),
    },
  };
}
