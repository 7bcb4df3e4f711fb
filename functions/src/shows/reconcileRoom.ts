import { ABSENT_AFTER_MS, markAbsent } from "../audience/presence.js";
import type { ParticipantDocument } from "../contract/audience.js";
import { convergePerson, holds } from "../audio/applyEntitlement.js";
import { entitlementOf, isStageOpen } from "../audio/entitlement.js";
import { openRoom } from "../audio/openRoom.js";
import type { Connected } from "../ports/audioRooms.js";
import { participantsRef, playbackRef, showRef, stageRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { queries } from "../contract/queries.js";
import { select } from "../queries.js";
import { readTogether } from "../readTogether.js";
import { CLOSING_LASTS_MS, dropClosing } from "../stage/closing.js";
import type { ShowStatus } from "../contract/shows.js";

/** A start that takes longer was given up by who began it (ms). */
const STARTING_LASTS_MS = 60_000;

type Needs = Pick<Dependencies, "firestore" | "clock" | "rooms" | "recounts">;

/**
 * Compares a show's documents with its audio room and puts right what differs, for the events and
 * calls that never arrived: the room itself, who is in it and with which rights, and who is not in it
 * though the documents say that he is present. AUDIO_UNAVAILABLE where the room cannot be looked at:
 * then nobody is taken for gone.
 */
export async function reconcileRoom(deps: Needs, showId: string): Promise<void> {
  const db = deps.firestore;
  const [show, stage] = await readTogether(db, showRef(db, showId), stageRef(db, showId));
  // Somebody else's room on the same server.
  if (!show.exists) return;
  const now = deps.clock.now();
  const status = show.data()?.status;
  if (status !== "live") {
    if (!(await isStarting(deps, showId, status))) await deps.rooms.close(showId);
    return;
  }
  const closing = stage.data()?.closing;
  // Whoever began to close the stage died of it.
  if (closing && now - closing.since.toMillis() > CLOSING_LASTS_MS) {
    await dropClosing(deps, showId, closing.id);
  }
  const room = await deps.rooms.look(showId);
  if (!room) {
    await openRoom(deps, showId);
    return;
  }
  const present = await presentPeople(deps, showId);
  await correctRights(deps, showId, room.connected, present);

  const since = now - ABSENT_AFTER_MS;
  // A room that was lost and made anew: its people are on their way back.
  if (room.since > since) return;
  const connected = new Set(room.connected.map(({ uid }) => uid));
  for (const uid of present.keys()) {
    if (!connected.has(uid)) await markAbsent(deps, showId, uid, since);
  }
}

/** `startShow` makes the room before it writes that the show is live. */
async function isStarting(
  { rooms, clock }: Needs,
  showId: string,
  status: ShowStatus | undefined,
): Promise<boolean> {
  if (status !== "draft" && status !== "scheduled") return false;
  const room = await rooms.look(showId);
  return room !== null && clock.now() - room.since < STARTING_LASTS_MS;
}

async function presentPeople(
  { firestore }: Needs,
  showId: string,
): Promise<Map<string, ParticipantDocument>> {
  const query = select(participantsRef(firestore, showId), queries.presentParticipants, "present");
  return new Map((await query.get()).docs.map((person) => [person.id, person.data()]));
}

async function correctRights(
  deps: Needs,
  showId: string,
  connected: readonly Connected[],
  present: ReadonlyMap<string, ParticipantDocument>,
): Promise<void> {
  const db = deps.firestore;
  const [show, playback, stage] = await readTogether(
    db,
    showRef(db, showId),
    playbackRef(db, showId),
    stageRef(db, showId),
  );
  const isOpen = isStageOpen(playback.data(), stage.data());
  const wrong = connected.filter(
    (person) => !holds(person, entitlementOf(show.data(), present.get(person.uid), isOpen)),
  );
  await Promise.all(wrong.map(({ uid }) => convergePerson(deps, showId, uid)));
}
