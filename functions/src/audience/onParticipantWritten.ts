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
  const before = placeIn(data?.before);
  const after = placeIn(data?.after);
  if (before?.state === after?.state) return;
  await askForFeed(deps, showId);
  if (before?.canPublish && after?.state === "left") {
    await nowOrEnqueued(deps, showId, () => convergePerson(deps, showId, uid));
  }
}

type Place = Pick<ParticipantDocument, "state" | "canPublish">;
const place = participantDocument.pick({ state: true, canPublish: true });

function placeIn(snapshot: DocumentSnapshot | undefined): Place | undefined {
  return place.safeParse(snapshot?.data()).data;
}
