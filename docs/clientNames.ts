/**
 * What an app imports from `@ambient/client` or, with React Native Firebase, from `@ambient/client/core`; `connectAudio`
 * and its types from `@ambient/client/audio`.
 *
 * @packageDocumentation
 */
export * from "../client/src/index.js";
export * from "../client/src/audio.js";
