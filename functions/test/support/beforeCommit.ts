import type { Firestore, Transaction } from "firebase-admin/firestore";

/**
 * Wraps a database so that `happens` runs once, after the first transaction or batch has been decided
 * on but before it commits.
 */
export function beforeCommit(firestore: Firestore, happens: () => Promise<unknown>): Firestore {
  let happened = false;
  const batch = () => {
    const made = firestore.batch();
    const commit = made.commit.bind(made);
    made.commit = async () => {
      if (!happened) {
        happened = true;
        await happens();
      }
      return commit();
    };
    return made;
  };
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
      if (property === "batch") return batch;
      const found: unknown = Reflect.get(target, property);
      const bound: unknown = typeof found === "function" ? found.bind(target) : found;
      return bound;
    },
  });
}
