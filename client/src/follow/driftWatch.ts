/** Looks in a row that must say the same before anything is done: one report may be wrong. */
const LOOKS = 3;

export type DriftVerdict =
  | { readonly kind: "fine" }
  /** It seems off: look again soon. */
  | { readonly kind: "unclear" }
  | { readonly kind: "off"; readonly leadMs: number };

/**
 * Judges how far a player is off from looks at it. What is within the tolerance is left alone: a seek is
 * heard by everybody, a few hundredths of a second by nobody.
 */
export class DriftWatch {
  #leads: number[] = [];

  /** A command was given: what was seen before is of no use. */
  reset(): void {
    this.#leads = [];
  }

  /** `leadMs`: how far the player is ahead. */
  look(leadMs: number, toleranceMs: number): DriftVerdict {
    const isOff = Math.abs(leadMs) > toleranceMs;
    if (!isOff) {
      this.#leads = [];
      return { kind: "fine" };
    }
    const sameWay = this.#leads.filter((lead) => Math.sign(lead) === Math.sign(leadMs));
    this.#leads = [...sameWay, leadMs].slice(-LOOKS);
    if (this.#leads.length < LOOKS) return { kind: "unclear" };
    const [, middle = leadMs] = [...this.#leads].sort((a, b) => a - b);
    return { kind: "off", leadMs: middle };
  }
}
