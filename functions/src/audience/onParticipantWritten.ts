import type { DocumentSnapshot } from "firebase-admin/firestore";
import { nowOrEnqueued } from "../audio/askForSweep.js";
import { convergePerson } from "../audio/convergePerson.js";
import { participantDocument, type ParticipantDocument } from "../contract/audience.js";
import type { Dependencies } from "../dependencies.js";
import type { DocumentWrite } from "../documentWrite.js";
import { announceInvitation } from "../notifications/announce.js";
import { askForFeed } from "../feed/askForFeed.js";

/**
 * A person joined or left: the audience is counted at the end of this interval. A person who left from the stage is
 * disconnected from the audio room, if their phone has not disconnected; by a sweep if LiveKit does not answer.
 */
export async function onParticipantWritten(
  deps: Pick<
    Dependencies,
    "firestore" | "clock" | "rooms" | "tasks" | "audienceIntervalMs" | "digestIntervalMs"
  >,
  { data, params }: Pick<DocumentWrite<{ showId: string; uid: string }>, "data" | "params">,
): Promise<void> {
  const { showId, uid } = params;
  await announceInvitation(deps, params, data?.before, data?.after);
  const before = presenceIn(data?.before);
  const after = presenceIn(data?.after);
  if (before?.state === after?.state) return;
  await askForFeed(deps, showId);
  if (before?.canPublish && after?.state === "left") {
    await nowOrEnqueued(deps, showId, () => convergePerson(deps, showId, uid));
  }
}

type Presence = Pick<ParticipantDocument, "state" | "canPublish">;
const presence = participantDocument.pick({ state: true, canPublish: true });

function presenceIn(snapshot: DocumentSnapshot | undefined): Presence | undefined {
  return presence.safeParse(snapshot?.data()).data;
}
