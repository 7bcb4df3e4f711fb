import { participantsRef, playbackRef, stageRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { Refusal } from "../errors.js";
import { queries } from "../contract/queries.js";
import { select } from "../queries.js";
import { readTogether } from "../readTogether.js";
import { onStage } from "../contract/role.js";
import { applyEntitlement } from "./applyEntitlement.js";
import { convergePerson } from "./convergePerson.js";
import { isStageOpen } from "./entitlement.js";
import type { Connected } from "../ports/audioRooms.js";

/** The next check sees people who connect while the room is being silenced. */
const MAX_LOOKS = 10;

/**
 * Revokes everybody's permission to publish, and checks until the room says that nobody has it and nobody sends. The
 * documents must grant it to nobody when this begins. Refuses with CONTENTION if they grant it again in the meantime, and
 * with AUDIO_UNAVAILABLE if the room does not answer or does not obey.
 */
export async function silenceRoom(
  deps: Pick<Dependencies, "firestore" | "rooms">,
  showId: string,
): Promise<void> {
  for (let looks = 0; looks < MAX_LOOKS; looks += 1) {
    const heard = await audible(deps, showId);
    if (heard.length === 0) return;
    if (looks > 0 && (await isOpenAgain(deps, showId))) throw new Refusal("CONTENTION");
    await Promise.all(heard.map(({ uid }) => convergePerson(deps, showId, uid)));
  }
  throw new Refusal("AUDIO_UNAVAILABLE");
}

export async function isSilent(
  deps: Pick<Dependencies, "rooms">,
  showId: string,
): Promise<boolean> {
  return (await audible(deps, showId)).length === 0;
}

/** Who sends, or could at any moment. */
async function audible(
  { rooms }: Pick<Dependencies, "rooms">,
  showId: string,
): Promise<Connected[]> {
  const room = await rooms.look(showId);
  return (room?.connected ?? []).filter(
    ({ canPublish, tracks }) => canPublish || tracks.length > 0,
  );
}

async function isOpenAgain(
  { firestore }: Pick<Dependencies, "firestore">,
  showId: string,
): Promise<boolean> {
  const [playback, stage] = await readTogether(
    firestore,
    playbackRef(firestore, showId),
    stageRef(firestore, showId),
  );
  return isStageOpen(playback.data(), stage.data());
}

/** Restores the permissions of the people on the stage. If the room does not answer, the sweep does it. */
export async function openStage(
  deps: Pick<Dependencies, "firestore" | "rooms" | "tasks" | "clock">,
  showId: string,
): Promise<void> {
  const everybody = participantsRef(deps.firestore, showId);
  const people = await select(everybody, queries.presentByRole, "present", onStage).get();
  await Promise.all(people.docs.map(({ id }) => applyEntitlement(deps, showId, id)));
}
