/**
 * A show's voices, through LiveKit. A separate entry point, because bundlers such as Metro include every module named
 * in an `import()`: an app without audio must not need `livekit-client`.
 *
 * @packageDocumentation
 */
export { connectAudio } from "./audio/connectAudio.js";
export type { Microphone } from "./audio/ownMicrophone.js";
export type { AudioConnection, ShowAudio } from "./audio/showAudio.js";
export type { MicrophoneDevice } from "./audio/microphones.js";
export type { Voice } from "./audio/voiceRoom.js";
