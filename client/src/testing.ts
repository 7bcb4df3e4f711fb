/**
 * Ambient in memory, for the tests of an app's screens.
 *
 * @packageDocumentation
 */
export { FakeWorld, type FakeAnswer } from "./testing/fakeWorld.js";
