import type { Firestore } from "firebase-admin/firestore";

/** What Firestore bills. */
export interface FirestoreUse {
  reads: number;
  /** Deletions, too. */
  writes: number;
}

/** Firestore bills a count or sum as one read per 1,000 index entries. */
const ENTRIES_PER_READ = 1_000;

/**
 * Counts the use from now on: each document read, one for a query without results, aggregations by their index entries,
 * and each write that was committed. `use` names what to count it for, asked as each request begins. It measures where
 * requests enter the client library, in methods that are not public: if they have gone, it counts nothing. Returns a
 * function that ends the counting.
 */
export function countUse(firestore: Firestore, use: () => FirestoreUse | undefined): () => void {
  const requestStream: unknown = Reflect.get(firestore, "requestStream");
  const request: unknown = Reflect.get(firestore, "request");
  if (typeof requestStream !== "function" || typeof request !== "function") return () => undefined;

  Reflect.set(firestore, "requestStream", async (method: string, ...rest: unknown[]) => {
    const counted = use();
    const stream: unknown = await Reflect.apply(requestStream, firestore, [method, ...rest]);
    if (counted === undefined || !isStream(stream)) return stream;
    let seen = 0;
    stream.on("data", (answer) => {
      seen += readsIn(answer);
    });
    stream.once("end", () => {
      counted.reads += method === "runQuery" ? Math.max(seen, 1) : seen;
    });
    return stream;
  });
  Reflect.set(firestore, "request", async (method: string, body: unknown, ...rest: unknown[]) => {
    const counted = use();
    const answer: unknown = await Reflect.apply(request, firestore, [method, body, ...rest]);
    if (counted !== undefined) counted.writes += writesIn(body);
    return answer;
  });
  return () => {
    Reflect.set(firestore, "requestStream", requestStream);
    Reflect.set(firestore, "request", request);
  };
}

interface Answer {
  readonly document?: object | null;
  readonly found?: object | null;
  readonly missing?: string | null;
  readonly result?: {
    readonly aggregateFields?: Record<string, { integerValue?: number | string | null }>;
  } | null;
}

function readsIn({ document, found, missing, result }: Answer): number {
  if (document ?? found ?? missing) return 1;
  const totals = Object.values(result?.aggregateFields ?? {});
  const entries = Math.max(0, ...totals.map(({ integerValue }) => Number(integerValue ?? 0)));
  return result ? Math.max(1, Math.ceil(entries / ENTRIES_PER_READ)) : 0;
}

/** A commit, or a batch of a bulk writer. */
function writesIn(body: unknown): number {
  const isObject = typeof body === "object" && body !== null;
  return isObject && "writes" in body && Array.isArray(body.writes) ? body.writes.length : 0;
}

function isStream(stream: unknown): stream is {
  on(event: "data", listener: (answer: Answer) => void): void;
  once(event: "end", listener: () => void): void;
} {
  return typeof stream === "object" && stream !== null && "on" in stream && "once" in stream;
}
