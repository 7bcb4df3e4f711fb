import type { FirebaseApp } from "firebase/app";
import { getAuth } from "firebase/auth";
import { getFirestore, type Firestore } from "firebase/firestore";
import { getFunctions, type Functions } from "firebase/functions";
import { openAmbient, type Ambient } from "./ambient.js";
import type { AmbientError } from "./errors/ambientError.js";
import { firebaseJs } from "./sdk/firebaseJs.js";

/**
 * The options of `createAmbient`.
 *
 * @example
 * ```ts
 * const options: AmbientOptions = { app: initializeApp(firebaseConfig), region: "europe-west1" };
 * ```
 */
export interface AmbientOptions {
  readonly app: FirebaseApp;
  /** The region of the functions; us-central1 by default. */
  readonly region?: string;
  /**
   * Opens Firestore, at the first use and again after each sign-out, which terminates it to clear its cache. Use it for
   * an offline cache (`initializeFirestore`) or the emulator (`connectFirestoreEmulator`). Without it, the app's
   * default instance is used, which the app may use as well: signing out leaves it open.
   */
  readonly openFirestore?: () => Firestore;
  /** Functions that are connected to the emulator. */
  readonly functions?: Functions;
  /** The address of the function `serverTime`, for the emulator. */
  readonly serverTimeUrl?: string;
  /** How long a call may take, in ms; 30 s by default. */
  readonly callTimeoutMs?: number;
  /**
   * Receives, for the app's log, the error of a subscription that does not listen for it, and of an action whose view has
   * closed. The end of a stay or of a sign-in is no such error: `show.presence` and `account.uid` report it. By default an
   * error is reported as uncaught, as that of a promise would be.
   */
  readonly onError?: (error: AmbientError) => void;
}

/**
 * Opens Ambient over the Firebase JS SDK.
 *
 * @example
 * ```ts
 * import { initializeApp } from "firebase/app";
 * import { createAmbient } from "@ambient/client";
 *
 * const ambient = createAmbient({ app: initializeApp(firebaseConfig) });
 * ```
 */
export function createAmbient({
  app,
  region = "us-central1",
  openFirestore,
  functions = getFunctions(app, region),
  serverTimeUrl = `https://${region}-${app.options.projectId ?? ""}.cloudfunctions.net/serverTime`,
  callTimeoutMs,
  onError,
}: AmbientOptions): Ambient {
  return openAmbient({
    sdk: firebaseJs,
    auth: getAuth(app),
    openFirestore: openFirestore ?? (() => getFirestore(app)),
    sharesFirestore: openFirestore === undefined,
    functions,
    serverTimeUrl,
    ...(callTimeoutMs !== undefined && { callTimeoutMs }),
    ...(onError && { onError }),
  });
}
