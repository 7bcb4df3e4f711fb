import type { LocalParticipant, LocalTrack, Room, TrackSource } from "@livekit/rtc-node";
import { setTimeout } from "node:timers/promises";
import { ask, nativeEvent } from "./native.js";
import { rtc } from "./rtc.js";

const FENCE_DEADLINE_MS = 2_000;
/**
 * When to ask whether LiveKit refused. A request during a negotiation can make LiveKit's client lose the
 * negotiation: then the track is published, but nobody hears it. So a track that is probably allowed waits longer.
 */
export const REFUSAL_AFTER_MS = { allowed: 3_000, forbidden: 400 };
/** From LiveKit's answer until rtc-node has it. */
const ON_ITS_WAY_MS = 100;
const UNFENCE_DEADLINE_MS = 2_000;

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
  refusalAfterMs = REFUSAL_AFTER_MS.forbidden,
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
          AbortSignal.any([closing, AbortSignal.timeout(UNFENCE_DEADLINE_MS)]),
        );
      },
    };
  };

  const settled = new AbortController();
  const answer = await Promise.race([
    answered,
    isLate(participant, refusalAfterMs, settled.signal),
  ]);
  settled.abort();
  if (answer !== "late") return take(answer);
  // The caller was told of a refusal, so a late track must not be heard.
  void answered.then((found) => take(found)?.unpublish());
  return undefined;
}

/**
 * Resolves when LiveKit will not answer any more. It answers nothing to a publication without the permission,
 * but does answer, in order, the request that is sent after it.
 */
async function isLate(
  { ffi_handle, name = "" }: LocalParticipant,
  refusalAfterMs: number,
  settled: AbortSignal,
): Promise<"late"> {
  const pause = (ms: number) =>
    setTimeout(ms, undefined, { signal: settled }).catch(() => undefined);
  await pause(refusalAfterMs);
  if (settled.aborted) return "late";
  const value = { localParticipantHandle: ffi_handle.handle, name };
  const asyncId = ask({ case: "setLocalName", value });
  await nativeEvent(
    (event) => (event.case === "setLocalName" && event.value.asyncId === asyncId) || undefined,
    AbortSignal.any([settled, AbortSignal.timeout(FENCE_DEADLINE_MS)]),
  );
  await pause(ON_ITS_WAY_MS);
  return "late";
}
