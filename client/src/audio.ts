/**
 * A show's voices, through LiveKit. An entry of its own, because bundlers such as Metro include what any `import()`
 * names: an app without audio must not need `livekit-client`.
 *
 * @packageDocumentation
 */
export {
  connectAudio,
  type AudioConnection,
  type Microphone,
  type ShowAudio,
} from "./audio/showAudio.js";
export type { MicrophoneDevice } from "./audio/microphones.js";
export type { Voice } from "./audio/voiceRoom.js";
