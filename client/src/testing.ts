/**
 * Ambient in memory, for the tests of an app's screens.
 *
 * @packageDocumentation
 */
export type { FakeAnswer } from "./testing/evening.js";
export { FakeWorld } from "./testing/fakeWorld.js";
