import type { Dependencies } from "../dependencies.js";
import { readEntitlement } from "./entitlement.js";
import type { Connected, Entitlement } from "../ports/audioRooms.js";

/**
 * Makes the audio room grant a person what the documents grant, or disconnects them. If two run at once, or one runs
 * late, the result is what the documents say last. A caller who has just written the documents passes `written`,
 * which saves the first reads. Resolves to what the documents grant. Refuses with AUDIO_UNAVAILABLE if the room
 * cannot be updated.
 */
export async function convergePerson(
  { firestore, rooms }: Pick<Dependencies, "firestore" | "rooms">,
  showId: string,
  uid: string,
  written?: Entitlement | null,
): Promise<Entitlement | null> {
  let granted = written;
  if (granted === undefined) {
    // Reads the room first and the documents after it. So a late run finds nothing to do. Otherwise it could revoke a
    // right for a moment, and end everything that the person sends.
    const held = await rooms.find(showId, uid);
    granted = await readEntitlement(firestore, showId, uid);
    // A person who is not connected has no permissions to set, and a removal could only hit a new connection. LiveKit
    // reports when they join, and they are corrected then.
    if (!held || matchesGrant(held, granted)) return granted;
    if (granted && trespasses(held)) {
      // When LiveKit revokes the permission to send, it ends everything that the person sends. Now they may speak again.
      await rooms.permit(showId, uid, { ...granted, canPublish: false });
    }
  }
  for (;;) {
    if (granted) await rooms.permit(showId, uid, granted);
    else await rooms.remove(showId, uid);
    // The documents have changed in the meantime: the other call may have updated the room before this one did.
    const latest = await readEntitlement(firestore, showId, uid);
    if (isSame(latest, granted)) return latest;
    granted = latest;
  }
}

/**
 * Whether the room grants what the documents grant. A person without the permission to send must not be sending, and
 * nobody sends anything but their voice.
 */
export function matchesGrant(held: Connected, granted: Entitlement | null): boolean {
  return isSame(granted, held) && (held.canPublish ? !trespasses(held) : held.tracks.length === 0);
}

function trespasses({ tracks }: Connected): boolean {
  return tracks.some(({ isVoice }) => !isVoice);
}

export function isSame(
  a: Entitlement | null,
  b: Pick<Connected, "role" | "canPublish"> | null,
): boolean {
  return a?.role === b?.role && a?.canPublish === b?.canPublish;
}
