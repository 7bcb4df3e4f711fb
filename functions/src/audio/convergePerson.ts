import type { Dependencies } from "../dependencies.js";
import { readEntitlement } from "./entitlement.js";
import type { Connected, Entitlement } from "../ports/audioRooms.js";

/**
 * Makes the audio room grant a person what the documents grant, or disconnects them. Two of these at
 * once, or one that comes late, end with what the documents say last. A caller who has just written the
 * documents passes `written`, which saves the first looks. Resolves to what the documents grant. AUDIO_UNAVAILABLE where the
 * room cannot be told.
 */
export async function convergePerson(
  { firestore, rooms }: Pick<Dependencies, "firestore" | "rooms">,
  showId: string,
  uid: string,
  written?: Entitlement | null,
): Promise<Entitlement | null> {
  let granted = written;
  if (granted === undefined) {
    // The room first: with the documents read after it, what has come too late finds nothing to do,
    // where it would take a right away for a moment, and with it everything that the person sends.
    const held = await rooms.find(showId, uid);
    granted = await readEntitlement(firestore, showId, uid);
    // Somebody who is not connected has no rights to set, and a removal could only hit a new connection: LiveKit tells
    // when they join, and they are corrected then.
    if (!held || matchesGrant(held, granted)) return granted;
    if (granted && trespasses(held)) {
      // LiveKit takes away everything that a person sends with the right to send; they may speak again.
      await rooms.permit(showId, uid, { ...granted, canPublish: false });
    }
  }
  for (;;) {
    if (granted) await rooms.permit(showId, uid, granted);
    else await rooms.remove(showId, uid);
    // Changed meanwhile: whoever changed it may have told the room before we did.
    const latest = await readEntitlement(firestore, showId, uid);
    if (isSame(latest, granted)) return latest;
    granted = latest;
  }
}

/**
 * Whether the room grants what the documents grant. Someone who may not send must not be sending, and
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
