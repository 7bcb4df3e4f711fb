/** The latest results are kept, so that a view that closes and opens again finds them. */
const MAX_KEPT = 100;

/**
 * Returns the same result for the same arguments as long as it is referenced; the latest 100 are kept longer. A list of
 * 150 people follows 150 profiles: forgetting one in use would make its row subscribe again with each render.
 */
export function memo<Args extends readonly unknown[], Result extends object>(
  create: (...args: Args) => Result,
): (...args: Args) => Result {
  const latest = new Map<string, Result>();
  const older = new Map<string, WeakRef<Result>>();
  let pruneAt = MAX_KEPT;
  const prune = () => {
    for (const [key, reference] of older) if (!reference.deref()) older.delete(key);
    pruneAt = older.size + MAX_KEPT;
  };
  return (...args) => {
    const key = JSON.stringify(args);
    const result = latest.get(key) ?? older.get(key)?.deref() ?? create(...args);
    // The latest is last.
    latest.delete(key);
    latest.set(key, result);
    older.delete(key);
    const [oldest] = latest;
    if (latest.size > MAX_KEPT && oldest) {
      latest.delete(oldest[0]);
      older.set(oldest[0], new WeakRef(oldest[1]));
      if (older.size > pruneAt) prune();
    }
    return result;
  };
}
