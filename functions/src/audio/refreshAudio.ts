import type { DocumentSnapshot } from "firebase-admin/firestore";
import type { z } from "zod";
import type { Caller } from "../caller.js";
import { banRef, leaseRef, participantRef, showRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { Refusal } from "../errors.js";
import { readTogether } from "../readTogether.js";
import { allowanceRef } from "../limits/spend.js";
import { isConnected, writeLease } from "../presence/lease.js";
import { askForSweep } from "./askForSweep.js";
import { audioAccess } from "./audioAccess.js";
import { convergePerson } from "./convergePerson.js";
import { closeUnlessLive } from "./openRoom.js";
import type { LeaseDocument } from "../contract/audience.js";
import type { refreshAudio as contract } from "../contract/audio.js";
import { limits, type LimitDocument } from "../contract/limits.js";

type RefreshDependencies = Pick<
  Dependencies,
  "firestore" | "clock" | "rooms" | "tasks" | "presenceGraceMs"
>;

/** However many listeners report a missing room, at most one sweep runs per interval of this length, in ms. */
const MISSED_ROOM_MS = 5_000;

/**
 * Returns a fresh token to an app that lost its connection or was told to wait. For people on the stage, it also
 * recreates the room if it is missing, and sets their permissions in it. For listeners, it does not call LiveKit, because
 * thousands of them reconnect at once. Their permissions are corrected when LiveKit reports that they joined, and if they
 * do not get in, a sweep recreates the room.
 */
export async function refreshAudio(
  deps: RefreshDependencies,
  caller: Caller,
  { showId }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const db = deps.firestore;
  const [showSnapshot, participantSnapshot, banSnapshot, lease, allowance] = await readTogether(
    db,
    showRef(db, showId),
    participantRef(db, showId, caller.uid),
    banRef(db, showId, caller.uid),
    leaseRef(db, showId, caller.uid),
    allowanceRef(db, "refreshAudio", caller.uid),
  );
  const show = showSnapshot.data();
  if (!show) throw new Refusal("SHOW_NOT_FOUND");
  if (banSnapshot.exists) throw new Refusal("BANNED");
  if (show.status !== "live") throw new Refusal("SHOW_NOT_LIVE", { status: show.status });
  const participant = participantSnapshot.data();
  if (participant?.state !== "present") throw new Refusal("NOT_PARTICIPANT");
  if (!participant.canPublish) {
    await Promise.all([
      stayPresent(deps, showId, lease),
      hasCalledBefore(allowance, deps.clock.now()) && askForSweep(deps, showId, MISSED_ROOM_MS),
    ]);
    return { audio: await audioAccess(deps, showId, caller.uid, participant) };
  }
  await Promise.all([deps.rooms.open(showId), stayPresent(deps, showId, lease)]);
  const granted = await convergePerson(deps, showId, caller.uid);
  if (granted) return { audio: await deps.rooms.access(showId, caller.uid, granted) };
  // The show has ended or the caller has left in the meantime: read again to say which.
  await closeUnlessLive(deps, showId);
  return refreshAudio(deps, caller, { showId });
}

/**
 * Whether the caller has called before within the last seconds: then the earlier token did not get them in. The call
 * itself has been counted.
 */
function hasCalledBefore(allowance: DocumentSnapshot<LimitDocument>, now: number): boolean {
  const { count, seconds } = limits.refreshAudio;
  const oneCallMs = (seconds * 1_000) / count;
  return (allowance.data()?.expiresAt.toMillis() ?? 0) - now > oneCallMs;
}

/** For the grace period. LiveKit says when a connection ends; if that event is lost, the sweep finds out. */
async function stayPresent(
  deps: RefreshDependencies,
  showId: string,
  lease: DocumentSnapshot<LeaseDocument>,
): Promise<void> {
  if (isConnected(lease)) return;
  const batch = deps.firestore.batch();
  const aliveUntil = deps.clock.now() + deps.presenceGraceMs;
  writeLease(deps, batch, { showId, uid: lease.id }, aliveUntil);
  await batch.commit();
}
