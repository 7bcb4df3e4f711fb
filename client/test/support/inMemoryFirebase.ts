import assert from "node:assert/strict";
import { openAmbient, type Ambient } from "../../src/ambient.js";
import { field, numberField } from "../../src/json.js";
import type { AmbientBackend } from "../../src/backend/backend.js";
import type {
  DocumentFields,
  DocumentHandle,
  DocumentSnapshotHandle,
  FirebaseSdk,
  QueryConstraintHandle,
  QueryHandle,
  QuerySnapshotHandle,
} from "../../src/sdk/firebaseSdk.js";

/** What a callable of the test's server does. */
type Callable = (request: unknown) => unknown;

const app = {};
const SERVER_TIME = Symbol("serverTimestamp");

export const moment = (ms: number) => ({
  seconds: Math.floor(ms / 1_000),
  nanoseconds: (ms % 1_000) * 1_000_000,
  toMillis: () => ms,
});

interface Constraint extends QueryConstraintHandle {
  readonly name?: string;
  readonly value?: unknown;
}

class FakeQuery implements QueryHandle {
  readonly firestore = app;
  readonly path: string;
  readonly constraints: readonly Constraint[];

  constructor(path: string, constraints: readonly Constraint[]) {
    this.path = path;
    this.constraints = constraints;
  }
}

function queryOf(handle: object): FakeQuery {
  assert.ok(handle instanceof FakeQuery);
  return handle;
}

/** Of a document and of a list at once. */
type FakeSnapshot = DocumentSnapshotHandle & QuerySnapshotHandle;

const nothing: FakeSnapshot = {
  id: "",
  metadata: { fromCache: false, hasPendingWrites: false },
  data: () => undefined,
  docs: [],
  docChanges: () => [],
};

const nameOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);
const parentOf = (path: string) => path.slice(0, path.lastIndexOf("/"));

/** What a value is sorted by. */
function placed(value: unknown): string | number {
  if (typeof value === "string" || typeof value === "number") return value;
  const seconds = numberField(value, "seconds");
  return seconds ?? "";
}

function compare(one: string | number, other: string | number, { value }: Constraint): number {
  const difference = one === other ? 0 : one < other ? -1 : 1;
  return value === "desc" ? -difference : difference;
}

/** Each test answers calls with what they return. */
// The caller chooses the type, as at Firebase.
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
function isTrusted<Value>(value: unknown): value is Value {
  return value !== undefined;
}

/** Firebase in memory: documents with listeners, sign-in by uid, and callables that the test defines. */
export class InMemoryFirebase {
  readonly documents = new Map<string, DocumentFields>();
  readonly callables = new Map<string, Callable>();
  /** The names of the callables that were called. */
  readonly calls: string[] = [];
  /** The paths of the plain writes. */
  readonly writes: string[] = [];
  /** The paths that are listened to, one for each listener. */
  readonly listeners: string[] = [];
  readonly auth: { currentUser: { readonly uid: string } | null } = { currentUser: null };
  readonly #changed = new Set<() => void>();
  readonly #authChanged = new Set<(user: { readonly uid: string } | null) => void>();
  readonly #denied = new Set<string>();
  /** What the phone's cache holds while there is no network. */
  #cache: ReadonlyMap<string, DocumentFields> | undefined;
  /** Plain writes that wait for the network. */
  readonly #waiting: (() => void)[] = [];

  constructor(uid?: string) {
    if (uid !== undefined) this.auth.currentUser = { uid };
  }

  ambient(options: Partial<AmbientBackend> = {}): Ambient {
    return openAmbient({
      sdk: this.#sdk(),
      auth: this.auth,
      functions: { app },
      openFirestore: () => ({ app }),
      serverTimeUrl: "http://localhost/serverTime",
      ...options,
    });
  }

  set(path: string, fields: DocumentFields): void {
    this.documents.set(path, fields);
    this.changeMetadata();
  }

