import { leasesRef } from "../collections.js";
import type { PlaybackDocument } from "../contract/music.js";
import { queries } from "../contract/queries.js";
import type { StageDocument } from "../contract/stage.js";
import type { Dependencies } from "../dependencies.js";
import { select } from "../queries.js";

/**
 * For this long after a change of permissions, in ms, sweeps compare the room with the documents, in case the call crashed
 * before it updated LiveKit. This is long enough for one sweep, even if it is late.
 */
const CHANGE_SETTLES_MS = 120_000;

/**
 * Whether a sweep may leave the audio room alone: LiveKit listed as many `participants` as are connected by their
 * leases, no lease has expired, and nobody's permissions have changed lately.
 */
export async function isQuiet(
  { firestore, clock }: Pick<Dependencies, "firestore" | "clock">,
  showId: string,
  participants: number,
  playback: PlaybackDocument | undefined,
  stage: StageDocument | undefined,
): Promise<boolean> {
  const now = clock.now();
  const changes = [playback?.at, stage?.permissionsChangedAt];
  const hasChanged = changes.some((at) => at && now - at.toMillis() <= CHANGE_SETTLES_MS);
  if (hasChanged || stage?.closing) return false;
  const leases = leasesRef(firestore, showId);
  const [expired, connected] = await Promise.all([
    select(leases, queries.expiredLeases, new Date(now)).select().limit(1).get(),
    select(leases, queries.connectedLeases, null).count().get(),
  ]);
  return expired.empty && connected.data().count === participants;
}
