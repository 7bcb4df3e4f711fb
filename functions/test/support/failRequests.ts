import { type Firestore, GrpcStatus } from "firebase-admin/firestore";

/**
 * Makes requests to Firestore fail before they reach the server, so that the SDK does not repeat them. `fails` decides by
 * the number of the request from now on, the first being 1, and by its method. `stop` resolves with how many there were.
 */
export function failRequests(
  firestore: Firestore,
  fails: (request: number, method: string) => boolean,
): { stop(): number } {
  let requests = 0;
  const restore = ["request", "requestStream"].map((method) => {
    const original: unknown = Reflect.get(firestore, method);
    if (typeof original !== "function") throw new Error(`Firestore has no ${method}`);
    Reflect.set(firestore, method, (...args: unknown[]): unknown => {
      requests += 1;
      const answer: unknown = fails(requests, String(args[0]))
        ? failed()
        : Reflect.apply(original, firestore, args);
      return answer;
    });
    return () => Reflect.set(firestore, method, original);
  });
  return {
    stop() {
      for (const undo of restore) undo();
      return requests;
    },
  };
}

function failed(): Promise<never> {
  const error = new Error("injected by a test");
  return Promise.reject(Object.assign(error, { code: GrpcStatus.PERMISSION_DENIED }));
}
