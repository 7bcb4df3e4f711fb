import { type WebhookEvent, WebhookReceiver } from "livekit-server-sdk";
import { documentId, personId } from "../contract/fields.js";
import { isPerson } from "./isPerson.js";
import { roleIn } from "./roomMetadata.js";
import type { RoomEvent } from "../ports/audioRooms.js";
import { isVoice } from "./voice.js";

/** LiveKit did not sign the request: another key, another body, or an expired signature. */
export class UnsignedEvent extends Error {
  override readonly name = "UnsignedEvent";
}

/**
 * Reads a webhook of LiveKit's: null for an event that needs no action. Rejects with `UnsignedEvent`
 * unless the signature is over this exact body, by this key and at this time.
 * https://docs.livekit.io/home/server/webhooks/#receiving-webhooks
 */
export function livekitEvents(
  apiKey: string,
  apiSecret: string,
): (rawBody: string, authorization: string | undefined) => Promise<RoomEvent | null> {
  // An empty secret would let anybody sign.
  if (apiKey === "" || apiSecret === "") return () => Promise.reject(new UnsignedEvent());
  const receiver = new WebhookReceiver(apiKey, apiSecret);
  return async (rawBody, authorization) => {
    let event: WebhookEvent;
    try {
      event = await receiver.receive(rawBody, authorization);
    } catch {
      throw new UnsignedEvent();
    }
    return roomEventOf(event);
  };
}

function roomEventOf({ event, room, participant, track }: WebhookEvent): RoomEvent | null {
  // A name that no show could have belongs to another project on the same server.
  const showId = documentId.safeParse(room?.name).data;
  if (showId === undefined) return null;
  if (event === "room_finished") return { kind: "finished", showId };
  const uid = personId.safeParse(participant?.identity).data;
  if (!participant || uid === undefined || !isPerson(participant)) return null;
  switch (event) {
    case "participant_joined":
      return {
        kind: "joined",
        showId,
        uid,
        connectedAt: Number(participant.joinedAtMs),
        role: roleIn(participant.metadata),
        canPublish: participant.permission?.canPublish ?? false,
      };
    case "participant_left":
      return { kind: "left", showId, uid, connectedAt: Number(participant.joinedAtMs) };
    case "track_published":
      return { kind: "published", showId, uid, isVoice: track === undefined || isVoice(track) };
    default:
      return null;
  }
}
