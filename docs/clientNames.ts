/**
 * What an app imports from `@ambient/client` or, with React Native Firebase, from `@ambient/client/core`; `connectAudio`
 * and its types from `@ambient/client/audio`; `FakeWorld` from `@ambient/client/testing`.
 *
 * @packageDocumentation
 */
export * from "../client/src/index.js";
export * from "../client/src/audio.js";
export * from "../client/src/testing.js";
