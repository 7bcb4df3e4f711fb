import type { z } from "zod";
import type { Caller } from "../caller.js";
import { participantRef, showRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { Refusal } from "../errors.js";
import { readTogether } from "../readTogether.js";
import { assertWithinReach, hosting } from "../stage/authority.js";
import type { muteSpeaker as contract } from "../contract/moderation.js";

/** A single action, not a state: when this resolves, the speaker is muted. */
export async function muteSpeaker(
  deps: Pick<Dependencies, "firestore" | "rooms">,
  caller: Caller,
  { showId, uid }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const db = deps.firestore;
  const [showSnapshot, callerSnapshot, targetSnapshot] = await readTogether(
    db,
    showRef(db, showId),
    participantRef(db, showId, caller.uid),
    participantRef(db, showId, uid),
  );
  const { show, host } = hosting(showSnapshot.data(), callerSnapshot.data(), caller.uid);
  const target = targetSnapshot.data();
  // People may always mute themselves.
  if (uid !== caller.uid) assertWithinReach(host, show, { uid, role: target?.role });
  if (target?.state !== "present") throw new Refusal("NOT_PARTICIPANT");
  await deps.rooms.mute(showId, uid);
  return {};
}
