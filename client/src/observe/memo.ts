/** More than one screen asks for. What an app still holds works on after it was forgotten here. */
const MAX_KEPT = 100;

/** Returns the same result for the same arguments, the latest 100 of them. */
export function memo<Args extends readonly unknown[], Result extends object>(
  create: (...args: Args) => Result,
): (...args: Args) => Result {
  const kept = new Map<string, Result>();
  return (...args) => {
    const key = JSON.stringify(args);
    const result = kept.get(key) ?? create(...args);
    // The latest is last.
    kept.delete(key);
    kept.set(key, result);
    const [oldest] = kept.keys();
    if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest);
    return result;
  };
}
