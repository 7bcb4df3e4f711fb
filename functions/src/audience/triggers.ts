import type { DocumentSnapshot } from "firebase-admin/firestore";
import { onDocumentWritten } from "firebase-functions/firestore";
import { dependencies } from "../assemble.js";
import { convergePerson } from "../audio/convergePerson.js";
import { livekitApiSecret } from "../config.js";
import { participantDocument, type ParticipantDocument } from "../contract/audience.js";
import { REGION } from "../contract/region.js";
import { askForFeed } from "../feed/askForFeed.js";

/**
 * Somebody came or went: the audience is counted at the end of this interval. Someone who left the stage
 * with the show is put out of the audio room, if their phone has not disconnected.
 */
export const onParticipantWritten = onDocumentWritten(
  {
    document: "shows/{showId}/participants/{uid}",
    region: REGION,
    retry: true,
    secrets: [livekitApiSecret],
  },
  async (event) => {
    const { showId, uid } = event.params;
    const before = placeIn(event.data?.before);
    const after = placeIn(event.data?.after);
    if (before?.state === after?.state) return;
    const deps = dependencies();
    await askForFeed(deps, showId);
    if (before?.canPublish && after?.state === "left") await convergePerson(deps, showId, uid);
  },
);

type Place = Pick<ParticipantDocument, "state" | "canPublish">;
const place = participantDocument.pick({ state: true, canPublish: true });

function placeIn(snapshot: DocumentSnapshot | undefined): Place | undefined {
  return place.safeParse(snapshot?.data()).data;
}
