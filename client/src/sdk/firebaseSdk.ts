/**
 * The part of Firebase's modular API that Ambient uses. The Firebase JS SDK 12 and React Native Firebase both fit:
 * `npm run check` and `npm run test:pack` compare their published types with it.
 *
 * The members are declared as methods on purpose: TypeScript then compares parameters in both directions, so an
 * SDK's own classes need not be named here.
 *
 * @example
 * ```ts
 * import * as auth from "@react-native-firebase/auth";
 * import * as firestore from "@react-native-firebase/firestore";
 * import * as functions from "@react-native-firebase/functions";
 *
 * const sdk: FirebaseSdk = { auth, firestore, functions };
 * ```
 */
export interface FirebaseSdk {
  readonly auth: AuthSdk;
  readonly firestore: FirestoreSdk;
  readonly functions: FunctionsSdk;
}

/**
 * Ends a subscription. Calling it again does nothing.
 *
 * @example
 * ```ts
 * const unsubscribe: Unsubscribe = show.details.subscribe(render);
 * unsubscribe();
 * ```
 */
export type Unsubscribe = () => void;

/**
 * Firebase's `Auth`.
 *
 * @example
 * ```ts
 * const auth: AuthHandle = getAuth(app);
 * ```
 */
export interface AuthHandle {
  readonly currentUser: { readonly uid: string } | null;
}

/**
 * The functions of `firebase/auth` that Ambient calls.
 *
 * @example
 * ```ts
 * import * as auth from "firebase/auth";
 * const sdk: AuthSdk = auth;
 * ```
 */
export interface AuthSdk {
  signInWithCustomToken(auth: AuthHandle, token: string): Promise<unknown>;
  signOut(auth: AuthHandle): Promise<void>;
  onAuthStateChanged(
    auth: AuthHandle,
    next: (user: { readonly uid: string } | null) => void,
  ): Unsubscribe;
}

/**
 * Firebase's `Functions`.
 *
 * @example
 * ```ts
 * const functions: FunctionsHandle = getFunctions(app, "us-central1");
 * ```
 */
export interface FunctionsHandle {
  readonly app: object;
}

/**
 * The function of `firebase/functions` that Ambient calls.
 *
 * @example
 * ```ts
 * import * as functions from "firebase/functions";
 * const sdk: FunctionsSdk = functions;
 * ```
 */
export interface FunctionsSdk {
  // Firebase's own signature, in which the caller chooses both types.
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters
  httpsCallable<Request, Response>(
    functions: FunctionsHandle,
    name: string,
    options: { timeout?: number },
  ): (request: Request) => Promise<{ readonly data: Response }>;
}

/**
 * Firebase's `Firestore`.
 *
 * @example
 * ```ts
 * const firestore: FirestoreHandle = getFirestore(app);
 * ```
 */
export interface FirestoreHandle {
  readonly app: object;
}

/**
 * A `DocumentReference`.
 *
 * @example
 * ```ts
 * const reference: DocumentHandle = doc(getFirestore(app), "shows", showId);
 * ```
 */
export interface DocumentHandle {
  readonly id: string;
  readonly path: string;
}

/**
 * A `Query`. A `CollectionReference` is one, too.
 *
 * @example
 * ```ts
 * const source: QueryHandle = collection(getFirestore(app), "shows");
 * ```
 */
export interface QueryHandle {
  readonly firestore: object;
}

/**
 * A `QueryConstraint`: a filter, an order, a limit or a cursor.
 *
 * @example
 * ```ts
 * const constraint: QueryConstraintHandle = limit(20);
 * ```
 */
export interface QueryConstraintHandle {
  readonly type: string;
}

/**
 * A `DocumentSnapshot`.
 *
 * @example
 * ```ts
 * const { id, metadata } = await getDoc(reference);
 * ```
 */
export interface DocumentSnapshotHandle {
  readonly id: string;
  readonly metadata: { readonly fromCache: boolean; readonly hasPendingWrites: boolean };
  data(options?: { serverTimestamps?: "estimate" }): unknown;
}

/**
 * A `QuerySnapshot`.
 *
 * @example
 * ```ts
 * const ids = (await getDocs(query)).docs.map(({ id }) => id);
 * ```
 */
export interface QuerySnapshotHandle {
  readonly docs: readonly DocumentSnapshotHandle[];
  readonly metadata: { readonly fromCache: boolean };
  docChanges(): readonly { readonly doc: { readonly id: string } }[];
}

/**
 * The fields to write into a document.
 *
 * @example
 * ```ts
 * const fields: DocumentFields = { hidden: true };
 * ```
 */
export type DocumentFields = Record<string, unknown>;

/**
 * A `Transaction`.
 *
 * @example
 * ```ts
 * await runTransaction(firestore, async (transaction) => {
 *   const seen = await transaction.get(reference);
 *   transaction.update(reference, { paused: seen.data() !== undefined });
 * });
 * ```
 */
export interface TransactionHandle {
  get(reference: DocumentHandle): Promise<DocumentSnapshotHandle>;
  set(reference: DocumentHandle, fields: DocumentFields, options?: { merge: boolean }): unknown;
  update(reference: DocumentHandle, fields: DocumentFields): unknown;
  delete(reference: DocumentHandle): unknown;
}

/**
 * The functions of `firebase/firestore` that Ambient calls.
 *
 * @example
 * ```ts
 * import * as firestore from "firebase/firestore";
 * const sdk: FirestoreSdk = firestore;
 * ```
 */
export interface FirestoreSdk {
  doc(firestore: FirestoreHandle, path: string): DocumentHandle;
  doc(collection: QueryHandle): DocumentHandle;
  collection(firestore: FirestoreHandle, path: string): QueryHandle;
  query(source: QueryHandle, ...constraints: QueryConstraintHandle[]): QueryHandle;
  where(
    field: string,
    operator: "==" | "in" | "array-contains" | "<=" | ">",
    value: unknown,
  ): QueryConstraintHandle;
  orderBy(field: string, direction: "asc" | "desc"): QueryConstraintHandle;
  limit(count: number): QueryConstraintHandle;
  startAfter(...values: unknown[]): QueryConstraintHandle;
  getDoc(reference: DocumentHandle): Promise<DocumentSnapshotHandle>;
  getDocs(query: QueryHandle): Promise<QuerySnapshotHandle>;
  onSnapshot(
    reference: DocumentHandle,
    options: { includeMetadataChanges: boolean },
    next: (snapshot: DocumentSnapshotHandle) => void,
    fail: (error: Error) => void,
  ): Unsubscribe;
  onSnapshot(
    query: QueryHandle,
    options: { includeMetadataChanges: boolean },
    next: (snapshot: QuerySnapshotHandle) => void,
    fail: (error: Error) => void,
  ): Unsubscribe;
  setDoc(
    reference: DocumentHandle,
    fields: DocumentFields,
    options?: { merge: boolean },
  ): Promise<void>;
  runTransaction<Result>(
    firestore: FirestoreHandle,
    run: (transaction: TransactionHandle) => Promise<Result>,
  ): Promise<Result>;
  serverTimestamp(): unknown;
  terminate(firestore: FirestoreHandle): Promise<void>;
  clearIndexedDbPersistence(firestore: FirestoreHandle): Promise<void>;
}
