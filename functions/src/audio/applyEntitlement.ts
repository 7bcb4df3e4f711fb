import type { Dependencies } from "../dependencies.js";
import { isRefusal } from "../errors.js";
import type { Entitlement } from "../ports/audioRooms.js";
import { askForSweep } from "./askForSweep.js";
import { convergePerson } from "./convergePerson.js";

/**
 * For the end of a call whose change stands in the documents: tells the room now, and where that fails asks
 * for the sweep. A room that cannot be told is no failure of the call.
 */
export async function applyEntitlement(
  deps: Pick<Dependencies, "firestore" | "rooms" | "tasks" | "clock">,
  showId: string,
  uid: string,
  written?: Entitlement | null,
): Promise<void> {
  try {
    await convergePerson(deps, showId, uid, written);
  } catch (error) {
    await askForSweep(deps, showId);
    if (!isRefusal(error, "AUDIO_UNAVAILABLE")) throw error;
  }
}
