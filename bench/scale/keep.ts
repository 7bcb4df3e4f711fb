import type { Measurements } from "../cost/measurements.js";
import type { FirestoreUse } from "./firestoreUse.js";
import { readsOf, together } from "./firestoreUse.js";
import type { Measured } from "./results.js";

/** How many comments came lately, which does not grow with the audience as the other counts do. */
const COUNT_OF_COMMENTS = 1;

/**
 * The bench's results under the cost model's names. `join.listenerReads` is not among them: while everybody arrives, each
 * phone also reads what the others' arrivals change, which the model counts as changes.
 */
export function measurementsOf({ evening, server }: Measured): Measurements {
  const { arrival, listeners, naiveListeners, windows } = evening;
  const documents = ["participants", "shows", "feed", "playback", "playlist"];
  const perPhone = (counts: Readonly<Record<string, number>>) =>
    documents.reduce((sum, name) => sum + (counts[name] ?? 0), 0) / listeners;
  const each = ({ reads, bytes }: FirestoreUse, name: string) =>
    (bytes[name] ?? 0) / (reads[name] ?? 1);
  const busy = windows["20"];
  const joining = together([server.join.firestore, server.connected.firestore]);
  const leaving = together([
    server.leave.firestore,
    server.disconnected.firestore,
    server.leaseEnded.firestore,
  ]);
  const sweep = server.sweep.firestore;
  const withoutCounts = (use: FirestoreUse) => readsOf(use) - (use.reads.counts ?? 0);
  return {
    "join.bytes": round(perPhone(arrival.ambient.bytes)),
    "join.serverReads": readsOf(joining),
    "join.writes": joining.writes,
    "join.livekitCalls": server.join.livekitCalls + server.connected.livekitCalls,
    "leave.serverReads": readsOf(leaving),
    "leave.writes": leaving.writes,
    "leave.deletes": leaving.deletes,
    "leave.livekitCalls": server.leave.livekitCalls + server.disconnected.livekitCalls,
    "comment.listenerReads": round(
      (busy.naive.reads.comments ?? 0) / busy.comments / naiveListeners,
    ),
    "comment.bytes": round(each(busy.naive, "comments")),
    "feed.bytes": round(each(arrival.ambient, "feed")),
    "feed.digestBytes": round(each(busy.ambient, "feed") - each(arrival.ambient, "feed")),
    "show.bytes": round(each(arrival.ambient, "shows")),
    "playback.bytes": round(each(arrival.ambient, "playback")),
    "sweep.serverReads": withoutCounts(sweep) + COUNT_OF_COMMENTS,
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
