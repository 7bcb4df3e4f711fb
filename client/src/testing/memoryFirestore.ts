import type { Moment } from "../../../functions/src/contract/fields.js";
import { AmbientError } from "../errors/ambientError.js";
import type {
  DocumentFields,
  DocumentHandle,
  DocumentSnapshotHandle,
  FirestoreSdk,
  QueryHandle,
  QuerySnapshotHandle,
  TransactionHandle,
  Unsubscribe,
} from "../sdk/firebaseSdk.js";
import {
  limit,
  matching,
  MemoryConstraint,
  MemoryQuery,
  orderBy,
  startAfter,
  where,
  wholeCollection,
  type Entry,
} from "./memoryQuery.js";

/** How a device sees the documents. */
export interface MemoryDevice {
  /** Whether it may read the document or the collection at this path. */
  mayRead(path: string): boolean;
  /** The documents that it has while it has no network. */
  readonly cache?: ReadonlyMap<string, DocumentFields> | undefined;
}

interface Listener {
  readonly path: string;
  /** `isForced`: even if nothing changed. */
  readonly report: (isForced: boolean) => void;
}

/** Firestore's documents, listeners and transactions, in memory. It has no rules and never fails. */
export class MemoryFirestore {
  readonly #documents = new Map<string, DocumentFields>();
  readonly #listeners = new Set<Listener>();
  readonly #triggers: ((path: string) => void)[] = [];
  #ids = 0;
  #lastWriteAt = 0;

  get(path: string): DocumentFields | undefined {
    return this.#documents.get(path);
  }

