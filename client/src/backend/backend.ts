import type { z } from "zod";
import type { QueryDeclaration } from "../../../functions/src/contract/queries.js";
import { deviceClock, type LocalClock } from "../clock/localClock.js";
import { serverClock, type ServerClock } from "../clock/serverClock.js";
import { serverTimeAt } from "../clock/serverTime.js";
import { AmbientError, asAmbientError } from "../errors/ambientError.js";
import { platformFetch } from "../http.js";
import { Observed, subscribable, switching, type Subscribable } from "../observe/subscribable.js";
import { Scope } from "../observe/scope.js";
import type {
  AuthHandle,
  DocumentFields,
  DocumentHandle,
  DocumentSnapshotHandle,
  FirebaseSdk,
  FirestoreHandle,
  FunctionsHandle,
  QueryConstraintHandle,
  QueryHandle,
  TransactionHandle,
  Unsubscribe,
} from "../sdk/firebaseSdk.js";
import type { CallableName, RequestOf, ResponseOf } from "./callables.js";
import { connectionBy, type Connection } from "./connection.js";
import { isAbsent, readAll, readBy, type Identified } from "./readDocument.js";

/**
 * What `openAmbient` works with. `createAmbient` makes it from a Firebase app of the JS SDK.
 *
 * @example
 * ```ts
 * const backend: AmbientBackend = {
 *   sdk: firebaseJs,
 *   auth: getAuth(),
 *   openFirestore: () => getFirestore(),
 *   functions: getFunctions(getApp(), "us-central1"),
 *   serverTimeUrl: "https://us-central1-my-project.cloudfunctions.net/serverTime",
 * };
 * ```
 */
export interface AmbientBackend {
  readonly sdk: FirebaseSdk;
  readonly auth: AuthHandle;
  readonly functions: FunctionsHandle;
  /**
   * Called at the first use, and again after each sign-out, which terminates the instance to clear
   * what it has cached.
   */
  readonly openFirestore: () => FirestoreHandle;
  /** The address of the HTTP function `serverTime`. */
  readonly serverTimeUrl: string;
  /** How long a callable may take; 30 s by default. */
  readonly callTimeoutMs?: number;
  /** For tests: the device's time. */
  readonly local?: LocalClock;
}

const CALL_TIMEOUT_MS = 30_000;

/** The one door to Firebase: what goes in is typed, what comes out is read by the server's schemas. */
export class Backend {
  readonly sdk: FirebaseSdk;
  readonly local: LocalClock;
  /** Whose sign-in this is; null: nobody's; undefined: the SDK is still looking for an earlier one. */
  readonly account: Observed<string | null | undefined>;
  readonly #options: AmbientBackend;
  readonly #stopAuth: Unsubscribe;
  #firestore: FirestoreHandle | undefined;
  /** Which of Firestore's instances there is; null while the last one is cleared. */
  readonly #instance = new Observed<symbol | null>(Symbol());
  readonly #life = new Scope();
  #signIn = new Scope();
  #clearing: Promise<unknown> = Promise.resolve();

