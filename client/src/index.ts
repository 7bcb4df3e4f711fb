/**
 * Ambient over the Firebase JS SDK: `createAmbient`, and all of `@ambient/client/core`.
 *
 * @packageDocumentation
 */
export { createAmbient, type AmbientOptions } from "./createAmbient.js";
export { firebaseJs } from "./sdk/firebaseJs.js";
export * from "./core.js";
