import type { Firestore } from "firebase-admin/firestore";

/** The Firestore requests of a piece of work. */
export interface RoundTrips {
  /** The longest chain of requests that waited for each other. Simultaneous requests count once. */
  sequential: number;
  /** All requests in the order in which they were sent. */
  requests: string[];
  /** How often a transaction was retried because of a conflict. */
  retries: number;
}

/**
 * Counts requests where they leave the client library. Nothing is timed, so the numbers are the
 * same on every machine. `listen` streams are not counted, because nothing waits for them.
 */
export function countRoundTrips(firestore: Firestore): {
  during(work: () => Promise<unknown>): Promise<RoundTrips>;
} {
  let counted = nothing();
  let answeredDepth = 0;

  const begin = (method: string) => {
    if (method === "listen") return () => undefined;
    const depth = answeredDepth + 1;
    counted.requests.push(method);
    counted.sequential = Math.max(counted.sequential, depth);
    return () => {
      answeredDepth = Math.max(answeredDepth, depth);
    };
  };

  intercept(firestore, "request", (send, method, ...rest) => {
    const answered = begin(String(method));
    return Promise.resolve(send(method, ...rest)).finally(answered);
  });
  intercept(firestore, "requestStream", async (send, method, ...rest) => {
    const answered = begin(String(method));
    const stream: unknown = await send(method, ...rest);
    if (!isStream(stream)) throw new Error("requestStream no longer resolves to a stream");
    for (const event of ["end", "error", "close"]) stream.once(event, answered);
    return stream;
  });
  intercept(firestore, "runTransaction", (run, update, ...rest) => {
    let attempts = 0;
    const attempt = (...transaction: unknown[]): unknown => {
      attempts += 1;
      if (attempts > 1) counted.retries += 1;
      return typeof update === "function" ? Reflect.apply(update, undefined, transaction) : update;
    };
    return run(attempt, ...rest);
  });

  return {
    async during(work) {
      counted = nothing();
      answeredDepth = 0;
      await work();
      const during = counted;
      counted = nothing();
      return during;
    },
  };
}

const nothing = (): RoundTrips => ({ sequential: 0, requests: [], retries: 0 });

/** `request` and `requestStream` are the library's own extension points, missing from its types. */
function intercept(
  firestore: Firestore,
  method: string,
  replacement: (original: (...args: unknown[]) => unknown, ...args: unknown[]) => unknown,
): void {
  const original: unknown = Reflect.get(firestore, method);
  if (typeof original !== "function") throw new Error(`Firestore no longer has ${method}`);
  Reflect.set(firestore, method, (...args: unknown[]) =>
    replacement((...passed): unknown => Reflect.apply(original, firestore, passed), ...args),
  );
}

function isStream(value: unknown): value is { once(event: string, listener: () => void): void } {
  return (
    typeof value === "object" &&
    value !== null &&
    "once" in value &&
    typeof value.once === "function"
  );
}
