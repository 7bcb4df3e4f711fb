import type { Moment } from "../../../functions/src/contract/fields.js";
import { AmbientError } from "../errors/ambientError.js";
import { field } from "../json.js";
import type {
  DocumentFields,
  DocumentHandle,
  DocumentSnapshotHandle,
  FirestoreHandle,
  FirestoreSdk,
  QueryConstraintHandle,
  QueryHandle,
  QuerySnapshotHandle,
  TransactionHandle,
  Unsubscribe,
} from "../sdk/firebaseSdk.js";

type Compare = (a: unknown, b: unknown) => number;

/** A query: which documents of a collection, in which order, and how many. */
interface Plan {
  readonly collection: string;
  readonly matches: readonly ((id: string, fields: DocumentFields) => boolean)[];
  readonly order: readonly (readonly [path: string, sign: 1 | -1])[];
  readonly after: readonly unknown[] | undefined;
  readonly limit: number;
}

const SERVER_TIME = Symbol("the time of the write");

/** A document's or a query's snapshot. The memory is always up to date with itself. */
class Snapshot implements DocumentSnapshotHandle, QuerySnapshotHandle {
  readonly metadata = { fromCache: false, hasPendingWrites: false };
  readonly id: string;
  readonly docs: readonly Snapshot[];
  readonly #fields: DocumentFields | undefined;

  constructor(id: string, fields: DocumentFields | undefined, docs: readonly Snapshot[] = []) {
    this.id = id;
    this.#fields = fields;
    this.docs = docs;
  }

  data(): DocumentFields | undefined {
    return this.#fields;
  }

  docChanges(): readonly { readonly doc: Snapshot }[] {
    return this.docs.map((doc) => ({ doc }));
  }
}

/** Firestore's documents, queries, listeners and transactions, in memory. It has no rules and never fails. */
export class MemoryFirestore {
  readonly #documents = new Map<string, DocumentFields>();
  readonly #plans = new WeakMap<QueryHandle, Plan>();
  readonly #steps = new WeakMap<QueryConstraintHandle, (plan: Plan) => Plan>();
  readonly #listeners = new Set<() => void>();
  readonly #onWritten: (path: string) => void;
  #ids = 0;
  #lastWriteAt = 0;

  /** `onWritten` is called for each document of a write, as a trigger would be. */
  constructor(onWritten: (path: string) => void) {
    this.#onWritten = onWritten;
  }

  get(path: string): DocumentFields | undefined {
    return this.#documents.get(path);
  }

