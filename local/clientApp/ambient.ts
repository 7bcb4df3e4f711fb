import { deleteApp, initializeApp } from "firebase/app";
import { connectAuthEmulator, inMemoryPersistence, initializeAuth } from "firebase/auth";
import { connectFirestoreEmulator, getFirestore } from "firebase/firestore";
import { connectFunctionsEmulator, getFunctions } from "firebase/functions";
import { randomUUID } from "node:crypto";
import { openAmbient, type Ambient } from "../../client/src/ambient.js";
import { firebaseJs } from "../../client/src/sdk/firebaseJs.js";
import type { FirebaseSdk } from "../../client/src/sdk/firebaseSdk.js";
import { hostAndPort, type Endpoints } from "../suite/endpoints.js";
import { authorizeAt } from "./signIn.js";

// A crowd that calls at once waits long for the few workers of a small machine.
const CALL_TIMEOUT_MS = 120_000;

/** The client package on one phone, on the running suite. */
export interface Phone {
  readonly ambient: Ambient;
  readonly uid: string;
  close(): Promise<void>;
}

/** A persona's phone, signed in the way everybody signs in. */
export async function phoneOf(
  endpoints: Endpoints,
  persona: string,
  sdk: FirebaseSdk = firebaseJs,
): Promise<Phone> {
  const app = initializeApp(
    { projectId: endpoints.projectId, apiKey: "local", appId: "local" },
    randomUUID(),
  );
  const auth = initializeAuth(app, { persistence: inMemoryPersistence });
  connectAuthEmulator(auth, `http://${endpoints.auth}`, { disableWarnings: true });
  const functions = getFunctions(app, endpoints.region);
  connectFunctionsEmulator(functions, ...hostAndPort(endpoints.functions));
  const ambient = openAmbient({
    sdk,
    auth,
    functions,
    openFirestore() {
      const db = getFirestore(app);
      connectFirestoreEmulator(db, ...hostAndPort(endpoints.firestore));
      return db;
    },
    serverTimeUrl: `http://${endpoints.functions}/${endpoints.projectId}/${endpoints.region}/serverTime`,
    callTimeoutMs: CALL_TIMEOUT_MS,
  });
  const { uid } = await ambient.account.signIn(await authorizeAt(endpoints, persona));
  return {
    ambient,
    uid,
    async close() {
      await ambient.account.signOut();
      ambient.close();
      await deleteApp(app);
    },
  };
}
