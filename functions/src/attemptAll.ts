/** Each may hold a transaction open, and Firestore answers a crowd of them more slowly than a few. */
const AT_ONCE = 20;

/**
 * Does `work` for every item, `atOnce` at a time. A failure does not stop the others: at the end, all failures are
 * thrown as one error, with `message`.
 */
export async function attemptAll<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<unknown>,
  { atOnce = AT_ONCE, message = "some items failed" } = {},
): Promise<void> {
  const failures: unknown[] = [];
  // The workers share one iterator, so each item is taken once.
  const remaining = items.values();
  const worker = async () => {
    for (const item of remaining) {
      try {
        await work(item);
      } catch (error) {
        failures.push(...causesOf(error));
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  if (failures.length > 0) throw new AggregateError(failures, `${message} (${failures.length})`);
}

/** Does the same for steps of different kinds, one after another. */
export function attemptInTurn(
  steps: readonly (() => Promise<unknown>)[],
  message?: string,
): Promise<void> {
  return attemptAll(steps, (step) => step(), { atOnce: 1, ...(message && { message }) });
}

/** Flat, because a log prints errors within errors without their stacks. */
export function causesOf(error: unknown): readonly unknown[] {
  if (!(error instanceof AggregateError)) return [error];
  const causes: readonly unknown[] = error.errors;
  return causes.flatMap(causesOf);
}
