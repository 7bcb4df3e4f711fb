import { type Firestore, GrpcStatus } from "firebase-admin/firestore";

/**
 * Makes the `nth` request to Firestore from now on fail, before it reaches the server and so that the SDK does not repeat
 * it. `stop` says whether there were so many.
 */
export function failRequest(firestore: Firestore, nth: number): { stop(): boolean } {
  let requests = 0;
  const restore = ["request", "requestStream"].map((method) => {
    const original: unknown = Reflect.get(firestore, method);
    if (typeof original !== "function") throw new Error(`Firestore has no ${method}`);
    Reflect.set(firestore, method, (...args: unknown[]): unknown => {
      requests += 1;
      const answer: unknown =
        requests === nth ? failed() : Reflect.apply(original, firestore, args);
      return answer;
    });
    return () => Reflect.set(firestore, method, original);
  });
  return {
    stop() {
      for (const undo of restore) undo();
      return requests >= nth;
    },
  };
}

function failed(): Promise<never> {
  const error = new Error("injected by a test");
  return Promise.reject(Object.assign(error, { code: GrpcStatus.PERMISSION_DENIED }));
}
