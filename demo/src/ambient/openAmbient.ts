import { createAmbient, type Ambient } from "@ambient/client";
import { initializeApp } from "firebase/app";
import { connectAuthEmulator, getAuth } from "firebase/auth";
import { connectFirestoreEmulator, getFirestore } from "firebase/firestore";
import { connectFunctionsEmulator, getFunctions } from "firebase/functions";
import type { Suite } from "../suite/suite.js";

/** An emulator on two cores starts slowly. The default of 30 s suits production. */
const CALL_TIMEOUT_MS = 60_000;

/**
 * Opens Ambient for one person. Auth stores the sign-in under the app's name, so several people can use one
 * browser.
 */
export function openAmbient(suite: Suite, slot: string): Ambient {
  const { projectId, region } = suite;
  const app = initializeApp({ projectId, apiKey: "local", appId: "local" }, slot);
  const functions = getFunctions(app, region);
  connectAuthEmulator(getAuth(app), `http://${suite.auth}`, { disableWarnings: true });
  connectFunctionsEmulator(functions, ...hostAndPort(suite.functions));
  return createAmbient({
    app,
    functions,
    openFirestore() {
      const firestore = getFirestore(app);
      connectFirestoreEmulator(firestore, ...hostAndPort(suite.firestore));
      return firestore;
    },
    serverTimeUrl: `http://${suite.functions}/${projectId}/${region}/serverTime`,
    callTimeoutMs: CALL_TIMEOUT_MS,
  });
}

function hostAndPort(address: string): [host: string, port: number] {
  const { hostname, port } = new URL(`http://${address}`);
  return [hostname, Number(port)];
}
