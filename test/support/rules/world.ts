import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import {
  assertFails,
  assertSucceeds,
  initializeTestEnvironment,
  type RulesTestEnvironment,
} from "@firebase/rules-unit-testing";
import { initializeApp } from "firebase/app";
import {
  connectFirestoreEmulator,
  doc,
  type DocumentData,
  type EmulatorMockTokenOptions,
  type Firestore,
  getDoc,
  getDocs,
  getFirestore,
  type Query,
  setLogLevel,
  writeBatch,
} from "firebase/firestore";
import type { Caller } from "./personas.js";

/**
 * A request that has not been sent yet. It lists the paths that it would change, so that `refuses`
 * can check that they are unchanged.
 */
export interface Attempt<Answer> {
  readonly changes: readonly string[];
  send(): Promise<Answer>;
}

export interface Write {
  readonly path: string;
  readonly data: DocumentData | null;
  readonly how: "set" | "merge" | "update" | "delete";
}

export const set = (path: string, data: DocumentData): Write => ({ path, data, how: "set" });
export const merge = (path: string, data: DocumentData): Write => ({ path, data, how: "merge" });
export const update = (path: string, data: DocumentData): Write => ({ path, data, how: "update" });
export const remove = (path: string): Write => ({ path, data: null, how: "delete" });

/** A stored document's data, or `undefined` if it does not exist. */
export type Stored = DocumentData | undefined;

const rulesFile = new URL("../../../firestore.rules", import.meta.url);

/** This process's own project, so that clearing the database affects nobody else. */
export const projectId = `${process.env.GCLOUD_PROJECT ?? "demo-ambient"}-rules-${process.pid}`;

export function emulator(): { host: string; port: number } {
  const address = process.env.FIRESTORE_EMULATOR_HOST;
  assert.ok(address, "FIRESTORE_EMULATOR_HOST must name a running Firestore emulator");
  const { hostname, port } = new URL(`http://${address}`);
  return { host: hostname, port: Number(port) };
}

let opened: Promise<RulesTestEnvironment> | undefined;

/** Opened once for all spec files, because loading the rules takes longer than one file's tests. */
function environment(): Promise<RulesTestEnvironment> {
  opened ??= readFile(rulesFile, "utf8").then((rules) =>
    initializeTestEnvironment({ projectId, firestore: { ...emulator(), rules } }),
  );
  return opened;
}

const clients = new Map<string, Firestore>();

/**
 * A client of the current API, which the test library's contexts do not provide. The emulator
 * accepts unsigned tokens. No token means signed out; "owner" bypasses the rules like the server.
 */
function client(token: EmulatorMockTokenOptions | string | undefined): Firestore {
  const name = JSON.stringify(token ?? null);
  const known = clients.get(name);
  if (known !== undefined) return known;
  // Otherwise the SDK logs every expected refusal as an error.
  setLogLevel("silent");
  const { host, port } = emulator();
  const db = getFirestore(initializeApp({ projectId }, name));
  connectFirestoreEmulator(db, host, port, token === undefined ? {} : { mockUserToken: token });
  clients.set(name, db);
  return db;
}

const server = (): Firestore => client("owner");

/** Empties the database. Each test writes all the documents that it needs. */
export async function emptyWorld(): Promise<void> {
  await (await environment()).clearFirestore();
}

/** Writes documents past the rules, like the server. */
export async function given(documents: Readonly<Record<string, DocumentData>>): Promise<void> {
  await commit(
    server(),
    Object.entries(documents).map(([path, data]) => set(path, data)),
  );
}

/** Deletes a document past the rules, like the server. */
export async function givenGone(path: string): Promise<void> {
  await commit(server(), [remove(path)]);
}

export async function stored(path: string): Promise<Stored> {
  return (await getDoc(doc(server(), path))).data();
}

async function storedAll(paths: readonly string[]): Promise<Stored[]> {
  return Promise.all(paths.map(stored));
}

async function commit(db: Firestore, writes: readonly Write[]): Promise<void> {
  const batch = writeBatch(db);
  for (const { path, data, how } of writes) {
    const target = doc(db, path);
    if (data === null) batch.delete(target);
    else if (how === "update") batch.update(target, data);
    else batch.set(target, data, { merge: how === "merge" });
  }
  await batch.commit();
}

export interface Requests {
  writes(...writes: readonly Write[]): Attempt<void>;
  gets(path: string): Attempt<Stored>;
  lists(query: (db: Firestore) => Query): Attempt<string[]>;
}

/** Requests of a caller, whose token carries the given claims. */
export function as(caller: Caller, claims: Readonly<Record<string, unknown>> = {}): Requests {
  const db = client(typeof caller === "string" ? undefined : { sub: caller.uid, ...claims });
  return {
    writes: (...writes) => ({
      changes: writes.map(({ path }) => path),
      send: () => commit(db, writes),
    }),
    gets: (path) => ({
      changes: [],
      send: async () => (await getDoc(doc(db, path))).data(),
    }),
    lists: (query) => ({
      changes: [],
      send: async () => (await getDocs(query(db))).docs.map(({ ref }) => ref.path).sort(),
    }),
  };
}

export async function allows<Answer>(attempt: Attempt<Answer>): Promise<Answer> {
  return assertSucceeds(attempt.send());
}

/**
 * Asserts that the rules refuse each of the requests, which are sent at once, and that every document they would change
 * is unchanged.
 */
export async function refuses(...attempts: readonly Attempt<unknown>[]): Promise<void> {
  assert.ok(attempts.length > 0, "there is a request to refuse");
  const changes = [...new Set(attempts.flatMap((attempt) => attempt.changes))];
  const before = await storedAll(changes);
  await Promise.all(attempts.map((attempt) => assertFails(attempt.send())));
  assert.deepEqual(await storedAll(changes), before);
}
