import type { Dependencies } from "../dependencies.js";
import { untilDue } from "../untilDue.js";
import type { AbsenceTask } from "./absenceQueue.js";
import { ABSENT_AFTER_MS, markAbsent } from "./presence.js";

/**
 * Who left the audio room and is not back when his time to reconnect is over, is gone; one whose app
 * gave a sign of life just before is looked for again when that is too old. AUDIO_UNAVAILABLE where the
 * room cannot be asked.
 */
export async function confirmAbsence(
  deps: Pick<Dependencies, "firestore" | "clock" | "rooms" | "recounts" | "absences">,
  { showId, uid, connectedAt, dueAt }: AbsenceTask,
): Promise<void> {
  await untilDue(deps.clock, dueAt);
  if (await deps.rooms.find(showId, uid)) return;
  const lookAt = await markAbsent(deps, showId, uid, connectedAt);
  if (lookAt === null) return;
  const since = lookAt - ABSENT_AFTER_MS;
  await deps.absences.enqueue({ showId, uid, connectedAt: since, dueAt: lookAt });
}
