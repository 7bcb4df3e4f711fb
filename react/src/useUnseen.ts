import { useEffect, useState } from "react";

/**
 * Counts what arrived while nobody looked, for a badge: pass when each item was created, in milliseconds, and whether its
 * view is shown. What is there at first counts as seen.
 *
 * @example
 * ```ts
 * const { latest } = useComments(show);
 * const times = latest.value?.map(({ createdAt }) => createdAt.toMillis());
 * const unread = useUnseen(times, document.hasFocus());
 * ```
 */
export function useUnseen(times: readonly number[] | undefined, isLooking: boolean): number {
  const [seen, setSeen] = useState<number>();
  const newest = times && Math.max(0, ...times);
  useEffect(() => {
    if (newest === undefined) return;
    setSeen((before) =>
      before === undefined || isLooking ? Math.max(newest, before ?? 0) : before,
    );
  }, [newest, isLooking]);
  if (isLooking || seen === undefined || !times) return 0;
  return times.filter((time) => time > seen).length;
}
