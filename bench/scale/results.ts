import type { ServerUse } from "../../functions/test/support/serverUse.js";
import { spreadOf } from "../samples.js";
import type { Evening, Watched } from "./evening.js";
import { digestReadsPerListenerHour, perPhoneHour } from "./extrapolate.js";
import { type FirestoreUse, readsOf } from "./firestoreUse.js";
import type { Rush } from "./joinRush.js";

export interface Measured {
  readonly evening: Evening;
  readonly server: ServerUse<FirestoreUse>;
  readonly rush: Rush;
  /** Cloud Tasks calls per join during a rush. */
  readonly tasksPerJoin: number;
}

/** The bench's last line of output. */
export function resultsOf({ evening, server, rush, tasksPerJoin }: Measured) {
  const { windows, listeners, naiveListeners } = evening;
  const hourly = (count: (watched: Watched) => number, phones: number) => (watched: Watched) =>
    Math.round(perPhoneHour(count(watched), { phones, seconds: watched.seconds }));
  const reads = hourly(({ ambient }) => readsOf(ambient), listeners);
  const naiveReads = hourly(({ naive }) => readsOf(naive), naiveListeners);
  const eachRate = (of: (watched: Watched) => number) => ({
    "rest": of(windows.rest),
    "1": of(windows["1"]),
    "5": of(windows["5"]),
    "20": of(windows["20"]),
  });
  const direct = spreadOf(evening.directLags);
  const bare = spreadOf(evening.bareLags);
  // In the evening nobody connects to LiveKit, so its webhooks are measured alone.
  const { livekitCalls } = evening;
  return {
    readsPerListenerHour: eachRate(reads),
    naive: eachRate(naiveReads),
    writesPerListenerHour: hourly(({ ambient }) => ambient.writes, listeners)(windows.rest),
    livekitCalls: {
      join: (livekitCalls?.join ?? server.join.livekitCalls) + server.connected.livekitCalls,
      leave: (livekitCalls?.leave ?? server.leave.livekitCalls) + server.disconnected.livekitCalls,
    },
    tasksPerJoin,
    sweepReads: readsOf(server.sweep.firestore),
    digestLag: spreadOf(evening.digestLags),
    directLag: { ...direct, ratio: Math.round((direct.p95 / bare.p95) * 100) / 100 },
    lost: evening.lost,
    duplicated: evening.duplicated,
    readsAbove10000: Math.round(digestReadsPerListenerHour(10_001, readsPerRewrite(evening))),
    roundTrips: { join: server.join.roundTrips, leave: server.leave.roundTrips },
    naiveWritesPerListenerHour: hourly(({ naive }) => naive.writes, naiveListeners)(windows.rest),
    naiveSweepReads: readsOf(server.naiveSweep.firestore),
    bareLag: bare,
    overtaken: evening.overtaken,
    feeds: evening.feeds,
    rush,
  };
}
export type Results = ReturnType<typeof resultsOf>;

/** A listener's reads for each rewrite of the digest. */
function readsPerRewrite({ windows, listeners }: Evening): number {
  const { ambient } = windows["20"];
  const rewrites = (ambient.reads.feed ?? 0) / listeners;
  return readsOf(ambient) / listeners / rewrites;
}
