import type { DocumentSnapshot } from "firebase-admin/firestore";
import { onDocumentWritten } from "firebase-functions/firestore";
import { onTaskDispatched } from "firebase-functions/tasks";
import { livekitApiSecret } from "../config.js";
import { REGION } from "../contract/region.js";
import { dependencies } from "../assemble.js";
import { absenceTask } from "./absenceQueue.js";
import { confirmAbsence as confirm } from "./confirmAbsence.js";
import { recountAudience as recount } from "./recountAudience.js";
import { recountTask } from "./recountQueue.js";
import { participantDocument, type ParticipantDocument } from "../contract/audience.js";

/**
 * Somebody came, went or changed his place on the stage: his show's audience is counted at the end
 * of this interval, the audio room is told, and where a host went the show may need another. The
 * calls ask for all of this themselves; this is for those that died before they could.
 */
export const onParticipantWritten = onDocumentWritten(
  { document: "shows/{showId}/participants/{uid}", region: REGION, retry: true },
  async (event) => {
    const { showId, uid } = event.params;
    const before = placeIn(event.data?.before);
    const after = placeIn(event.data?.after);
    const deps = dependencies();
    if (before?.state !== after?.state) await deps.recounts.enqueue(showId, deps.clock.now());
    // Who comes in brings his rights with his token.
    if (before && !isSamePlace(before, after)) await deps.roomTasks.enqueue({ showId, uid });
    if (isHost(before) && !isHost(after)) {
      const goneAt = after?.leftAt?.toMillis() ?? deps.clock.now();
      // Who was lowered does not come back: the creator's own grace is all there is to wait for.
      const isHere = after?.state === "present";
      await deps.handOvers.enqueue(showId, isHere ? goneAt : goneAt + deps.hostGraceMs);
    }
  },
);

type Place = Pick<ParticipantDocument, "state" | "role" | "canPublish" | "leftAt">;
const place = participantDocument.pick({
  state: true,
  role: true,
  canPublish: true,
  leftAt: true,
});

function placeIn(snapshot: DocumentSnapshot | undefined): Place | undefined {
  return place.safeParse(snapshot?.data()).data;
}

function isSamePlace(a: Place, b: Place | undefined): boolean {
  return a.state === b?.state && a.role === b.role && a.canPublish === b.canPublish;
}

function isHost(person: Place | undefined): boolean {
  return person?.state === "present" && (person.role === "creator" || person.role === "cohost");
}

export const recountAudience = onTaskDispatched(
  { region: REGION, retryConfig: { maxAttempts: 5, minBackoffSeconds: 1 } },
  async (request) => {
    const { showId, dueAt } = recountTask.parse(request.data);
    const deps = dependencies();
    // The tasks emulator delivers at once. Counting early would miss who comes later in the interval.
    await deps.clock.sleep(Math.max(0, dueAt - deps.clock.now()));
    const again = await recount(deps, showId);
    if (again !== null) await deps.recounts.enqueue(showId, again);
  },
);

export const confirmAbsence = onTaskDispatched(
  {
    region: REGION,
    secrets: [livekitApiSecret],
    retryConfig: { maxAttempts: 100, minBackoffSeconds: 1, maxBackoffSeconds: 30 },
  },
  async (request) => {
    await confirm(dependencies(), absenceTask.parse(request.data));
  },
);
