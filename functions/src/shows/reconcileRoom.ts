import { sweepPresence } from "../audience/sweepPresence.js";
import { convergePerson, matchesGrant } from "../audio/convergePerson.js";
import { isStageOpen } from "../audio/entitlement.js";
import { openRoom } from "../audio/openRoom.js";
import { attemptAll, attemptInTurn } from "../attemptAll.js";
import { participantsRef, playbackRef, stageRef } from "../collections.js";
import { queries } from "../contract/queries.js";
import { onStage } from "../contract/role.js";
import type { Dependencies } from "../dependencies.js";
import type { Connected, Entitlement } from "../ports/audioRooms.js";
import { select } from "../queries.js";
import { readTogether } from "../readTogether.js";
import { CLOSING_LASTS_MS, dropClosing } from "../stage/closing.js";
import { isQuiet } from "./isQuiet.js";
import { log } from "../log.js";

type ReconcileDependencies = Pick<
  Dependencies,
  "firestore" | "clock" | "rooms" | "presenceGraceMs"
>;

/**
 * Compares a live show's documents with its audio room and repairs the differences that lost events and failed calls
 * left: the room itself, the permissions in it, and who is present. Refuses with AUDIO_UNAVAILABLE if the room does not
 * answer; then nobody is marked absent. A participant who cannot be repaired does not delay the others: failures are
 * thrown at the end.
 *
 * LiveKit is not asked about a quiet show if `participants` says how many it listed in the room. At `stopAt` (ms since
 * the epoch), the rest is left to a later sweep.
 */
export async function reconcileRoom(
  deps: ReconcileDependencies,
  showId: string,
  { participants, stopAt }: { participants?: number | undefined; stopAt: number },
): Promise<void> {
  const db = deps.firestore;
  const [playback, stage] = await readTogether(db, playbackRef(db, showId), stageRef(db, showId));
  if (
    participants !== undefined &&
    (await isQuiet(deps, showId, participants, playback.data(), stage.data()))
  ) {
    return;
  }
  const closing = stage.data()?.closing;
  // The call that started closing the stage crashed.
  const isAbandoned = closing && deps.clock.now() - closing.since.toMillis() > CLOSING_LASTS_MS;
  if (isAbandoned) await dropClosing(deps, showId, closing.id);
  const room = await deps.rooms.look(showId);
  if (!room) {
    await openRoom(deps, showId);
    return;
  }
  const isOpen = isStageOpen(playback.data(), isAbandoned ? undefined : stage.data());
  const hasTime = () => deps.clock.now() < stopAt;
  await attemptInTurn([
    () => correctRights(deps, showId, room.connected, isOpen, hasTime),
    () => sweepPresence(deps, showId, room, hasTime),
  ]);
  if (!hasTime()) log("WARNING", "a part of the room is left to a later sweep", { showId });
}

/**
 * Reads only the people on the stage: everyone else who is connected may only listen.
 */
async function correctRights(
  deps: ReconcileDependencies,
  showId: string,
  connected: readonly Connected[],
  isOpen: boolean,
  hasTime: () => boolean,
): Promise<void> {
  const everyone = participantsRef(deps.firestore, showId);
  const people = await select(everyone, queries.presentByRole, "present", onStage).get();
  const stagePeople = new Map(people.docs.map((person) => [person.id, person]));
  const granted = (uid: string): Entitlement => {
    // Parse here, so that a document of another shape fails only for its own person.
    const person = stagePeople.get(uid)?.data();
    if (!person) return { role: "listener", canPublish: false };
    return { role: person.role, canPublish: person.canPublish && isOpen };
  };
  await attemptAll(connected, async (person) => {
    if (matchesGrant(person, granted(person.uid)) || !hasTime()) return;
    await convergePerson(deps, showId, person.uid);
  });
}
