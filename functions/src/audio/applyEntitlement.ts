import type { Dependencies } from "../dependencies.js";
import type { Entitlement } from "../ports/audioRooms.js";
import { nowOrBySweep } from "./askForSweep.js";
import { convergePerson } from "./convergePerson.js";

/** For the end of a call whose change is committed: updates the room, now or by the sweep. */
export function applyEntitlement(
  deps: Pick<Dependencies, "firestore" | "rooms" | "tasks" | "clock">,
  showId: string,
  uid: string,
  written?: Entitlement | null,
): Promise<void> {
  return nowOrBySweep(deps, showId, () => convergePerson(deps, showId, uid, written));
}
