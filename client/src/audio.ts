/**
 * A show's voices, through LiveKit. A separate entry point, because bundlers such as Metro include every module named
 * in an `import()`: an app without audio must not need `livekit-client`.
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
