import type { z } from "zod";
import { hiddenDocument } from "../../../functions/src/contract/blocks.js";
import type { QueryDeclaration } from "../../../functions/src/contract/queries.js";
import { deviceClock, type LocalClock } from "../clock/localClock.js";
import { serverClock, type ServerClock } from "../clock/serverClock.js";
import { serverTimeAt } from "../clock/serverTime.js";
import { spread } from "../clock/spread.js";
import { AmbientError, asAmbientError } from "../errors/ambientError.js";
import { platformFetch } from "../http.js";
import { stringField } from "../json.js";
import { observable, Observed, type Observable } from "../observe/observable.js";
import {
  createSource,
  distinct,
  mapped,
  silent,
  switching,
  type Source,
} from "../observe/source.js";
import { endedScope, Scope } from "../observe/scope.js";
import { isEqual } from "../observe/isEqual.js";
import { reportUncaught } from "../observe/notify.js";
import type {
  DocumentFields,
  DocumentHandle,
  DocumentSnapshotHandle,
  FirebaseSdk,
  FirestoreHandle,
  QueryConstraintHandle,
  QueryHandle,
  QuerySnapshotHandle,
  TransactionHandle,
  Unsubscribe,
} from "../sdk/firebaseSdk.js";
import type { CallableName, RequestOf, ResponseOf } from "./callables.js";
import {
  browserConnectivity,
  connectionBy,
  type Connection,
  type Connectivity,
} from "./connection.js";
import { DeviceRegistration } from "./deviceRegistration.js";
import { FirestoreInstances } from "./firestoreInstances.js";
import { browserForeground, type OnForeground } from "./foreground.js";
import { listedPeople, orNobody } from "./listedPeople.js";
import type { OpenAmbientOptions } from "./openAmbientOptions.js";
import {
  isAbsent,
  readAll,
  readBy,
  ReadList,
  type Identified,
  type Received,
} from "./readDocument.js";

/** The pause before a call is repeated, on average. */
const REPEAT_AFTER_MS = 500;
const CALL_TIMEOUT_MS = 30_000;

/** The only access to Firebase. Requests are typed, and documents are parsed with the server's schemas. */
export class Backend {
  readonly #sdk: FirebaseSdk;
  readonly local: LocalClock;
  /** The signed-in uid. `null`: nobody. `undefined`: the SDK is still restoring an earlier sign-in. */
  readonly account: Observed<string | null | undefined>;
  /** The people whom a block hides from the signed-in person. All lists share one listener. */
  readonly hidden: Observable<ReadonlySet<string>>;
  readonly onForeground: OnForeground;
  readonly #options: OpenAmbientOptions;
  readonly #connectivity: Connectivity;
  readonly #stopAuth: Unsubscribe;
  readonly device: DeviceRegistration;
  readonly #firestore: FirestoreInstances;
  readonly #life = new Scope();
  #signIn = new Scope();
  readonly #beforeSignOut = new Set<() => Promise<void>>();

