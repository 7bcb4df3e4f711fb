import { doc, onSnapshot } from "firebase/firestore";
import type { z } from "zod";
import type { Source } from "../../client/src/observe/source.js";
import type { App } from "./app.js";

/** Records every snapshot that a listener receives. */
export interface Listening<Value> {
  readonly snapshots: readonly Value[];
  /** The error that ended the listener, if any. */
  readonly error: Error | undefined;
  /** Resolves with the first matching snapshot, or the first after the initial `skipping` ones. */
  first(matches: (value: Value) => boolean, skipping?: number): Promise<Value>;
  failed(): Promise<Error>;
  stop(): void;
}

const PATIENCE_MS = 25_000;

function listening<Value>(
  subscribe: (next: (value: Value) => void, fail: (error: Error) => void) => () => void,
): Listening<Value> {
  const snapshots: Value[] = [];
  let error: Error | undefined;
  let changed = Promise.withResolvers<undefined>();
  const wake = () => {
    changed.resolve(undefined);
    changed = Promise.withResolvers();
  };
  const stop = subscribe(
    (value) => {
      snapshots.push(value);
      wake();
    },
    (failure) => {
      error = failure;
      wake();
    },
  );
  const until = async <Found>(look: () => Found | undefined): Promise<Found> => {
    const patience = new AbortController();
    const timer = setTimeout(() => {
      patience.abort();
      wake();
    }, PATIENCE_MS);
    try {
      for (;;) {
        const found = look();
        if (found !== undefined) return found;
        if (patience.signal.aborted) {
          throw new Error(`not seen; last: ${JSON.stringify(snapshots.at(-1))} ${String(error)}`);
        }
        await changed.promise;
      }
    } finally {
      clearTimeout(timer);
    }
  };
  return {
    snapshots,
    get error() {
      return error;
    },
    async first(matches, skipping = 0) {
      const found = await until(() => {
        const [match] = snapshots
          .slice(skipping)
          .filter(matches)
          .map((value) => ({ value }));
        if (!match && error) throw error;
        return match;
      });
      return found.value;
    },
    failed: () => until(() => error),
    stop,
  };
}

/** Listens to a document and parses it with its schema; undefined while it does not exist. */
export const listenTo = <Schema extends z.ZodType>(
  app: App,
  path: string,
  schema: Schema,
): Listening<z.output<Schema> | undefined> =>
  listening((next, fail) =>
    onSnapshot(
      doc(app.db, path),
      (snapshot) => {
        // The client's own write appears before the server has set its timestamps.
        const data = snapshot.data({ serverTimestamps: "estimate" });
        next(data === undefined ? undefined : schema.parse(data));
      },
      fail,
    ),
  );

/** The same for a source of the client package. */
export const watch = <Value>(source: Source<Value>): Listening<Value> =>
  listening((next, fail) => source.subscribe(next, fail));
