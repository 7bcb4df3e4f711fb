import type { DocumentReference, Firestore } from "firebase-admin/firestore";
import type { Clock } from "../clock.js";
import type { LimitDocument, LimitName } from "../contract/limits.js";
import { Refusal } from "../errors.js";
import type { Limiter } from "../ports/limiter.js";
import { allowanceRef, spendUpTo } from "./spend.js";

/** A call that waits to be counted. */
type Call = PromiseWithResolvers<undefined>;

/**
 * Counts calls in transactions of their own. In one instance those of the same subject take turns, since their
 * transactions would make each other fail. Calls that arrive during one are counted by the next, however many they are. An
 * instance that has refused remembers until when, so that a flood costs no reads: another instance cannot make
 * that moment earlier.
 */
export function limiter(firestore: Firestore, clock: Pick<Clock, "now">): Limiter {
  /** By the allowance's id, while a transaction of it runs: whom the next one counts. */
  const waiting = new Map<string, Call[]>();
  const refusedUntil = new Map<string, number>();

  function rememberRefusal(id: string, retryAfterSeconds: number): void {
    const now = clock.now();
    for (const [other, until] of refusedUntil) if (until <= now) refusedUntil.delete(other);
    // Rounded up to whole seconds, as in the caller's answer.
    refusedUntil.set(id, now + retryAfterSeconds * 1_000);
  }

  /** How many of the calls are granted, and when the others may come again. */
  async function countTogether(
    limit: LimitName,
    ref: DocumentReference<LimitDocument>,
    calls: number,
  ): Promise<{ granted: number; retryAfterSeconds: number }> {
    const remainingMs = (refusedUntil.get(ref.id) ?? 0) - clock.now();
    if (remainingMs > 0) return { granted: 0, retryAfterSeconds: Math.ceil(remainingMs / 1_000) };
    const counted = await firestore.runTransaction(async (transaction) =>
      spendUpTo(transaction, limit, await transaction.get(ref), clock.now(), calls),
    );
    if (counted.granted < calls) rememberRefusal(ref.id, counted.retryAfterSeconds);
    return counted;
  }

  async function takeTurns(
    limit: LimitName,
    ref: DocumentReference<LimitDocument>,
    first: Call,
  ): Promise<void> {
    let calls = [first];
    while (calls.length > 0) {
      const next: Call[] = [];
      waiting.set(ref.id, next);
      try {
        const { granted, retryAfterSeconds } = await countTogether(limit, ref, calls.length);
        for (const call of calls.slice(0, granted)) call.resolve(undefined);
        for (const call of calls.slice(granted)) {
          call.reject(new Refusal("RATE_LIMITED", { retryAfterSeconds }));
        }
      } catch (error) {
        for (const call of calls) call.reject(error);
      }
      calls = next;
    }
    waiting.delete(ref.id);
  }

  return async (limit, subject) => {
    const ref = allowanceRef(firestore, limit, subject);
    const call: Call = Promise.withResolvers();
    const next = waiting.get(ref.id);
    if (next) next.push(call);
    else void takeTurns(limit, ref, call);
    await call.promise;
  };
}
