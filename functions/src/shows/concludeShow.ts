import {
  type DocumentSnapshot,
  type Firestore,
  Timestamp,
  type Transaction,
} from "firebase-admin/firestore";
import type { FeedDocument } from "../contract/feed.js";
import {
  audienceCurveRef,
  feedRef,
  liveShowRef,
  playbackRef,
  showRef,
  stageRef,
  summaryRef,
  timelineRef,
} from "../collections.js";
import { curveOf, listenerMsUntil } from "../feed/audienceCurve.js";
import { readShowPlays } from "../music/readShowPlays.js";
import { writeSetlist } from "../music/writeSetlist.js";
import { silentPlayback } from "../contract/silentPlayback.js";
import type { Dependencies } from "../dependencies.js";
import { nowOrBySweep } from "../audio/askForSweep.js";
import { cleanUpShow } from "./cleanUpShow.js";
import { countNewFollowers } from "./countNewFollowers.js";
import type { ShowTotals } from "./showTotals.js";
import { startExpiry } from "./startExpiry.js";
import { readTogether } from "../readTogether.js";
import type { StageDocument } from "../contract/stage.js";
import type { EndReason, ShowDocument, ShowSummary } from "../contract/shows.js";

/** A live show as the transaction that ends it has read it. */
export interface LiveShow {
  readonly ref: DocumentSnapshot<ShowDocument>["ref"];
  readonly show: ShowDocument;
  readonly feed: DocumentSnapshot<FeedDocument>;
  readonly stage: StageDocument | undefined;
}

/** The show with what its end needs, in one round trip; null: it is not live. */
export async function readLiveShow(
  transaction: Transaction,
  db: Firestore,
  showId: string,
): Promise<LiveShow | null> {
  const [snapshot, feed, stage] = await readTogether(
    transaction,
    showRef(db, showId),
    feedRef(db, showId),
    stageRef(db, showId),
  );
  const show = snapshot.data();
  if (show?.status !== "live") return null;
  return { ref: snapshot.ref, show, feed, stage: stage.data() };
}

/**
 * Ends a live show within the caller's transaction and keeps its summary and its setlist. The music ends with it;
 * participants keep their state, so that those who were there can still read. Work that grows with the show is left
 * to `cleanUpShow`.
 */
export async function concludeShow(
  deps: Pick<Dependencies, "firestore" | "clock">,
  transaction: Transaction,
  { ref, show, feed, stage }: LiveShow,
  endReason: EndReason,
  totals: ShowTotals,
): Promise<{ endedAt: Timestamp; summary: ShowSummary }> {
  const db = deps.firestore;
  const now = Timestamp.fromMillis(deps.clock.now());
  const [playback, curve, plays, newFollowers] = await Promise.all([
    transaction.get(playbackRef(db, ref.id)),
    transaction.get(audienceCurveRef(db, ref.id)),
    readShowPlays(deps, transaction, ref.id, now.toMillis()),
    countNewFollowers(db, show),
  ]);
  const { present, speaking, ...counted } = totals;
  const peak = Math.max(present, feed.data()?.audience.peak ?? 0);
  const audience = { listeners: present, peak, countedAt: now };
  const startedAt = show.startedAt?.toMillis() ?? now.toMillis();
  const published = feed.data();
  const end = { listeners: present, at: now.toMillis() };
  const summary: ShowSummary = {
    ...counted,
    ...(newFollowers !== undefined && { newFollowers }),
    speakers: new Set([...(stage?.spoke ?? []), ...speaking]).size,
    durationMs: Math.max(0, now.toMillis() - startedAt),
    peak,
    tracksPlayed: plays.tracksPlayed,
    ...(published && {
      audience: curveOf(curve.data()?.points ?? {}, published, end, startedAt),
      listenerMinutes: Math.round(listenerMsUntil(published, now.toMillis()) / 60_000),
    }),
    ...(stage?.support && { support: stage.support }),
  };
  const playing = playback.data();
  if (playing?.mode === "music") {
    const { sequence, playlistRevision } = playing;
    const silence = silentPlayback(playing.by, now, sequence + 1, playlistRevision);
    transaction.set(playback.ref, silence);
    // The last track's own event may arrive after the event of the silence, when no document names the track any more.
    transaction.set(timelineRef(db, ref.id, sequence), playing);
  }
  transaction
    .update(ref, { status: "ended", endedAt: now, endReason, audience, updatedAt: now })
    .set(summaryRef(db, ref.id), summary)
    .delete(liveShowRef(db, show.creatorUid));
  writeSetlist(transaction, db, ref.id, plays);
  startExpiry(transaction, db, ref.id, now, { cleanup: "pending" });
  return { endedAt: now, summary };
}

/** After the transaction. */
export function cleanUpNow(deps: Parameters<typeof cleanUpShow>[0], showId: string): Promise<void> {
  return nowOrBySweep(deps, showId, () => cleanUpShow(deps, showId));
}
