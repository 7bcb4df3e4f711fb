import type { Firestore, Transaction } from "firebase-admin/firestore";

/** Wraps a database so that a test knows how many of its transactions are open. */
export function watchTransactions(firestore: Firestore): {
  readonly watched: Firestore;
  readonly open: () => number;
} {
  let open = 0;
  const runTransaction = (update: (transaction: Transaction) => Promise<unknown>) =>
    firestore.runTransaction(async (transaction) => {
      open += 1;
      try {
        return await update(transaction);
      } finally {
        open -= 1;
      }
    });
  const watched = new Proxy(firestore, {
    get(target, property) {
      if (property === "runTransaction") return runTransaction;
      const found: unknown = Reflect.get(target, property);
      const bound: unknown = typeof found === "function" ? found.bind(target) : found;
      return bound;
    },
  });
  return { watched, open: () => open };
}
