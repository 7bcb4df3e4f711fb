import { z } from "zod";

/** One show, described by averages. */
export interface Scenario {
  /** The average number of simultaneous listeners. */
  readonly listeners: number;
  readonly minutes: number;
  readonly commentsPerSecond: number;
  /** Writes, each with the taps of up to five seconds. */
  readonly reactionsPerSecond: number;
  /** The same number leaves. */
  readonly joinsPerSecond: number;
  /** The share of time in which music plays and nobody speaks. */
  readonly musicShare: number;
}

/** A listener's activity, as the seconds between two actions of a kind. */
interface Habits {
  readonly commentEvery: number;
  readonly reactionEvery: number;
  readonly stay: number;
}

export const audienceKind = z.enum(["quiet", "lively", "wild"]);
export type AudienceKind = z.infer<typeof audienceKind>;

/** Assumed, not measured: no real shows exist yet. */
export const habitsOf: Readonly<Record<AudienceKind, Habits>> = {
  quiet: { commentEvery: 3_600, reactionEvery: 1_200, stay: 3_600 },
  lively: { commentEvery: 600, reactionEvery: 300, stay: 1_800 },
  wild: { commentEvery: 120, reactionEvery: 60, stay: 900 },
};

/** The highest rate that `bench:scale` measures. Nobody could read more comments than that. */
export const MAX_COMMENTS_PER_SECOND = 20;

/** The rules allow a person one comment per second and reactions every five seconds. */
export const REACTION_SECONDS = 5;

/** The hosts' skips, pauses and seeks during music. Assumed. */
export const PLAYBACK_STEPS_PER_MUSIC_HOUR = 6;

/** A show with this kind and size of audience. */
export function scenarioOf(
  kind: AudienceKind,
  listeners: number,
  { minutes = 60, musicShare = 0.5 }: Partial<Pick<Scenario, "minutes" | "musicShare">> = {},
): Scenario {
  const { commentEvery, reactionEvery, stay } = habitsOf[kind];
  return {
    listeners,
    minutes,
    commentsPerSecond: Math.min(listeners / commentEvery, MAX_COMMENTS_PER_SECOND),
    reactionsPerSecond: listeners / reactionEvery,
    joinsPerSecond: listeners / stay,
    musicShare,
  };
}

export function listenerHoursOf({ listeners, minutes }: Scenario): number {
  return (listeners * minutes) / 60;
}
