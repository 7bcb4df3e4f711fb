import { createAmbient, type Ambient } from "@ambient/client";
import { initializeApp, type FirebaseOptions } from "firebase/app";
import { connectAuthEmulator, getAuth } from "firebase/auth";
import { connectFirestoreEmulator, getFirestore } from "firebase/firestore";
import { connectFunctionsEmulator, getFunctions } from "firebase/functions";
import { hostAndPort, serverTimeUrl, type Config } from "../config";

/** Ambient on the web, over the Firebase JS SDK. */
export function openFirebase(config: Config): Promise<Ambient> {
  const { firebaseWeb, projectId, region, suite } = config;
  const app = initializeApp(
    suite ? { projectId, apiKey: "local", appId: "local" } : optionsOf(firebaseWeb),
  );
  const functions = getFunctions(app, region);
  if (suite) {
    connectAuthEmulator(getAuth(app), `http://${suite.auth}`, { disableWarnings: true });
    connectFunctionsEmulator(functions, ...hostAndPort(suite.functions));
  }
  const ambient = createAmbient({
    app,
    functions,
    openFirestore() {
      const firestore = getFirestore(app);
      if (suite) connectFirestoreEmulator(firestore, ...hostAndPort(suite.firestore));
      return firestore;
    },
    // The default instance. Your app may use it as well, and signing out would close it.
    sharesFirestore: true,
    serverTimeUrl: serverTimeUrl(config),
  });
  return Promise.resolve(ambient);
}

function optionsOf(text: string): FirebaseOptions {
  // oxlint-disable-next-line typescript/no-unsafe-return -- from the Firebase console
  return JSON.parse(text);
}
