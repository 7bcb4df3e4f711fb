import { z } from "zod";

/** One show, by its averages. */
export interface Scenario {
  /** Who is there at once, on average. */
  readonly listeners: number;
  readonly minutes: number;
  readonly commentsPerSecond: number;
  /** Writes, of which each carries the taps of up to five seconds. */
  readonly reactionsPerSecond: number;
  /** As many leave as join. */
  readonly joinsPerSecond: number;
  /** The share of the time in which music plays and nobody speaks. */
  readonly musicShare: number;
}

/** What one listener does, as the seconds between two of the same. */
interface Habits {
  readonly commentEvery: number;
  readonly reactionEvery: number;
  readonly stay: number;
}

export const audienceKind = z.enum(["quiet", "lively", "wild"]);
export type AudienceKind = z.infer<typeof audienceKind>;

/** Assumed, not measured: what shows look like is not known before there are some. */
export const habitsOf: Readonly<Record<AudienceKind, Habits>> = {
  quiet: { commentEvery: 3_600, reactionEvery: 1_200, stay: 3_600 },
  lively: { commentEvery: 600, reactionEvery: 300, stay: 1_800 },
  wild: { commentEvery: 120, reactionEvery: 60, stay: 900 },
};

/** The most that `bench:scale` measures; a crowd that writes more cannot be read either. */
export const MOST_COMMENTS_PER_SECOND = 20;

/** The rules let a person write a comment a second, and reactions every five. */
export const REACTION_SECONDS = 5;

/** How often hosts skip, pause or seek while music plays. Assumed. */
export const PLAYBACK_STEPS_PER_MUSIC_HOUR = 6;

/** A show with an audience of this kind and size. */
export function scenarioOf(
  kind: AudienceKind,
  listeners: number,
  { minutes = 60, musicShare = 0.5 }: Partial<Pick<Scenario, "minutes" | "musicShare">> = {},
): Scenario {
  const { commentEvery, reactionEvery, stay } = habitsOf[kind];
  return {
    listeners,
    minutes,
    commentsPerSecond: Math.min(listeners / commentEvery, MOST_COMMENTS_PER_SECOND),
    reactionsPerSecond: listeners / reactionEvery,
    joinsPerSecond: listeners / stay,
    musicShare,
  };
}

export function listenerHoursOf({ listeners, minutes }: Scenario): number {
  return (listeners * minutes) / 60;
}
