import type { Firestore } from "firebase-admin/firestore";
import type { ParticipantDocument } from "../contract/audience.js";
import { participantRef, playbackRef, showRef, stageRef } from "../collections.js";
import type { PlaybackDocument } from "../contract/music.js";
import { readTogether } from "../readTogether.js";
import type { ShowDocument } from "../contract/shows.js";
import type { StageDocument } from "../contract/stage.js";
import type { Entitlement } from "../ports/audioRooms.js";

/** Whether people on the stage may be heard now: not in music mode, nor while music is about to start. */
export function isStageOpen(
  playback: PlaybackDocument | undefined,
  stage: StageDocument | undefined,
): boolean {
  return playback?.mode !== "music" && !stage?.closing;
}

/** What the documents grant a person in the audio room; null: they must not be there. */
export function entitlementOf(
  show: ShowDocument | undefined,
  participant: ParticipantDocument | undefined,
  stageIsOpen: boolean,
): Entitlement | null {
  if (show?.status !== "live" || participant?.state !== "present") return null;
  return { role: participant.role, canPublish: participant.canPublish && stageIsOpen };
}

// Stryker disable all: these read the documents, on the emulator
/** The same, as the documents are now. */
export async function readEntitlement(
  db: Firestore,
  showId: string,
  uid: string,
): Promise<Entitlement | null> {
  return (await readEntitlementIfOurs(db, showId, uid)) ?? null;
}

/** The same; undefined if no show has this id: then the room belongs to another project on the same server. */
export async function readEntitlementIfOurs(
  db: Firestore,
  showId: string,
  uid: string,
): Promise<Entitlement | null | undefined> {
  const [show, participant, playback, stage] = await readTogether(
    db,
    showRef(db, showId),
    participantRef(db, showId, uid),
    playbackRef(db, showId),
    stageRef(db, showId),
  );
  if (!show.exists) return undefined;
  return entitlementOf(show.data(), participant.data(), isStageOpen(playback.data(), stage.data()));
}
