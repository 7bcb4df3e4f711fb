import type { ShowSummary } from "@ambient/client";

type Points = NonNullable<ShowSummary["audience"]>;

/** A span of a show, in ms since its start, and how many people make it one to remember. */
export interface Moment {
  readonly kind: "fullest" | "rise";
  readonly fromMs: number;
  readonly untilMs: number;
  readonly people: number;
}

/**
 * When the most people were tuned in, and when their number rose most, as far as the points of the curve show. The peak may
 * lie between two points. The server keeps no times of comments and reactions after a show, so there are no moments of those.
 */
export function momentsOf(
  audience: Points,
  { durationMs, peak }: Pick<ShowSummary, "durationMs" | "peak">,
): readonly Moment[] {
  const points = audience.map(({ minute, listeners }, index) => ({
    fromMs: minute * 60_000,
    // In a long show, a point stands for several minutes.
    untilMs: Math.min((audience[index + 1]?.minute ?? Infinity) * 60_000, durationMs),
    listeners,
    rise: listeners - (audience[index - 1]?.listeners ?? listeners),
  }));
  const [fullest] = points.toSorted((one, other) => other.listeners - one.listeners);
  if (!fullest || fullest.listeners === 0) return [];
  const [steepest] = points.toSorted((one, other) => other.rise - one.rise);
  const { fromMs, untilMs } = fullest;
  const moments: Moment[] = [{ kind: "fullest", fromMs, untilMs, people: peak }];
  if (steepest && steepest.rise > 0 && steepest !== fullest) {
    moments.push({
      kind: "rise",
      fromMs: steepest.fromMs,
      untilMs: steepest.untilMs,
      people: steepest.rise,
    });
  }
  return moments.toSorted((one, other) => one.fromMs - other.fromMs);
}