  /** All documents directly in a collection, with their ids. */
  all(collection: string): readonly Entry[] {
    return entriesOf(this.#documents, collection);
  }

  /** All documents as they are now, by their paths. */
  copy(): ReadonlyMap<string, DocumentFields> {
    return new Map(this.#documents);
  }

  newId(): string {
    this.#ids += 1;
    return `id${String(this.#ids).padStart(4, "0")}`;
  }

  /** Calls `trigger` for each document of a write, as Cloud Functions would. */
  onWritten(trigger: (path: string) => void): void {
    this.#triggers.push(trigger);
  }

  /** Replaces documents, or deletes them with undefined, and then informs the listeners once. */
  write(changes: ReadonlyMap<string, DocumentFields | undefined>): void {
    // Two writes within a millisecond keep their order.
    this.#lastWriteAt = Math.max(Date.now(), this.#lastWriteAt + 1);
    const now = momentOf(this.#lastWriteAt);
    for (const [path, fields] of changes) {
      if (fields === undefined) this.#documents.delete(path);
      else this.#documents.set(path, stored(fields, now));
    }
    this.#inform(false);
    for (const path of changes.keys()) for (const trigger of this.#triggers) trigger(path);
  }

  async transaction<Result>(
    run: (transaction: TransactionHandle) => Promise<Result>,
    read: (reference: DocumentHandle) => Snapshot,
  ): Promise<Result> {
    const changes = new Map<string, DocumentFields | undefined>();
    const current = (path: string) => (changes.has(path) ? changes.get(path) : this.get(path));
    const result = await run({
      get: (reference) => Promise.resolve(read(reference)),
      set: ({ path }, fields, options) =>
        changes.set(path, { ...(options?.merge && current(path)), ...fields }),
      update: ({ path }, fields) => {
        const before = current(path);
        if (!before) throw new AmbientError("NOT_FOUND");
        return changes.set(path, { ...before, ...fields });
      },
      delete: ({ path }) => changes.set(path, undefined),
    });
    this.write(changes);
    return result;
  }

  /** Reports what `read` returns, now and whenever it changes, until `read` throws. */
  listen(
    path: string,
    read: () => Snapshot,
    next: (snapshot: Snapshot) => void,
    fail: (error: Error) => void,
  ): Unsubscribe {
    let before: Snapshot | undefined;
    const report = (isForced: boolean) => {
      if (!this.#listeners.has(listener)) return;
      let snapshot: Snapshot;
      try {
        snapshot = read();
      } catch (error) {
        stop();
        fail(error instanceof Error ? error : new Error(String(error)));
        return;
      }
      if (before && !isForced && isSame(before, snapshot)) return;
      const changes = changesBetween(before?.docs ?? [], snapshot.docs);
      before = snapshot;
      next({ ...snapshot, docChanges: () => changes });
    };
    const listener = { path, report };
    const stop = () => {
      this.#listeners.delete(listener);
    };
    this.#listeners.add(listener);
    // Firestore never calls back before `onSnapshot` has returned.
    queueMicrotask(() => {
      report(false);
    });
    return stop;
  }

  /** The paths that are listened to, one for each listener. */
  get listenedPaths(): readonly string[] {
    return [...this.#listeners].map(({ path }) => path);
  }

  /** All listeners report again, as after an answer of the server that changes nothing. */
  repeat(): void {
    this.#inform(true);
  }

  #inform(isForced: boolean): void {
    for (const { report } of [...this.#listeners]) report(isForced);
  }
}

/** The functions of `firebase/firestore` on a device. */
export function firestoreOn(memory: MemoryFirestore, device: MemoryDevice): FirestoreSdk {
  const requireAccess = (path: string) => {
    if (!device.cache && !device.mayRead(path)) throw new AmbientError("PERMISSION_DENIED");
  };
  const read = ({ path, id }: DocumentHandle) => {
    requireAccess(path);
    const fields = device.cache ? device.cache.get(path) : memory.get(path);
    return snapshotOf([id, fields], device.cache !== undefined);
  };
  const find = (query: MemoryQuery) => {
    const { collection } = query.plan;
    requireAccess(collection);
    const entries = device.cache ? entriesOf(device.cache, collection) : memory.all(collection);
    const fromCache = device.cache !== undefined;
    const docs = matching(query, entries).map((entry) => snapshotOf(entry, fromCache));
    return snapshotOf(["", undefined], fromCache, docs);
  };
  return {
    doc: (parent: object, path?: string) =>
      documentAt(path ?? `${queryOf(parent).plan.collection}/${memory.newId()}`),
    collection: (_firestore, path) => wholeCollection(path),
    query: (source, ...constraints) =>
      new MemoryQuery(
        constraints.reduce(
          (plan, each) => (each instanceof MemoryConstraint ? each.addTo(plan) : plan),
          queryOf(source).plan,
        ),
      ),
    where,
    orderBy,
    limit,
    startAfter,
    getDoc: async (reference) => Promise.resolve(read(reference)),
    getDocs: async (query) => Promise.resolve(find(queryOf(query))),
    onSnapshot: (
      target: DocumentHandle | QueryHandle,
      _options: object,
      next: (snapshot: Snapshot) => void,
      fail: (error: Error) => void,
    ) =>
      "path" in target
        ? memory.listen(target.path, () => read(target), next, fail)
        : memory.listen(queryOf(target).plan.collection, () => find(queryOf(target)), next, fail),
    setDoc: (reference, fields, options) =>
      memory.transaction((write) => {
        write.set(reference, fields, options);
        return Promise.resolve();
      }, read),
    runTransaction: (_firestore, run) => memory.transaction(run, read),
    serverTimestamp: () => SERVER_TIME,
    terminate: () => Promise.resolve(),
    clearIndexedDbPersistence: () => Promise.resolve(),
  };
}

const SERVER_TIME = Symbol("the time of the write");

/** Of a document or of a query. */
type Snapshot = DocumentSnapshotHandle &
  QuerySnapshotHandle & { readonly docs: readonly Snapshot[] };

function snapshotOf(
  [id, fields]: readonly [id: string, fields: DocumentFields | undefined],
  fromCache: boolean,
  docs: readonly Snapshot[] = [],
): Snapshot {
  return {
    id,
    metadata: { fromCache, hasPendingWrites: false },
    data: () => fields,
    docs,
    docChanges: () => changesBetween([], docs),
  };
}

/** The documents that are new, changed or gone. */
function changesBetween(
  before: readonly Snapshot[],
  after: readonly Snapshot[],
): readonly { readonly doc: Snapshot }[] {
  const known = new Map(before.map((doc) => [doc.id, doc.data()]));
  const ids = new Set(after.map(({ id }) => id));
  const changed = after.filter((doc) => known.get(doc.id) !== doc.data());
  return [...changed, ...before.filter(({ id }) => !ids.has(id))].map((doc) => ({ doc }));
}

function isSame(one: Snapshot, other: Snapshot): boolean {
  const [state, otherState] = [one, other].map(({ metadata, docs, ...snapshot }) =>
    JSON.stringify([metadata, snapshot.data(), docs.map((doc) => [doc.id, doc.data()])]),
  );
  return state === otherState;
}

function entriesOf(
  documents: ReadonlyMap<string, DocumentFields>,
  collection: string,
): readonly Entry[] {
  return [...documents].flatMap(([path, fields]) => {
    const { id } = documentAt(path);
    return path === `${collection}/${id}` ? [[id, fields] as const] : [];
  });
}

function documentAt(path: string): DocumentHandle {
  return { path, id: path.slice(path.lastIndexOf("/") + 1) };
}

function queryOf(handle: object): MemoryQuery {
  if (handle instanceof MemoryQuery) return handle;
  throw new Error("the query belongs to another Firestore");
}

/** Like Firestore's `Timestamp`. */
export function momentOf(ms: number): Moment {
  return { seconds: Math.floor(ms / 1_000), nanoseconds: (ms % 1_000) * 1e6, toMillis: () => ms };
}

/** A copy as Firestore stores it: with the time of the write, and dates as timestamps. */
function stored(fields: DocumentFields, now: Moment): DocumentFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      if (value === SERVER_TIME) return [name, now];
      return [name, value instanceof Date ? momentOf(value.getTime()) : value];
    }),
  );
}
