import type { Firestore } from "firebase-admin/firestore";

/** Firestore bills a count or sum as one read per 1,000 index entries. */
const ENTRIES_PER_READ = 1_000;

/**
 * Counts the reads that Firestore would bill from now on: each document, one for a query without
 * results, and aggregations by their index entries. It measures where answers enter the client
 * library.
 */
export function countReads(firestore: Firestore): { stop(): number } {
  let reads = 0;
  const requestStream: unknown = Reflect.get(firestore, "requestStream");
  if (typeof requestStream !== "function") throw new Error("Firestore has no requestStream");
  Reflect.set(firestore, "requestStream", async (method: string, ...rest: unknown[]) => {
    const stream: unknown = await Reflect.apply(requestStream, firestore, [method, ...rest]);
    if (!isStream(stream)) throw new Error("requestStream no longer resolves to a stream");
    let seen = 0;
    stream.on("data", (answer) => {
      seen += readsIn(answer);
    });
    stream.once("end", () => {
      reads += method === "runQuery" ? Math.max(seen, 1) : seen;
    });
    return stream;
  });
  return {
    stop() {
      Reflect.set(firestore, "requestStream", requestStream);
      return reads;
    },
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

function isStream(stream: unknown): stream is {
  on(event: "data", listener: (answer: Answer) => void): void;
  once(event: "end", listener: () => void): void;
} {
  return typeof stream === "object" && stream !== null && "on" in stream && "once" in stream;
}
