import type { Firestore } from "firebase-admin/firestore";
import type { Clock } from "../clock.js";
import { Refusal } from "../errors.js";
import type { Limiter } from "../ports/limiter.js";
import { allowanceRef, spend } from "./spend.js";

/**
 * Counts calls in a transaction of their own. In one instance those of the same subject take turns,
 * since their transactions could only fail each other. An instance that has refused remembers until
 * when, so that a flood costs no reads: another instance cannot make that moment earlier.
 */
export function limiter(firestore: Firestore, clock: Pick<Clock, "now">): Limiter {
  const turns = new Map<string, Promise<unknown>>();
  const refusedUntil = new Map<string, number>();

  function assertNotRefused(id: string): void {
    const remainingMs = (refusedUntil.get(id) ?? 0) - clock.now();
    if (remainingMs > 0) {
      throw new Refusal("RATE_LIMITED", { retryAfterSeconds: Math.ceil(remainingMs / 1_000) });
    }
  }

  function rememberRefusal(id: string, error: unknown): void {
    if (!(error instanceof Refusal) || error.details.retryAfterSeconds === undefined) return;
    const now = clock.now();
    for (const [other, until] of refusedUntil) if (until <= now) refusedUntil.delete(other);
    // From the next whole second on: what was said to the caller.
    refusedUntil.set(id, now + error.details.retryAfterSeconds * 1_000);
  }

  return async (limit, subject) => {
    const ref = allowanceRef(firestore, limit, subject);
    const turn = (turns.get(ref.id) ?? Promise.resolve()).then(async () => {
      assertNotRefused(ref.id);
      await firestore.runTransaction(async (transaction) => {
        spend(transaction, limit, await transaction.get(ref), clock.now());
      });
    });
    const settled = turn.catch((error: unknown) => {
      rememberRefusal(ref.id, error);
    });
    turns.set(ref.id, settled);
    try {
      await turn;
    } finally {
      await settled;
      if (turns.get(ref.id) === settled) turns.delete(ref.id);
    }
  };
}
