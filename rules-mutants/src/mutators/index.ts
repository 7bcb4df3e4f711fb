import { alwaysAllow } from "./alwaysAllow.js";
import { dropConjunct } from "./dropConjunct.js";
import { dropName } from "./dropName.js";
import type { Mutator } from "./mutator.js";
import { negate } from "./negate.js";
import { shiftBound } from "./shiftBound.js";
import { swapEquality } from "./swapEquality.js";
import { swapGetAfter } from "./swapGetAfter.js";
import { swapLogic } from "./swapLogic.js";
import { widenVerbs } from "./widenVerbs.js";

/** Every kind of mutant. */
export const mutators = {
  "always allow": alwaysAllow,
  "widen verbs": widenVerbs,
  "drop conjunct": dropConjunct,
  "drop name": dropName,
  negate,
  "swap logic": swapLogic,
  "swap equality": swapEquality,
  "shift bound": shiftBound,
  "swap getAfter": swapGetAfter,
} as const satisfies Readonly<Record<string, Mutator>>;

export type MutantKind = keyof typeof mutators;
