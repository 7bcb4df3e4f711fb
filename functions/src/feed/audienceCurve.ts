import type { FeedDocument } from "../contract/feed.js";
import { type AudiencePoint, MAX_CURVE_POINTS } from "../contract/shows.js";

const MINUTE_MS = 60_000;

type Counted = Pick<FeedDocument, "audience" | "listenerMs">;

/**
 * The feed's `listenerMs` up to `until`, in ms since the epoch. A join or leave has the audience counted within an
 * interval, so between two counts the last number applies.
 */
export function listenerMsUntil({ audience, listenerMs }: Counted, until: number): number {
  const elapsedMs = Math.max(0, until - audience.countedAt.toMillis());
  return listenerMs + audience.listeners * elapsedMs;
}

/**
 * The point of the curve that is final now that the audience was counted again at `now`: the last count of an earlier minute.
 * Null if the minute is the same. So a curve takes one write a minute at most, however many people come and go, and none in
 * minutes without a count.
 */
export function finalPoint(
  { audience }: Pick<FeedDocument, "audience">,
  startedAt: number,
  now: number,
): AudiencePoint | null {
  const minute = minuteOf(audience.countedAt.toMillis(), startedAt);
  if (minute === minuteOf(now, startedAt)) return null;
  return { minute, listeners: audience.listeners };
}

/** The whole curve at a show's end: the points that were kept, the last count of the feed, and the count at the end. */
export function curveOf(
  kept: Readonly<Record<string, number>>,
  { audience }: Pick<FeedDocument, "audience">,
  end: { readonly listeners: number; readonly at: number },
  startedAt: number,
): AudiencePoint[] {
  const points = new Map(
    Object.entries(kept).map(([minute, listeners]) => [Number(minute), listeners]),
  );
  points.set(minuteOf(audience.countedAt.toMillis(), startedAt), audience.listeners);
  points.set(minuteOf(end.at, startedAt), end.listeners);
  return thinned(
    [...points]
      .map(([minute, listeners]) => ({ minute, listeners }))
      .sort((a, b) => a.minute - b.minute),
  );
}

/** Of several minutes the largest number, so that the curve of a long show still has its peaks. */
function thinned(points: readonly AudiencePoint[]): AudiencePoint[] {
  const minutes = (points.at(-1)?.minute ?? 0) + 1;
  const width = Math.ceil(minutes / MAX_CURVE_POINTS);
  const thin = new Map<number, AudiencePoint>();
  for (const { minute, listeners } of points) {
    const slot = Math.floor(minute / width);
    const before = thin.get(slot);
    thin.set(slot, {
      minute: slot * width,
      listeners: Math.max(before?.listeners ?? 0, listeners),
    });
  }
  return [...thin.values()];
}

function minuteOf(at: number, startedAt: number): number {
  return Math.max(0, Math.floor((at - startedAt) / MINUTE_MS));
}
