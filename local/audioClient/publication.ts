import type { LocalTrack, Room, TrackSource } from "@livekit/rtc-node";
import { setTimeout } from "node:timers/promises";
import { ask, nativeEvent } from "./native.js";
import { rtc } from "./rtc.js";

/**
 * LiveKit does not answer a publication that it refuses. So a track that is probably forbidden counts as
 * refused sooner.
 */
export const REFUSED_AFTER_MS = { allowed: 5_000, unclear: 2_000, forbidden: 1_000 };
const UNPUBLISH_DEADLINE_MS = 2_000;

/** A track that LiveKit accepted. */
export interface Publication {
  readonly sid: string;
  readonly muted: boolean;
  /** Mutes or unmutes the track, like the speaker would. */
  mute(muted: boolean): void;
  unpublish(): Promise<void>;
}

/**
 * Publishes regardless of the known permission, so that LiveKit decides. Undefined if it refuses.
 */
export async function publish(
  room: Room,
  track: LocalTrack,
  source: TrackSource,
  closing: AbortSignal,
  refusedAfterMs = REFUSED_AFTER_MS.unclear,
): Promise<Publication | undefined> {
  const participant = room.localParticipant;
  if (!participant || closing.aborted) return undefined;
  const localParticipantHandle = participant.ffi_handle.handle;
  const asyncId = ask({
    case: "publishTrack",
    value: {
      localParticipantHandle,
      trackHandle: track.ffi_handle.handle,
      options: { source },
    },
  });
  const answered = nativeEvent((event) => {
    if (event.case !== "publishTrack" || event.value.asyncId !== asyncId) return undefined;
    return event.value.message;
  }, closing);

  const take = (answer: Awaited<typeof answered>): Publication | undefined => {
    if (answer?.case !== "publication") return undefined;
    // Registers the track like rtc-node does, so that its room knows it.
    const taken = new rtc.LocalTrackPublication(answer.value);
    const sid = taken.sid ?? "";
    taken.track = track;
    if (track.info) track.info.sid = sid;
    participant.trackPublications.set(sid, taken);
    return {
      sid,
      get muted() {
        return taken.muted ?? false;
      },
      mute(mute) {
        ask({ case: "localTrackMute", value: { trackHandle: track.ffi_handle.handle, mute } });
      },
      async unpublish() {
        participant.trackPublications.delete(taken.sid ?? sid);
        if (closing.aborted || !room.isConnected) return;
        const requestId = ask({
          case: "unpublishTrack",
          value: { localParticipantHandle, trackSid: taken.sid ?? sid, stopOnUnpublish: true },
        });
        await nativeEvent(
          (event) =>
            (event.case === "unpublishTrack" && event.value.asyncId === requestId) || undefined,
          AbortSignal.any([closing, AbortSignal.timeout(UNPUBLISH_DEADLINE_MS)]),
        );
      },
    };
  };

  const settled = new AbortController();
  const late = setTimeout(refusedAfterMs, undefined, { signal: settled.signal });
  const answer = await Promise.race([answered, late.catch(() => undefined)]);
  settled.abort();
  const publication = take(answer);
  // The caller is told of a refusal, so a late track must not be heard.
  if (!publication) void answered.then((found) => take(found)?.unpublish());
  return publication;
}
