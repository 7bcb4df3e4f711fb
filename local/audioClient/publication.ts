import type { LocalTrack, Room, TrackSource } from "@livekit/rtc-node";
import { ask, nativeEvent } from "./native.js";
import { rtc } from "./rtc.js";

/** LiveKit answers within some ms, or not at all where one may not publish. */
const PUBLISH_DEADLINE_MS = 2_000;
const UNPUBLISH_DEADLINE_MS = 2_000;

/** A track that LiveKit took. */
export interface Publication {
  readonly sid: string;
  readonly muted: boolean;
  /** Mutes or unmutes it, as the person does who speaks. */
  mute(muted: boolean): void;
  unpublish(): Promise<void>;
}

/** Publishes, whatever the permission says: it is LiveKit who decides. Undefined: it did not. */
export async function publish(
  room: Room,
  track: LocalTrack,
  source: TrackSource,
  closing: AbortSignal,
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
    // As rtc-node itself does it, so that its room knows the track.
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
        const asked = ask({
          case: "unpublishTrack",
          value: { localParticipantHandle, trackSid: taken.sid ?? sid, stopOnUnpublish: true },
        });
        await nativeEvent(
          (event) =>
            (event.case === "unpublishTrack" && event.value.asyncId === asked) || undefined,
          AbortSignal.any([closing, AbortSignal.timeout(UNPUBLISH_DEADLINE_MS)]),
        );
      },
    };
  };

  const late = Promise.withResolvers<"late">();
  const timer = setTimeout(() => {
    late.resolve("late");
  }, PUBLISH_DEADLINE_MS);
  const answer = await Promise.race([answered, late.promise]);
  clearTimeout(timer);
  if (answer !== "late") return take(answer);
  // A refusal was reported: what comes after it must not be heard.
  void answered.then((found) => take(found)?.unpublish());
  return undefined;
}
