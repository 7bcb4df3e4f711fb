import { showRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { followConnection } from "../presence/followConnection.js";
import { convergePerson, isSame } from "./convergePerson.js";
import { readEntitlementIfOurs } from "./entitlement.js";
import { openRoom } from "./openRoom.js";
import type { RoomEvent } from "../ports/audioRooms.js";

/**
 * Follows what the audio room tells. An event is a reason to look, never the truth: it may come
 * twice, late, or after the one that undid it. So this asks the documents and the room how things are
 * now, and does nothing where they agree. AUDIO_UNAVAILABLE where the room cannot be asked.
 */
export async function receiveRoomEvent(
  deps: Pick<Dependencies, "firestore" | "clock" | "rooms" | "presenceGraceMs">,
  event: RoomEvent,
): Promise<void> {
  const { showId } = event;
  switch (event.kind) {
    case "joined": {
      // A token says what held when it was made.
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
      // By what the room says that they send now: the event may be old.
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
