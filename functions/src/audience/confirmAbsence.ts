import type { Dependencies } from "../dependencies.js";
import type { AbsenceTask } from "./absenceQueue.js";
import { markAbsent } from "./presence.js";

/**
 * Who left the audio room and is not back when his time to reconnect is over, is gone. AUDIO_UNAVAILABLE
 * where the room cannot be asked.
 */
export async function confirmAbsence(
  deps: Pick<Dependencies, "firestore" | "clock" | "rooms" | "recounts">,
  { showId, uid, connectedAt, dueAt }: AbsenceTask,
): Promise<void> {
  // The tasks emulator delivers at once.
  await deps.clock.sleep(Math.max(0, dueAt - deps.clock.now()));
  if (await deps.rooms.find(showId, uid)) return;
  await markAbsent(deps, showId, uid, connectedAt);
}