  /** All documents directly in a collection, with their ids. */
  all(collection: string): readonly (readonly [id: string, fields: DocumentFields])[] {
    return [...this.#documents].flatMap(([path, fields]) => {
      const end = path.lastIndexOf("/");
      return path.slice(0, end) === collection ? [[path.slice(end + 1), fields] as const] : [];
    });
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
    for (const listener of [...this.#listeners]) if (this.#listeners.has(listener)) listener();
    for (const path of changes.keys()) this.#onWritten(path);
  }

  /** The functions of `firebase/firestore`. `mayRead` judges each read by its path. */
  sdk(mayRead: (path: string) => boolean): FirestoreSdk {
    const snapshotOf = ({ path, id }: DocumentHandle) => {
      if (!mayRead(path)) throw new AmbientError("PERMISSION_DENIED");
      return new Snapshot(id, this.#documents.get(path));
    };
    const transaction = async <Result>(
      run: (transaction: TransactionHandle) => Promise<Result>,
    ): Promise<Result> => {
      const changes = new Map<string, DocumentFields | undefined>();
      const result = await run({
        get: (reference) => Promise.resolve(snapshotOf(reference)),
        set: ({ path }, fields, options) =>
          changes.set(
            path,
            options?.merge ? { ...this.#documents.get(path), ...fields } : { ...fields },
          ),
        update: ({ path }, fields) => {
          const before = this.#documents.get(path);
          if (!before) throw new AmbientError("NOT_FOUND");
          return changes.set(path, { ...before, ...fields });
        },
        delete: ({ path }) => changes.set(path, undefined),
      });
      this.write(changes);
      return result;
    };
    const documentAt = (path: string): DocumentHandle => ({
      path,
      id: path.slice(path.lastIndexOf("/") + 1),
    });
    const planOf = (query: QueryHandle): Plan => {
      const plan = this.#plans.get(query);
      if (!plan) throw new Error("the query belongs to another Firestore");
      return plan;
    };
    const planned = (plan: Plan): QueryHandle => {
      const query = { firestore: this };
      this.#plans.set(query, plan);
      return query;
    };
    const constraint = (type: string, step: (plan: Plan) => Plan): QueryConstraintHandle => {
      const handle = { type };
      this.#steps.set(handle, step);
      return handle;
    };
    const listen = (read: () => Snapshot, next: (snapshot: Snapshot) => void, fail: Fail) => {
      let seen: string | undefined;
      const look = () => {
        try {
          const snapshot = read();
          const now = JSON.stringify([
            snapshot.data(),
            snapshot.docs.map((doc) => [doc.id, doc.data()]),
          ]);
          if (now === seen) return;
          seen = now;
          next(snapshot);
        } catch (error) {
          stop();
          fail(error instanceof Error ? error : new Error(String(error)));
        }
      };
      const stop = () => {
        this.#listeners.delete(look);
      };
      this.#listeners.add(look);
      // Firestore never calls back before `onSnapshot` has returned.
      queueMicrotask(() => {
        if (this.#listeners.has(look)) look();
      });
      return stop;
    };
    const isQuery = (source: DocumentHandle | QueryHandle): source is QueryHandle =>
      !("path" in source);

    function doc(firestore: FirestoreHandle, path: string): DocumentHandle;
    function doc(collection: QueryHandle): DocumentHandle;
    function doc(parent: FirestoreHandle | QueryHandle, path?: string): DocumentHandle {
      if (path !== undefined) return documentAt(path);
      if (!("firestore" in parent)) throw new Error("a new document needs its collection");
      return documentAt(`${planOf(parent).collection}/${newId()}`);
    }
    const newId = () => {
      this.#ids += 1;
      return `id${String(this.#ids).padStart(4, "0")}`;
    };
    const find = (query: QueryHandle) => new Snapshot("", undefined, this.#find(planOf(query)));

    function onSnapshot(
      reference: DocumentHandle,
      options: object,
      next: (snapshot: DocumentSnapshotHandle) => void,
      fail: Fail,
    ): Unsubscribe;
    function onSnapshot(
      query: QueryHandle,
      options: object,
      next: (snapshot: QuerySnapshotHandle) => void,
      fail: Fail,
    ): Unsubscribe;
    function onSnapshot(
      source: DocumentHandle | QueryHandle,
      _options: object,
      next: (snapshot: DocumentSnapshotHandle & QuerySnapshotHandle) => void,
      fail: Fail,
    ): Unsubscribe {
      return listen(() => (isQuery(source) ? find(source) : snapshotOf(source)), next, fail);
    }

    return {
      doc,
      collection: (_firestore, path) =>
        planned({ collection: path, matches: [], order: [], after: undefined, limit: Infinity }),
      query: (source, ...constraints) =>
        planned(
          constraints.reduce((plan, each) => this.#steps.get(each)?.(plan) ?? plan, planOf(source)),
        ),
      where: (path, operator, value) =>
        constraint("where", (plan) => ({
          ...plan,
          matches: [...plan.matches, (id, fields) => holds(at(path, id, fields), operator, value)],
        })),
      orderBy: (path, direction) =>
        constraint("orderBy", (plan) => ({
          ...plan,
          order: [...plan.order, [path, direction === "asc" ? 1 : -1]],
        })),
      limit: (count) => constraint("limit", (plan) => ({ ...plan, limit: count })),
      startAfter: (...values) => constraint("startAfter", (plan) => ({ ...plan, after: values })),
      getDoc: async (reference) => Promise.resolve(snapshotOf(reference)),
      getDocs: async (query) => Promise.resolve(find(query)),
      onSnapshot,
      setDoc: (reference, fields, options) =>
        transaction((write) => {
          write.set(reference, fields, options);
          return Promise.resolve();
        }),
      runTransaction: (_firestore, run) => transaction(run),
      serverTimestamp: () => SERVER_TIME,
      terminate: () => Promise.resolve(),
      clearIndexedDbPersistence: () => Promise.resolve(),
    };
  }

  #find({ collection, matches, order, after, limit }: Plan): readonly Snapshot[] {
    const by: Compare = (a, b) => {
      for (const [index, [, sign]] of order.entries()) {
        const difference = compare(field(a, String(index)), field(b, String(index))) * sign;
        if (difference !== 0) return difference;
      }
      return 0;
    };
    const isAfter = (key: readonly unknown[]) => {
      if (!after) return true;
      const [place, length] = [after.map(normal), after.length];
      return by(key.slice(0, length), place) > 0;
    };
    return (
      this.all(collection)
        .filter(([id, fields]) => matches.every((match) => match(id, fields)))
        .map(([id, fields]) => ({ id, fields, key: order.map(([path]) => at(path, id, fields)) }))
        // Firestore leaves out documents without a field of the order.
        .filter(({ key }) => key.every((value) => value !== undefined))
        .sort((a, b) => by(a.key, b.key))
        .filter(({ key }) => isAfter(key))
        .slice(0, limit)
        .map(({ id, fields }) => new Snapshot(id, fields))
    );
  }
}

type Fail = (error: Error) => void;

/** The value at a path such as `audience.listeners`. */
function at(path: string, id: string, fields: DocumentFields): unknown {
  if (path === "__name__") return id;
  return path.split(".").reduce<unknown>((part, name) => field(part, name), fields);
}

function holds(found: unknown, operator: string, value: unknown): boolean {
  if (found === undefined) return false;
  switch (operator) {
    case "==":
      return compare(found, value) === 0;
    case "in":
      return Array.isArray(value) && value.some((each) => compare(found, each) === 0);
    case "array-contains":
      return Array.isArray(found) && found.some((each) => compare(each, value) === 0);
    case "<=":
      return compare(found, value) <= 0;
    default:
      return compare(found, value) > 0;
  }
}

const compare: Compare = (a, b) => {
  const [one, other] = [normal(a), normal(b)];
  if (one === other) return 0;
  if (typeof one === "number" && typeof other === "number") return one - other;
  return String(one) < String(other) ? -1 : 1;
};

/** Moments and dates as milliseconds. */
function normal(value: unknown): unknown {
  if (value instanceof Date) return value.getTime();
  return isMoment(value) ? value.toMillis() : value;
}

function isMoment(value: unknown): value is Moment {
  return (
    typeof value === "object" &&
    value !== null &&
    "toMillis" in value &&
    typeof value.toMillis === "function"
  );
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