  constructor(options: OpenAmbientOptions) {
    this.#options = options;
    this.#sdk = options.sdk;
    this.#firestore = new FirestoreInstances(options);
    this.local = options.local ?? deviceClock;
    this.device = new DeviceRegistration({
      registerDevice: (request) => this.call("registerDevice", request),
      unregisterDevice: (request) => this.call("unregisterDevice", request),
    });
    this.#connectivity = options.connectivity ?? browserConnectivity;
    this.onForeground = options.onForeground ?? browserForeground;
    this.account = new Observed<string | null | undefined>(options.auth.currentUser?.uid);
    const hidden = this.mine((uid) => this.document(`users/${uid}/private/hidden`, hiddenDocument));
    const people = listedPeople(mapped(hidden, (list) => list?.uids ?? []));
    this.hidden = this.observable(orNobody(people, this.local));
    this.#stopAuth = this.#sdk.auth.onAuthStateChanged(options.auth, (user) => {
      this.#setAccount(user?.uid ?? null);
    });
  }

  get db(): FirestoreHandle {
    return this.#firestore.handle;
  }

  /** What apps subscribe to. */
  observable<Value>(source: Source<Value>): Observable<Value> {
    return observable(source, (error) => {
      this.report(error);
    });
  }

  /** Passes an error that nobody listens for to the app. */
  report(error: AmbientError): void {
    if (endedScope(error) || error.reason === "SIGNED_OUT") return;
    const report = this.#options.onError ?? reportUncaught;
    report(error);
  }

  /** Starts measuring now. The caller closes it. */
  newClock(): ServerClock {
    const { fetchServerTime, serverTimeUrl } = this.#options;
    return serverClock({
      local: this.local,
      fetchServerTime: fetchServerTime ?? serverTimeAt(serverTimeUrl, platformFetch),
    });
  }

  /** The signed-in uid. Throws `SIGNED_OUT` if there is none. */
  get uid(): string {
    const uid = this.#options.auth.currentUser?.uid;
    if (uid === undefined) throw new AmbientError("SIGNED_OUT");
    return uid;
  }

  async signIn(customToken: string): Promise<void> {
    await this.#firestore.cleared;
    await this.#attempt(() =>
      this.#sdk.auth.signInWithCustomToken(this.#options.auth, customToken),
    );
    this.#setAccount(this.#options.auth.currentUser?.uid ?? null);
    await this.#firestore.cleared;
  }

  /** Work that needs the sign-in, such as leaving a show. A sign-out waits for it. It must not fail. */
  beforeSignOut(work: () => Promise<void>): Unsubscribe {
    this.#beforeSignOut.add(work);
    return () => {
      this.#beforeSignOut.delete(work);
    };
  }

  async signOut(deviceToken?: string): Promise<void> {
    await Promise.all([...this.#beforeSignOut].map((work) => work()));
    await this.device.signOut(deviceToken, () =>
      this.#attempt(() => this.#sdk.auth.signOut(this.#options.auth)),
    );
    this.#setAccount(null);
    await this.#firestore.cleared;
  }

  /**
   * Repeats a call once if its answer is lost: the server may have done it, and gives the same answer again. Only a code
   * for the sign-in works once.
   */
  async call<Name extends CallableName>(
    name: Name,
    request: RequestOf<Name>,
  ): Promise<ResponseOf<Name>> {
    const timeout = this.#options.callTimeoutMs ?? CALL_TIMEOUT_MS;
    const callable = this.#sdk.functions.httpsCallable<RequestOf<Name>, ResponseOf<Name>>(
      this.#options.functions,
      name,
      { timeout },
    );
    const send = async () => (await this.#attempt(() => callable(request))).data;
    try {
      return await send();
    } catch (error) {
      if (name === "signInWithSpotify" || !this.#isAnswerLost(error)) throw error;
      // If the server is overloaded, all calls fail at once.
      const pauseMs = spread(REPEAT_AFTER_MS, this.local.random());
      await new Promise<void>((resolve) => this.local.after(pauseMs, resolve));
      return send();
    }
  }

  /** No answer came although the device has a network. After a timeout, another call would take as long. */
  #isAnswerLost(error: unknown): boolean {
    const { cause, reason } = asAmbientError(error);
    const isTimeout = stringField(cause, "code")?.endsWith("deadline-exceeded") === true;
    return reason === "OFFLINE" && !isTimeout && this.#connectivity.isOnline();
  }

  /** Awaits an SDK call and turns any error into an `AmbientError`. */
  async #attempt<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (thrown) {
      throw this.#errorOf(thrown);
    }
  }

  #errorOf(thrown: unknown): AmbientError {
    const error = asAmbientError(thrown);
    // Some SDKs report a lost network like a bug of the server.
    const isOffline = error.reason === "INTERNAL" && !this.#connectivity.isOnline();
    return isOffline ? new AmbientError("OFFLINE", { cause: thrown }) : error;
  }

  doc(path: string): DocumentHandle {
    return this.#sdk.firestore.doc(this.db, path);
  }

  /** A new random document id. */
  newId(collection: string): string {
    return this.#sdk.firestore.doc(this.#sdk.firestore.collection(this.db, collection)).id;
  }

  /** The document now; undefined if it does not exist. */
  async read<Schema extends z.ZodObject>(
    path: string,
    schema: Schema,
  ): Promise<Received<z.output<Schema>> | undefined> {
    return readBy(schema, await this.snapshot(path));
  }

  snapshot(path: string): Promise<DocumentSnapshotHandle> {
    return this.#attempt(() => this.#sdk.firestore.getDoc(this.doc(path)));
  }

  /** The time at which the server commits a write. */
  serverTimestamp(): unknown {
    return this.#sdk.firestore.serverTimestamp();
  }

  /** It fails while offline. A plain write would wait in the SDK's queue and arrive late. */
  transaction<Result>(run: (transaction: TransactionHandle) => Promise<Result>): Promise<Result> {
    return this.#attempt(() => this.#sdk.firestore.runTransaction(this.db, run));
  }

  /** A plain write. While offline it waits in the SDK's queue. */
  merge(path: string, fields: DocumentFields): Promise<void> {
    return this.#attempt(() => this.#sdk.firestore.setDoc(this.doc(path), fields, { merge: true }));
  }

  /** In a transaction, so that it fails while offline. */
  async update(path: string, fields: DocumentFields): Promise<void> {
    await this.updateAll([path], fields);
  }

  /** Like `update`, for all of these documents or none. */
  async updateAll(paths: readonly string[], fields: DocumentFields): Promise<void> {
    await this.transaction((transaction) => {
      for (const path of paths) transaction.update(this.doc(path), fields);
      return Promise.resolve();
    });
  }

  /** Like `update`. If only the answer to the first attempt was lost, an existing document counts as success. */
  async create(path: string, fields: DocumentFields): Promise<void> {
    const reference = this.doc(path);
    const write = (transaction: TransactionHandle) => transaction.set(reference, fields);
    await this.writeOnce(reference, (found) => !isAbsent(found), write);
  }

  /**
   * Adds a document with the server's time, unless it is there: writing it again would be an update, which the rules
   * deny.
   */
  async add(path: string, fields: DocumentFields = {}): Promise<void> {
    const reference = this.doc(path);
    await this.transaction(async (transaction) => {
      if ((await transaction.get(reference)).data()) return;
      transaction.set(reference, { ...fields, createdAt: this.serverTimestamp() });
    });
  }

  /** Like `update`. If only the answer to the first attempt was lost, a missing document counts as success. */
  async delete(path: string): Promise<void> {
    const reference = this.doc(path);
    await this.writeOnce(reference, isAbsent, (transaction) => transaction.delete(reference));
  }

  /**
   * Like `update`, but succeeds once the document is as `isDone` says. The SDK and the browser send a commit again if
   * its answer was lost, and the rules deny the second one because the first succeeded.
   */
  async writeOnce(
    reference: DocumentHandle,
    isDone: (found: DocumentSnapshotHandle) => boolean,
    write: (transaction: TransactionHandle) => void,
  ): Promise<void> {
    try {
      await this.transaction((transaction) => {
        write(transaction);
        return Promise.resolve();
      });
    } catch (error) {
      if (asAmbientError(error).reason !== "PERMISSION_DENIED") throw error;
      const found = await this.snapshot(reference.path).catch(() => undefined);
      if (!found || !isDone(found)) throw error;
    }
  }

  document<Schema extends z.ZodObject>(
    path: string,
    schema: Schema,
  ): Source<Received<z.output<Schema>> | undefined> {
    return this.snapshots(path, (snapshot) => readBy(schema, snapshot));
  }

  /** Emits the result of `read` whenever it changes. Absence is reported only once the server confirms it. */
  snapshots<Value>(path: string, read: (snapshot: DocumentSnapshotHandle) => Value): Source<Value> {
    const values = this.#listenTo(path, (snapshot) => {
      const isGuess = snapshot.metadata.fromCache && isAbsent(snapshot);
      return isGuess ? undefined : { value: read(snapshot) };
    });
    return distinct(values, isEqual);
  }

  /** Whether the server answers, judged by a listener on this document. */
  connection(path: string): Source<Connection> {
    return this.connectionBy(
      this.#listenTo(path, ({ metadata }) => ({ value: metadata.fromCache })),
    );
  }

  /** The same, judged by a listener that somebody else has opened. */
  connectionBy(isFromCache: Source<boolean>): Source<Connection> {
    return connectionBy(isFromCache, this.#connectivity, this.local);
  }

  #listenTo<Value>(
    path: string,
    read: (snapshot: DocumentSnapshotHandle) => { readonly value: Value } | undefined,
  ): Source<Value> {
    return this.#listen<DocumentSnapshotHandle, Value>(
      (next, fail) => this.#sdk.firestore.onSnapshot(this.doc(path), metadataChanges, next, fail),
      () => read,
    );
  }

  /**
   * Any error goes to `fail`: of opening (an id from a link may be invalid, for example), of the listener, and of
   * reading a snapshot. Each listener has a reader of its own, which returns undefined to skip a snapshot.
   */
  #listen<Snapshot, Value>(
    open: (next: (snapshot: Snapshot) => void, fail: (error: unknown) => void) => Unsubscribe,
    newReader: () => (snapshot: Snapshot) => { readonly value: Value } | undefined,
  ): Source<Value> {
    return createSource((next, fail) => {
      const read = newReader();
      const failed = (error: unknown) => {
        fail(this.#errorOf(error));
      };
      try {
        return open((snapshot) => {
          try {
            const found = read(snapshot);
            if (found) next(found.value);
          } catch (error) {
            failed(error);
          }
        }, failed);
      } catch (error) {
        failed(error);
        return () => undefined;
      }
    });
  }

  /** A declared query, for which the server has an index, with its values filled in. */
  query(
    collection: string,
    declaration: QueryDeclaration,
    values: readonly unknown[],
    limit: number,
    after?: readonly unknown[],
  ): QueryHandle {
    const { firestore } = this.#sdk;
    const constraints: QueryConstraintHandle[] = [
      ...declaration.filters.map(([field, operator], index) =>
        firestore.where(field, operator, values[index]),
      ),
      ...declaration.order.map(([field, direction]) => firestore.orderBy(field, direction)),
      ...(after === undefined ? [] : [firestore.startAfter(...after)]),
      firestore.limit(limit),
    ];
    return firestore.query(firestore.collection(this.db, collection), ...constraints);
  }

  async readList<Schema extends z.ZodObject>(
    query: QueryHandle,
    schema: Schema,
  ): Promise<readonly Identified<Received<z.output<Schema>>>[]> {
    const { docs, metadata } = await this.#attempt(() => this.#sdk.firestore.getDocs(query));
    // Offline, the answer is whatever part of the list the cache holds.
    if (metadata.fromCache) throw new AmbientError("OFFLINE");
    return readAll(schema, docs);
  }

  /**
   * Emits when the list changes for the reader. A document that did not change stays the same object. `isFresh`: skip
   * cached snapshots until the server's first answer, because a cache may hold only part of the list.
   */
  list<Schema extends z.ZodObject>(
    query: () => QueryHandle,
    schema: Schema,
    isFresh = false,
  ): Source<readonly Identified<Received<z.output<Schema>>>[]> {
    const lists = this.#listen<
      QuerySnapshotHandle,
      readonly Identified<Received<z.output<Schema>>>[]
    >(
      (next, fail) => this.#sdk.firestore.onSnapshot(query(), metadataChanges, next, fail),
      () => {
        const list = new ReadList(schema);
        let isKnown = false;
        return (snapshot) => {
          const isGuess = snapshot.metadata.fromCache && (isFresh || snapshot.docs.length === 0);
          if (isGuess && !isKnown) return undefined;
          isKnown = true;
          return { value: list.read(snapshot) };
        };
      },
    );
    return distinct(lists, Object.is);
  }

  /** The source, until the current person signs out. */
  whileSignedIn<Value>(source: Source<Value>): Observable<Value> {
    return this.observable(
      createSource((next, fail) => this.#signIn.within(source).subscribe(next, fail)),
    );
  }

  /** The source for the current uid, or for the next one if the sign-in is still being restored. */
  mine<Value>(source: (uid: string) => Source<Value>): Observable<Value> {
    return this.whileSignedIn(
      switching(this.account, (uid) => {
        if (uid === undefined) return silent;
        return uid === null ? failing(new AmbientError("SIGNED_OUT")) : source(uid);
      }),
    );
  }

  /** The source across sign-outs, until the app closes. */
  throughSignIns<Value>(source: Source<Value>): Observable<Value> {
    return this.observable(this.#life.within(this.#firestore.throughInstances(source)));
  }

  close(): void {
    this.#stopAuth();
    for (const scope of [this.#signIn, this.#life]) scope.end(new AmbientError("CLOSED"));
  }

  #setAccount(uid: string | null): void {
    const before = this.account.current;
    if (uid === before) return;
    // Subscriptions made before the sign-in was restored continue with the restored person.
    const isSignOut = typeof before === "string" || uid === null;
    if (isSignOut) {
      const signIn = this.#signIn;
      this.#signIn = new Scope();
      signIn.end(new AmbientError("SIGNED_OUT"));
      this.#firestore.clearOwnCache(typeof before === "string");
      this.account.set(null);
    }
    // The next person signs in only after the previous person's cache is cleared.
    if (uid !== null)
      void this.#firestore.cleared.then(() => {
        this.#publishAccount(uid);
      });
  }

  #publishAccount(uid: string): void {
    if (this.#options.auth.currentUser?.uid === uid) this.account.set(uid);
  }
}

/** Without these, Firestore does not report that the server confirmed the absence the cache guessed. */
const metadataChanges = { includeMetadataChanges: true };

const failing = (error: AmbientError): Source<never> =>
  createSource((_next, fail) => {
    fail(error);
    return () => undefined;
  });
