import type { Facts } from "../facts.js";

/** What must hold after every step; returns what violates it, in words. */
export type Invariant = (facts: Facts) => readonly string[];
