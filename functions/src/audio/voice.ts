import { type TrackInfo, TrackSource, TrackType } from "livekit-server-sdk";

/**
 * The only track that anybody may send. LiveKit lets a person who may send from a microphone send pictures under its
 * name.
 */
export function isVoice({ type, source }: Pick<TrackInfo, "type" | "source">): boolean {
  return type === TrackType.AUDIO && source === TrackSource.MICROPHONE;
}
