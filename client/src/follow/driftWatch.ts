/** How many consecutive reports must agree before a correction: one report may be wrong. */
const LOOKS = 3;

export type DriftVerdict =
  | { readonly kind: "fine" }
  /** It may be off: check again soon. */
  | { readonly kind: "unclear" }
  | { readonly kind: "off"; readonly leadMs: number };

/**
 * Decides from reports whether a player is off. Differences within the tolerance are left alone: everyone hears a
 * seek, and nobody hears a few hundredths of a second.
 */
export class DriftWatch {
  #leads: number[] = [];

  /** After a command, earlier reports no longer count. */
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