  constructor(options: AmbientBackend) {
    this.#options = options;
    this.sdk = options.sdk;
    this.local = options.local ?? deviceClock;
    this.account = new Observed<string | null | undefined>(options.auth.currentUser?.uid);
    this.#stopAuth = this.sdk.auth.onAuthStateChanged(options.auth, (user) => {
      this.#accountIs(user?.uid ?? null);
    });
  }

  get db(): FirestoreHandle {
    return (this.#firestore ??= this.#options.openFirestore());
  }

  /** Measured from now on, until it is closed. */
  newClock(): ServerClock {
    return serverClock({
      local: this.local,
      fetchServerTime: serverTimeAt(this.#options.serverTimeUrl, platformFetch),
    });
  }

  /** Who is signed in; throws `SIGNED_OUT` while nobody is. */
  get uid(): string {
    const uid = this.#options.auth.currentUser?.uid;
    if (uid === undefined) throw new AmbientError("SIGNED_OUT");
    return uid;
  }

  async signIn(customToken: string): Promise<void> {
    await this.#clearing;
    await attempt(this.sdk.auth.signInWithCustomToken(this.#options.auth, customToken));
    this.#accountIs(this.#options.auth.currentUser?.uid ?? null);
    await this.#clearing;
  }

  async signOut(): Promise<void> {
    await attempt(this.sdk.auth.signOut(this.#options.auth));
    this.#accountIs(null);
    await this.#clearing;
  }

  async call<Name extends CallableName>(
    name: Name,
    request: RequestOf<Name>,
  ): Promise<ResponseOf<Name>> {
    const timeout = this.#options.callTimeoutMs ?? CALL_TIMEOUT_MS;
    const callable = this.sdk.functions.httpsCallable<RequestOf<Name>, ResponseOf<Name>>(
      this.#options.functions,
      name,
      { timeout },
    );
    return (await attempt(callable(request))).data;
  }

  doc(path: string): DocumentHandle {
    return this.sdk.firestore.doc(this.db, path);
  }

  /** An id that no document has, as the SDK makes it. */
  newId(collection: string): string {
    return this.sdk.firestore.doc(this.sdk.firestore.collection(this.db, collection)).id;
  }

  /** The document as it is now; undefined while there is none. */
  async read<Schema extends z.ZodObject>(
    path: string,
    schema: Schema,
  ): Promise<z.output<Schema> | undefined> {
    return readBy(schema, await attempt(this.sdk.firestore.getDoc(this.doc(path))));
  }

  /** Now or not at all: a plain write would wait in the SDK's queue while offline, and come late. */
  async update(path: string, fields: DocumentFields): Promise<void> {
    const { firestore } = this.sdk;
    const run = firestore.runTransaction(this.db, (transaction) => {
      transaction.update(this.doc(path), fields);
      return Promise.resolve();
    });
    await attempt(run);
  }

  /** The same. What is there already is no failure where only the answer to the first try was lost. */
  async create(path: string, fields: DocumentFields): Promise<void> {
    const reference = this.doc(path);
    const write = (transaction: TransactionHandle) => transaction.set(reference, fields);
    await this.writeOnce(reference, (found) => !isAbsent(found), write);
  }

  /** The same. What is gone already is no failure where only the answer to the first try was lost. */
  async delete(path: string): Promise<void> {
    const reference = this.doc(path);
    await this.writeOnce(reference, isAbsent, (transaction) => transaction.delete(reference));
  }

  /**
   * Now or not at all, and not twice: where the SDK tries again because the answer to the first try was
   * lost, the document tells whether that one `isDone`.
   */
  async writeOnce(
    reference: DocumentHandle,
    isDone: (found: DocumentSnapshotHandle) => boolean,
    write: (transaction: TransactionHandle) => void,
  ): Promise<void> {
    let isTriedAgain = false;
    const run = this.sdk.firestore.runTransaction(this.db, async (transaction) => {
      if (isTriedAgain && isDone(await transaction.get(reference))) return;
      isTriedAgain = true;
      write(transaction);
    });
    await attempt(run);
  }

  document<Schema extends z.ZodObject>(
    path: string,
    schema: Schema,
  ): Subscribable<z.output<Schema> | undefined> {
    return this.snapshots(path, (snapshot) => readBy(schema, snapshot));
  }

  /** What `read` makes of each snapshot; that there is no such document is the server's alone to say. */
  snapshots<Value>(
    path: string,
    read: (snapshot: DocumentSnapshotHandle) => Value,
  ): Subscribable<Value> {
    return this.#snapshots(path, (snapshot, next) => {
      const isGuess = snapshot.metadata.fromCache && isAbsent(snapshot);
      if (!isGuess) next(read(snapshot));
    });
  }

  /** Whether the server answers, as a listener of this document is told. */
  connection(path: string): Subscribable<Connection> {
    const isFromCache = this.#snapshots<boolean>(path, ({ metadata }, next) => {
      next(metadata.fromCache);
    });
    return connectionBy(isFromCache, this.local);
  }

  #snapshots<Value>(
    path: string,
    tell: (snapshot: DocumentSnapshotHandle, next: (value: Value) => void) => void,
  ): Subscribable<Value> {
    return from(
      () => this.doc(path),
      (reference, next, fail) =>
        this.sdk.firestore.onSnapshot(
          reference,
          // Or the server's word that there is none would not be told after the cache's.
          { includeMetadataChanges: true },
          (snapshot) => {
            try {
              tell(snapshot, next);
            } catch (error) {
              fail(asAmbientError(error));
            }
          },
          (error) => {
            fail(asAmbientError(error));
          },
        ),
    );
  }

  /** One of the queries that the server has an index for, with its values. */
  query(
    collection: string,
    declaration: QueryDeclaration,
    values: readonly unknown[],
    most: number,
    { after, until }: { readonly after?: unknown; readonly until?: unknown } = {},
  ): QueryHandle {
    const { firestore } = this.sdk;
    const constraints: QueryConstraintHandle[] = [
      ...declaration.filters.map(([field, operator], index) =>
        firestore.where(field, operator === "in" ? "in" : "==", values[index]),
      ),
      ...declaration.order.map(([field, direction]) => firestore.orderBy(field, direction)),
      ...(after === undefined ? [] : [firestore.startAfter(after)]),
      ...(until === undefined ? [] : [firestore.endAt(until)]),
      firestore.limit(most),
    ];
    return firestore.query(firestore.collection(this.db, collection), ...constraints);
  }

  async readList<Schema extends z.ZodObject>(
    query: QueryHandle,
    schema: Schema,
  ): Promise<readonly Identified<z.output<Schema>>[]> {
    const { docs, metadata } = await attempt(this.sdk.firestore.getDocs(query));
    // Without the network it answers with the part that the cache happens to have.
    if (metadata.fromCache) throw new AmbientError("OFFLINE");
    return readAll(schema, docs);
  }

  /** `isFresh`: told only from the server's first answer on. A cache may have a part of the list. */
  list<Schema extends z.ZodObject>(
    query: () => QueryHandle,
    schema: Schema,
    isFresh = false,
  ): Subscribable<readonly Identified<z.output<Schema>>[]> {
    return from(query, (found, next, fail) => {
      let isKnown = false;
      return this.sdk.firestore.onSnapshot(
        found,
        { includeMetadataChanges: true },
        (snapshot) => {
          const isGuess = snapshot.metadata.fromCache && (isFresh || snapshot.docs.length === 0);
          const isSame = isKnown && snapshot.docChanges().length === 0;
          if (isSame || (isGuess && !isKnown)) return;
          isKnown = true;
          next(readAll(schema, snapshot.docs));
        },
        (error) => {
          fail(asAmbientError(error));
        },
      );
    });
  }

  /** The same, until the person who is signed in now is not any more. */
  whileSignedIn<Value>(source: Subscribable<Value>): Subscribable<Value> {
    return subscribable((next, fail) => this.#signIn.within(source).subscribe(next, fail));
  }

  /** Of whoever is signed in when it is subscribed to, or is found to be still. */
  mine<Value>(source: (uid: string) => Subscribable<Value>): Subscribable<Value> {
    return this.whileSignedIn(
      switching(this.account, (uid) => {
        if (uid === undefined) return silent;
        return uid === null ? failing(new AmbientError("SIGNED_OUT")) : source(uid);
      }),
    );
  }

  /** The same, whoever is signed in: it goes on after a sign-out, until the app is done. */
  throughSignIns<Value>(source: Subscribable<Value>): Subscribable<Value> {
    return this.#life.within(
      switching(this.#instance, (instance) => (instance === null ? silent : source)),
    );
  }

  close(): void {
    this.#stopAuth();
    for (const scope of [this.#signIn, this.#life]) scope.end(new AmbientError("CLOSED"));
  }

  #accountIs(uid: string | null): void {
    const before = this.account.current;
    if (uid === before) return;
    // What was subscribed to while nobody was known to be here goes on with whoever comes.
    const goes = typeof before === "string" || uid === null;
    if (goes) {
      const signIn = this.#signIn;
      this.#signIn = new Scope();
      signIn.end(new AmbientError("SIGNED_OUT"));
      // Of the person who goes it may have kept what was read when the app ran last.
      const firestore =
        this.#firestore ?? (typeof before === "string" ? this.#options.openFirestore() : undefined);
      if (firestore) this.#clearing = Promise.allSettled([this.#clearing, this.#clear(firestore)]);
      this.account.set(null);
    }
    // The next person is not here before what the last one could read is gone.
    if (uid !== null)
      void this.#clearing.then(() => {
        this.#comes(uid);
      });
  }

  #comes(uid: string): void {
    if (this.#options.auth.currentUser?.uid === uid) this.account.set(uid);
  }

  async #clear(firestore: FirestoreHandle): Promise<void> {
    // Before it is terminated, or whoever listens would be told of that as an error.
    this.#instance.set(null);
    this.#firestore = undefined;
    try {
      await this.sdk.firestore.terminate(firestore);
      // Another tab's client ends with its cache: the person is signed out there as well.
      await this.sdk.firestore.clearIndexedDbPersistence(firestore).catch(() => undefined);
    } finally {
      this.#instance.set(Symbol());
    }
  }
}

/** What cannot be listened to is told like any other failure: an id from a link may be none. */
function from<Handle, Value>(
  handle: () => Handle,
  listen: (
    handle: Handle,
    next: (value: Value) => void,
    fail: (error: AmbientError) => void,
  ) => Unsubscribe,
): Subscribable<Value> {
  return subscribable((next, fail) => {
    let found: Handle;
    try {
      found = handle();
    } catch (error) {
      fail(asAmbientError(error));
      return () => undefined;
    }
    return listen(found, next, fail);
  });
}

const silent: Subscribable<never> = subscribable(() => () => undefined);

const failing = (error: AmbientError): Subscribable<never> =>
  subscribable((_next, fail) => {
    fail(error);
    return () => undefined;
  });

/** What a call of an SDK comes to; whatever it throws is an `AmbientError`. */
export async function attempt<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    throw asAmbientError(error);
  }
}
