import { showRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { followConnection } from "../presence/followConnection.js";
import { convergePerson, isSame } from "./convergePerson.js";
import { readEntitlementIfOurs } from "./entitlement.js";
import { openRoom } from "./openRoom.js";
import type { RoomEvent } from "../ports/audioRooms.js";

/**
 * Handles an event of the audio room. An event is only a reason to look: it may arrive twice, late, or after the one
 * that undid it. So this compares the documents with the room as they are now, and does nothing if they agree.
 * Refuses with AUDIO_UNAVAILABLE if the room does not answer.
 */
export async function receiveRoomEvent(
  deps: Pick<Dependencies, "firestore" | "clock" | "rooms" | "presenceGraceMs">,
  event: RoomEvent,
): Promise<void> {
  const { showId } = event;
  switch (event.kind) {
    case "joined": {
      // A token has the permissions of the moment when it was made.
      const granted = await readEntitlementIfOurs(deps.firestore, showId, event.uid);
      if (granted === undefined) return;
      if (granted) await followConnection(deps, { ...event, isOver: false });
      if (granted && isSame(granted, event)) return;
      await convergePerson(deps, showId, event.uid, granted);
      return;
    }
    case "published": {
      const granted = await readEntitlementIfOurs(deps.firestore, showId, event.uid);
      if (granted === undefined || (granted?.canPublish === true && event.isVoice)) return;
      // Checks what they send now, because the event may be old.
      await convergePerson(deps, showId, event.uid);
      return;
    }
    case "left":
      // The end of a show closes a room of thousands, and nobody reads their leases any more.
      if (await isLive(deps, showId)) await followConnection(deps, { ...event, isOver: true });
      return;
    case "finished":
      if (await isLive(deps, showId)) await openRoom(deps, showId);
      return;
  }
}

async function isLive(
  { firestore }: Pick<Dependencies, "firestore">,
  showId: string,
): Promise<boolean> {
  return (await showRef(firestore, showId).get()).data()?.status === "live";
}
