import { z } from "zod";
import { timestamp } from "./fields.js";

/** The reactions that a listener can tap. */
export const reactionKind = z.enum(["clap", "heart", "fire", "laugh", "wow"]);
export type ReactionKind = z.infer<typeof reactionKind>;

const count = z.int().nonnegative().default(0).meta({ data: "reaction" });

/** How often each reaction was tapped. */
export const reactionTotals = z.object({
  clap: count,
  heart: count,
  fire: count,
  laugh: count,
  wow: count,
});
export type ReactionTotals = z.infer<typeof reactionTotals>;

export const noReactions: ReactionTotals = { clap: 0, heart: 0, fire: 0, laugh: 0, wow: 0 };

/** The shortest time between two writes of one person that the rules accept, in ms. */
export const REACTION_INTERVAL_MS = 5_000;

/** The rules accept at most this many taps in one write. */
export const MAX_REACTIONS_PER_WRITE = 50;

/**
 * `shows/{showId}/reactions/{uid}`: what one person has tapped in this show so far. The owner writes the
 * running totals, so that a write that arrives twice counts once.
 */
export const reactionDocument = reactionTotals.extend({
  at: timestamp.meta({ data: "reaction" }),
});
export type ReactionDocument = z.infer<typeof reactionDocument>;
