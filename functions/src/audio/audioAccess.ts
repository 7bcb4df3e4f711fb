import type { Dependencies } from "../dependencies.js";
import { playbackRef, stageRef } from "../collections.js";
import { readTogether } from "../readTogether.js";
import type { Role } from "../contract/role.js";
import { isStageOpen } from "./entitlement.js";
import type { Audio } from "../contract/audio.js";

/**
 * The audio access of a present participant, which lets them speak if their role and the stage allow it. A listener's
 * is made without reading the stage, because most joins are listeners'.
 */
export async function audioAccess(
  deps: Pick<Dependencies, "firestore" | "rooms">,
  showId: string,
  uid: string,
  { role, canPublish }: { readonly role: Role; readonly canPublish: boolean },
): Promise<Audio> {
  const db = deps.firestore;
  if (!canPublish) return deps.rooms.access(showId, uid, { role, canPublish });
  const [playback, stage] = await readTogether(db, playbackRef(db, showId), stageRef(db, showId));
  return deps.rooms.access(showId, uid, {
    role,
    canPublish: isStageOpen(playback.data(), stage.data()),
  });
}
