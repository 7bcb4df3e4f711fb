import type { Dependencies } from "../dependencies.js";
import { readEntitlement } from "./entitlement.js";
import type { Connected, Entitlement } from "./rooms.js";
import { askForConvergence } from "./roomTasks.js";

/**
 * Makes the audio room grant a person what the documents grant him, or disconnects him. Two of these
 * at once, or one that comes late, end with what the documents say last. Who has just written them
 * says `written`, which saves the first look. AUDIO_UNAVAILABLE where the room cannot be told.
 */
export async function convergePerson(
  deps: Pick<Dependencies, "firestore" | "rooms">,
  showId: string,
  uid: string,
  written?: Entitlement | null,
): Promise<void> {
  let granted =
    written === undefined ? await readEntitlement(deps.firestore, showId, uid) : written;
  for (;;) {
    if (granted) await deps.rooms.permit(showId, uid, granted);
    else await deps.rooms.remove(showId, uid);
    // Changed meanwhile: whoever changed it may have told the room before we did.
    const latest = await readEntitlement(deps.firestore, showId, uid);
    if (isSame(latest, granted)) return;
    granted = latest;
  }
}

/**
 * For the end of a call whose change stands in the documents: tells the room now, and where that
 * fails leaves it to a task that is retried until it holds.
 */
export async function applyEntitlement(
  deps: Pick<Dependencies, "firestore" | "rooms" | "roomTasks">,
  showId: string,
  uid: string,
  written?: Entitlement | null,
): Promise<void> {
  try {
    await convergePerson(deps, showId, uid, written);
  } catch {
    await askForConvergence(deps, { showId, uid });
  }
}

export function isSame(
  a: Entitlement | null,
  b: Pick<Connected, "role" | "canPublish"> | null,
): boolean {
  return a?.role === b?.role && a?.canPublish === b?.canPublish;
}
