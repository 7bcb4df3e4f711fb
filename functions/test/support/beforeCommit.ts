import type { Firestore, Transaction } from "firebase-admin/firestore";

/**
 * Wraps a database so that `happens` runs once, after the first transaction has read and decided
 * but before it commits.
 */
export function beforeCommit(firestore: Firestore, happens: () => Promise<unknown>): Firestore {
  let happened = false;
  const runTransaction = (update: (transaction: Transaction) => Promise<unknown>) =>
    firestore.runTransaction(async (transaction) => {
      const result = await update(transaction);
      if (!happened) {
        happened = true;
        await happens();
      }
      return result;
    });
  return new Proxy(firestore, {
    get(target, property) {
      if (property === "runTransaction") return runTransaction;
      const found: unknown = Reflect.get(target, property);
      const bound: unknown = typeof found === "function" ? found.bind(target) : found;
      return bound;
    },
  });
}
