/** How many consecutive reports must agree before a correction: one report may be wrong. */
const LOOKS = 3;

/** `leads`: by how much the player was ahead in the reports that count from now on. */
export type DriftVerdict = { readonly leads: readonly number[] } & (
  | { readonly kind: "fine" }
  /** It may be off: check again soon. */
  | { readonly kind: "unclear" }
  | { readonly kind: "off"; readonly leadMs: number }
);

/**
 * Decides from reports whether a player is off. `leadMs` is how far the player is ahead now, `before` the leads that
 * the last verdict left. Differences within the tolerance are left alone: everyone hears a seek, and nobody hears a few
 * hundredths of a second.
 */
export function judgeDrift(
  before: readonly number[],
  leadMs: number,
  toleranceMs: number,
): DriftVerdict {
  if (Math.abs(leadMs) <= toleranceMs) return { kind: "fine", leads: [] };
  const sameWay = before.filter((lead) => Math.sign(lead) === Math.sign(leadMs));
  const leads = [...sameWay, leadMs].slice(-LOOKS);
  if (leads.length < LOOKS) return { kind: "unclear", leads };
  const [, middle = leadMs] = [...leads].sort((a, b) => a - b);
  return { kind: "off", leadMs: middle, leads };
}
