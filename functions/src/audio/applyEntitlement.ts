import type { Dependencies } from "../dependencies.js";
import type { Entitlement } from "../ports/audioRooms.js";
import { nowOrBySweep } from "./askForSweep.js";
import { convergePerson } from "./convergePerson.js";

/** Updates the room after a call's change is committed. If that fails, the sweep does it. */
export function applyEntitlement(
  deps: Pick<Dependencies, "firestore" | "rooms" | "tasks" | "clock">,
  showId: string,
  uid: string,
  written?: Entitlement | null,
): Promise<void> {
  return nowOrBySweep(deps, showId, () => convergePerson(deps, showId, uid, written));
}
