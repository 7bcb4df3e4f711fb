import type { DocumentSnapshot } from "firebase-admin/firestore";
import type { z } from "zod";
import type { Caller } from "../caller.js";
import { banRef, leaseRef, participantRef, showRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { Refusal } from "../errors.js";
import { readTogether } from "../readTogether.js";
import { isConnected, writeLease } from "../presence/lease.js";
import { convergePerson } from "./convergePerson.js";
import { closeUnlessLive } from "./openRoom.js";
import type { LeaseDocument } from "../contract/audience.js";
import type { refreshAudio as contract } from "../contract/audio.js";

type RefreshDependencies = Pick<Dependencies, "firestore" | "clock" | "rooms" | "presenceGraceMs">;

/**
 * For an app that lost its connection or was told to wait: brings the room back if it is gone, sets
 * the caller's rights in it anew, and gives a fresh token.
 */
export async function refreshAudio(
  deps: RefreshDependencies,
  caller: Caller,
  { showId }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const db = deps.firestore;
  const [showSnapshot, participantSnapshot, banSnapshot, lease] = await readTogether(
    db,
    showRef(db, showId),
    participantRef(db, showId, caller.uid),
    banRef(db, showId, caller.uid),
    leaseRef(db, showId, caller.uid),
  );
  const show = showSnapshot.data();
  if (!show) throw new Refusal("SHOW_NOT_FOUND");
  if (banSnapshot.exists) throw new Refusal("BANNED");
  if (show.status !== "live") throw new Refusal("SHOW_NOT_LIVE", { status: show.status });
  if (participantSnapshot.data()?.state !== "present") throw new Refusal("NOT_PARTICIPANT");
  await Promise.all([deps.rooms.open(showId), stayPresent(deps, showId, lease)]);
  const granted = await convergePerson(deps, showId, caller.uid);
  if (granted) return { audio: await deps.rooms.access(showId, caller.uid, granted) };
  // Meanwhile the show has ended or the caller is out: look again to say which.
  await closeUnlessLive(deps, showId);
  return refreshAudio(deps, caller, { showId });
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
