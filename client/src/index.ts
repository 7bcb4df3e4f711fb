/**
 * Ambient over the Firebase JS SDK: `createAmbient` and everything in `@ambient/client/core`.
 *
 * @packageDocumentation
 */
export { createAmbient, type AmbientOptions } from "./createAmbient.js";
export { firebaseJs } from "./sdk/firebaseJs.js";
export * from "./core.js";
