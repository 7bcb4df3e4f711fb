import type { NativeRoomEvent } from "./native.js";
import { rtc } from "./rtc.js";

/** Something that reached one participant from another. */
export interface Received {
  readonly from: string;
  readonly what: "sound" | "pictures" | "data" | "metadata" | "name" | "attributes";
  readonly at: number;
}

/** What a room event delivers to the participant `self` from others: one thing or nothing. */
export function receivedIn(event: NativeRoomEvent, self: string | undefined): Received[] {
  const what = kindOf(event);
  if (what === undefined || !event.value || !("participantIdentity" in event.value)) return [];
  const from = event.value.participantIdentity ?? "";
  return from === self ? [] : [{ from, what, at: performance.now() }];
}

function kindOf(event: NativeRoomEvent): Received["what"] | undefined {
  switch (event.case) {
    case "trackSubscribed":
      return event.value.track?.info?.kind === rtc.TrackKind.KIND_VIDEO ? "pictures" : "sound";
    case "dataPacketReceived":
    case "chatMessage":
    case "textStreamOpened":
    case "byteStreamOpened":
      return "data";
    case "participantMetadataChanged":
      return "metadata";
    case "participantNameChanged":
      return "name";
    case "participantAttributesChanged":
      return "attributes";
    default:
      return undefined;
  }
}
