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
 * A request that has not been sent yet. It knows what it would change, so that a refusal can be
 * shown to have changed nothing.
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

/** What a stored document holds; `undefined` where there is none. */
export type Stored = DocumentData | undefined;

const rulesFile = new URL("../../../firestore.rules", import.meta.url);

/** Beside the suite's own project, so that clearing it disturbs nobody else on the emulator. */
export const projectId = `${process.env.GCLOUD_PROJECT ?? "demo-ambient"}-rules`;

export function emulator(): { host: string; port: number } {
  const address = process.env.FIRESTORE_EMULATOR_HOST;
  assert.ok(address, "FIRESTORE_EMULATOR_HOST must name a running Firestore emulator");
  const { hostname, port } = new URL(`http://${address}`);
  return { host: hostname, port: Number(port) };
}

let opened: Promise<RulesTestEnvironment> | undefined;

/** Opened once for all spec files: loading the rules anew costs more than a file's tests. */
function environment(): Promise<RulesTestEnvironment> {
  opened ??= readFile(rulesFile, "utf8").then((rules) =>
    initializeTestEnvironment({ projectId, firestore: { ...emulator(), rules } }),
  );
  return opened;
}

const clients = new Map<string, Firestore>();

/**
 * A client of the current API, which the test library's own contexts do not hand out. The emulator
 * takes the token unsigned; none means signed out, and "owner" is the server, past the rules.
 */
function client(token: EmulatorMockTokenOptions | string | undefined): Firestore {
  const name = JSON.stringify(token ?? null);
  const known = clients.get(name);
  if (known !== undefined) return known;
  // Every refusal that a test provokes would be logged as an error.
  setLogLevel("silent");
  const { host, port } = emulator();
  const db = getFirestore(initializeApp({ projectId }, name));
  connectFirestoreEmulator(db, host, port, token === undefined ? {} : { mockUserToken: token });
  clients.set(name, db);
  return db;
}

const server = (): Firestore => client("owner");

/** Empties the database. Each test starts from nothing and writes the world that it needs. */
export async function emptyWorld(): Promise<void> {
  await (await environment()).clearFirestore();
}

/** Writes as the server does, past the rules. */
export async function given(documents: Readonly<Record<string, DocumentData>>): Promise<void> {
  await commit(
    server(),
    Object.entries(documents).map(([path, data]) => set(path, data)),
  );
}

/** Deletes as the server does, past the rules. */
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

/** What somebody asks for, with the claims that his token carries. */
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

/** Refused for want of permission, and every document that it was about is as it was before. */
export async function refuses(attempt: Attempt<unknown>): Promise<void> {
  const before = await storedAll(attempt.changes);
  await assertFails(attempt.send());
  assert.deepEqual(await storedAll(attempt.changes), before);
}
