import type { Exception } from "./subjects.js";

/** Where the rules and the contract differ on purpose. One that no write uses fails the test. */
export const exceptions: readonly Exception[] = [];
