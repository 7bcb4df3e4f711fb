import type { Room } from "@livekit/rtc-node";
import { sayTone } from "./microphone.js";
import { ask, nativeEvent, type NativeRequest } from "./native.js";
import { publish } from "./publication.js";
import { rtc } from "./rtc.js";

const DEADLINE_MS = 2_000;
const PICTURE = { width: 320, height: 240, everyMs: 50 };
const TRESPASS_HZ = 1_500;

/** LiveKit's reaction. */
export type Outcome = "accepted" | "refused";

const sources = {
  microphone: rtc.TrackSource.SOURCE_MICROPHONE,
  camera: rtc.TrackSource.SOURCE_CAMERA,
  screen: rtc.TrackSource.SOURCE_SCREENSHARE,
  screenAudio: rtc.TrackSource.SOURCE_SCREENSHARE_AUDIO,
  unknown: rtc.TrackSource.SOURCE_UNKNOWN,
};
export type Source = keyof typeof sources;

/**
 * Actions of a hostile app that our apps never take. Whatever is accepted continues until the end.
 */
export interface Trespass {
  /** Publishes sound with an arbitrary source. */
  sendSound(source: Source): Promise<Outcome>;
  sendPictures(source: Source): Promise<Outcome>;
  /** LiveKit drops forbidden data silently, so only the receivers can tell. */
  sendData(text: string): Promise<void>;
  claimMetadata(metadata: string): Promise<Outcome>;
  claimName(name: string): Promise<Outcome>;
  claimAttributes(attributes: Record<string, string>): Promise<Outcome>;
}

export function trespass(room: Room, closing: AbortSignal): Trespass & { end(): Promise<void> } {
  const running: { stop(): Promise<void> }[] = [];
  const participant = () => {
    if (!room.localParticipant) throw new Error("not connected");
    return room.localParticipant;
  };
  const claim = async (request: NonNullable<NativeRequest>): Promise<Outcome> => {
    const requestId = ask(request);
    const answer = await nativeEvent(
      (event) => {
        switch (event.case) {
          case "setLocalMetadata":
          case "setLocalName":
          case "setLocalAttributes":
            return event.value.asyncId === requestId ? event.value : undefined;
          default:
            return undefined;
        }
      },
      AbortSignal.any([closing, AbortSignal.timeout(DEADLINE_MS)]),
    );
    return answer && !answer.error ? "accepted" : "refused";
  };

  return {
    async sendSound(source) {
      const speech = await sayTone(room, TRESPASS_HZ, sources[source], closing);
      if (speech) running.push(speech);
      return speech ? "accepted" : "refused";
    },
    async sendPictures(source) {
      const camera = new rtc.VideoSource(PICTURE.width, PICTURE.height);
      const track = rtc.LocalVideoTrack.createVideoTrack("pictures", camera);
      const publication = await publish(room, track, sources[source], closing);
      if (!publication) {
        await track.close();
        return "refused";
      }
      const pixels = new Uint8Array(PICTURE.width * PICTURE.height * 4).fill(200);
      const filming = setInterval(() => {
        camera.captureFrame(
          new rtc.VideoFrame(pixels, PICTURE.width, PICTURE.height, rtc.VideoBufferType.RGBA),
        );
      }, PICTURE.everyMs);
      running.push({
        async stop() {
          clearInterval(filming);
          await publication.unpublish();
          await track.close();
        },
      });
      return "accepted";
    },
    async sendData(text) {
      await participant().publishData(Buffer.from(text), { reliable: true });
      await participant().sendText(text);
    },
    claimMetadata: (metadata) =>
      claim({
        case: "setLocalMetadata",
        value: { localParticipantHandle: participant().ffi_handle.handle, metadata },
      }),
    claimName: (name) =>
      claim({
        case: "setLocalName",
        value: { localParticipantHandle: participant().ffi_handle.handle, name },
      }),
    claimAttributes: (claimed) =>
      claim({
        case: "setLocalAttributes",
        value: {
          localParticipantHandle: participant().ffi_handle.handle,
          attributes: Object.entries(claimed).map(([key, value]) => ({ key, value })),
        },
      }),
    async end() {
      await Promise.all(running.splice(0).map((one) => one.stop()));
    },
  };
}
