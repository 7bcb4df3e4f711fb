import { deleteApp, initializeApp } from "firebase/app";
import {
  connectAuthEmulator,
  inMemoryPersistence,
  initializeAuth,
  signInWithCustomToken,
  type Auth,
} from "firebase/auth";
import {
  connectFirestoreEmulator,
  getFirestore,
  setLogLevel,
  terminate,
  type Firestore,
} from "firebase/firestore";
import { connectFunctionsEmulator, getFunctions, httpsCallable } from "firebase/functions";
import { randomUUID } from "node:crypto";
import type { z } from "zod";
import type { OpenAmbientOptions } from "../../client/src/backend/openAmbientOptions.js";
import type { CallableContract } from "../../functions/src/contract/callable.js";
import { functionUrl, hostAndPort, type Endpoints } from "../suite/endpoints.js";

// A small machine has few workers, so simultaneous calls of a crowd wait long.
const CALL_TIMEOUT_MS = 120_000;

// The caller receives a refusal. Do not let the SDK print the rules' trace as well.
setLogLevel("silent");

/** One phone's Firebase client SDKs, for tests that send what no app should send. */
export interface App {
  readonly db: Firestore;
  /** The SDK instances, as the client package takes them. */
  readonly firebase: Omit<OpenAmbientOptions, "sdk"> & { readonly auth: Auth };
  /** The signed-in user. Throws while nobody is signed in. */
  readonly uid: string;
  signIn(customToken: string): Promise<void>;
  call<Request extends z.ZodType, Response extends z.ZodType>(
    contract: CallableContract<Request, Response>,
    request: z.input<Request>,
  ): Promise<z.output<Response>>;
  /** Calls with an arbitrary request, like a broken or hostile app. */
  callWith(contract: CallableContract, request: unknown): Promise<unknown>;
  close(): Promise<void>;
}

/**
 * Opens an app on the running suite. Close it, because an open app keeps the test process alive.
 */
export function openApp(endpoints: Endpoints): App {
  const firebase = initializeApp(
    { projectId: endpoints.projectId, apiKey: "local", appId: "local" },
    randomUUID(),
  );
  const auth = initializeAuth(firebase, { persistence: inMemoryPersistence });
  connectAuthEmulator(auth, `http://${endpoints.auth}`, { disableWarnings: true });
  const connected = new WeakSet<Firestore>();
  // A sign-out terminates Firestore, and the next instance must use the emulator as well.
  const openFirestore = () => {
    const db = getFirestore(firebase);
    if (!connected.has(db)) connectFirestoreEmulator(db, ...hostAndPort(endpoints.firestore));
    connected.add(db);
    return db;
  };
  const functions = getFunctions(firebase, endpoints.region);
  connectFunctionsEmulator(functions, ...hostAndPort(endpoints.functions));

  const callWith = async (contract: CallableContract, request: unknown): Promise<unknown> => {
    const answer = await httpsCallable(functions, contract.name, { timeout: CALL_TIMEOUT_MS })(
      request,
    );
    return answer.data;
  };
  return {
    get db() {
      return openFirestore();
    },
    firebase: {
      auth,
      functions,
      openFirestore,
      serverTimeUrl: functionUrl(endpoints, "serverTime"),
      callTimeoutMs: CALL_TIMEOUT_MS,
    },
    get uid() {
      if (!auth.currentUser) throw new Error("nobody is signed in");
      return auth.currentUser.uid;
    },
    async signIn(customToken) {
      await signInWithCustomToken(auth, customToken);
    },
    async call(contract, request) {
      return contract.response.parse(await callWith(contract, request));
    },
    callWith,
    async close() {
      await terminate(openFirestore());
      await deleteApp(firebase);
    },
  };
}