  /** Listeners report their documents again, as after an answer of the server that changes nothing. */
  changeMetadata(): void {
    for (const changed of [...this.#changed]) changed();
  }

  /** From now on, listening to this path is denied; with `false`, no longer. */
  deny(path: string, isDenied = true): void {
    if (isDenied) this.#denied.add(path);
    else this.#denied.delete(path);
    this.changeMetadata();
  }

  /** From now on nothing reaches the phone. A phone that sleeps does not notice. */
  cutNetwork(isNoticed = true): void {
    this.#cache = new Map(this.documents);
    if (isNoticed) this.changeMetadata();
  }

  restoreNetwork(): void {
    this.#cache = undefined;
    for (const write of this.#waiting.splice(0)) write();
    this.changeMetadata();
  }

  #requireNetwork(): void {
    if (this.#cache) throw Object.assign(new Error("no network"), { code: "unavailable" });
  }

  signIn(uid: string | null): void {
    this.auth.currentUser = uid === null ? null : { uid };
    for (const changed of [...this.#authChanged]) changed(this.auth.currentUser);
  }

  #signIn(uid: string | null): Promise<void> {
    this.signIn(uid);
    return Promise.resolve();
  }

  #read(path: string): FakeSnapshot {
    const fields = (this.#cache ?? this.documents).get(path);
    return { ...nothing, metadata: this.#metadata(), id: nameOf(path), data: () => fields };
  }

  #metadata() {
    return { fromCache: this.#cache !== undefined, hasPendingWrites: false };
  }

  #find({ path, constraints }: FakeQuery): readonly FakeSnapshot[] {
    const paths = [...(this.#cache ?? this.documents).keys()].filter(
      (each) => parentOf(each) === path,
    );
    const found = paths
      .map((each) => this.#read(each))
      .filter((document) =>
        constraints.every(({ type, name, value }) => {
          const actual = name === undefined ? undefined : field(document.data(), name);
          if (type === "==") return actual === value;
          if (type === "in") return Array.isArray(value) && value.includes(actual);
          return true;
        }),
      );
    const order = constraints.filter(({ type }) => type === "orderBy");
    const after = constraints.find(({ type }) => type === "startAfter")?.value;
    const placeOf = (document: FakeSnapshot, { name = "" }: Constraint) =>
      placed(name === "__name__" ? document.id : field(document.data(), name));
    const sorted = found
      .filter((document) => {
        if (!Array.isArray(after)) return true;
        const [first] = order;
        return (
          first === undefined || compare(placeOf(document, first), placed(after[0]), first) > 0
        );
      })
      .sort((one, other) => {
        for (const each of order) {
          const difference = compare(placeOf(one, each), placeOf(other, each), each);
          if (difference !== 0) return difference;
        }
        return 0;
      });
    const limit = constraints.find(({ type }) => type === "limit")?.value;
    return typeof limit === "number" ? sorted.slice(0, limit) : sorted;
  }

  #write(path: string, fields: DocumentFields): void {
    const written: DocumentFields = {};
    for (const [name, value] of Object.entries(fields)) {
      written[name] = value === SERVER_TIME ? moment(Date.now()) : value;
    }
    this.set(path, written);
  }

  #listen(path: string, report: () => void, fail: (error: Error) => void): () => void {
    let isOpen = true;
    this.listeners.push(path);
    const stop = () => {
      if (!isOpen) return;
      isOpen = false;
      this.#changed.delete(changed);
      this.listeners.splice(this.listeners.indexOf(path), 1);
    };
    const changed = () => {
      // Firebase reports in a task of its own.
      queueMicrotask(() => {
        if (!isOpen) return;
        if (!this.#denied.has(path) || this.#cache) {
          report();
          return;
        }
        stop();
        fail(Object.assign(new Error(`${path} is denied`), { code: "permission-denied" }));
      });
    };
    this.#changed.add(changed);
    changed();
    return stop;
  }

  #sdk(): FirebaseSdk {
    const read = (reference: DocumentHandle) => this.#read(reference.path);
    const write = (reference: DocumentHandle, fields: DocumentFields) => {
      this.#write(reference.path, fields);
    };
    const update = (reference: DocumentHandle, fields: DocumentFields) => {
      this.#write(reference.path, { ...this.documents.get(reference.path), ...fields });
    };
    const constraint = (made: Constraint): Constraint => made;
    return {
      auth: {
        signInWithCustomToken: (_auth, uid) => this.#signIn(uid),
        signOut: () => this.#signIn(null),
        onAuthStateChanged: (_auth, next) => {
          this.#authChanged.add(next);
          return () => this.#authChanged.delete(next);
        },
      },
      functions: {
        httpsCallable:
          // oxlint-disable-next-line typescript/no-unnecessary-type-parameters
          <Request, Response>(_functions: object, name: string) =>
            async (request: Request) => {
              this.#requireNetwork();
              this.calls.push(name);
              const callable = this.callables.get(name) ?? assert.fail(`no callable ${name}`);
              const data = await callable(request);
              assert.ok(isTrusted<Response>(data));
              return { data };
            },
      },
      firestore: {
        doc: (source: object, path?: string) => {
          const full = path ?? `${queryOf(source).path}/${crypto.randomUUID()}`;
          return { id: nameOf(full), path: full };
        },
        collection: (_firestore, path) => new FakeQuery(path, []),
        query: (source, ...constraints) => new FakeQuery(queryOf(source).path, constraints),
        where: (name, operator, value) => constraint({ type: operator, name, value }),
        orderBy: (name, direction) => constraint({ type: "orderBy", name, value: direction }),
        limit: (count) => constraint({ type: "limit", value: count }),
        startAfter: (...values) => constraint({ type: "startAfter", value: values }),
        getDoc: (reference) => Promise.resolve(read(reference)),
        getDocs: (query) =>
          Promise.resolve({
            ...nothing,
            metadata: this.#metadata(),
            docs: this.#find(queryOf(query)),
          }),
        onSnapshot: (
          target: DocumentHandle | QueryHandle,
          _options: object,
          next: (snapshot: FakeSnapshot) => void,
          fail: (error: Error) => void,
        ) => {
          if (!(target instanceof FakeQuery)) {
            assert.ok("path" in target);
            const report = () => {
              next(read(target));
            };
            return this.#listen(target.path, report, fail);
          }
          let before = new Map<string, unknown>();
          const report = () => {
            const docs = this.#find(target);
            const changes = docs.filter((found) => before.get(found.id) !== found.data());
            const isGone = [...before.keys()].some(
              (id) => !docs.some((document) => document.id === id),
            );
            before = new Map(docs.map((found) => [found.id, found.data()]));
            const docChanges = () =>
              [...changes, ...(isGone ? [nothing] : [])].map((doc) => ({ doc }));
            next({ ...nothing, metadata: this.#metadata(), docs, docChanges });
          };
          return this.#listen(target.path, report, fail);
        },
        setDoc: (reference, fields) =>
          new Promise((resolve) => {
            const write = () => {
              this.writes.push(reference.path);
              update(reference, fields);
              resolve();
            };
            if (this.#cache) this.#waiting.push(write);
            else write();
          }),
        runTransaction: async (_firestore, run) => {
          this.#requireNetwork();
          return run({
            get: (reference) => Promise.resolve(read(reference)),
            set: write,
            update,
            delete: ({ path }) => {
              this.documents.delete(path);
              this.changeMetadata();
            },
          });
        },
        serverTimestamp: () => SERVER_TIME,
        terminate: () => Promise.resolve(),
        clearIndexedDbPersistence: () => Promise.resolve(),
      },
    };
  }
}
