import type { FirebaseApp } from "firebase/app";
import { getAuth } from "firebase/auth";
import { getFirestore, type Firestore } from "firebase/firestore";
import { getFunctions, type Functions } from "firebase/functions";
import { openAmbient, type Ambient } from "./ambient.js";
import type { OpenAmbientOptions } from "./backend/openAmbientOptions.js";
import { firebaseJs } from "./sdk/firebaseJs.js";

/**
 * The options of `createAmbient`.
 *
 * @example
 * ```ts
 * const options: AmbientOptions = { app: initializeApp(firebaseConfig), region: "europe-west1" };
 * ```
 */
export interface AmbientOptions extends Pick<
  OpenAmbientOptions,
  "callTimeoutMs" | "onError" | "connectivity" | "onForeground"
> {
  readonly app: FirebaseApp;
  /** The region of the functions; us-central1 by default. */
  readonly region?: string;
  /**
   * Opens Firestore, at the first use and again after each sign-out, which terminates it to clear its cache. Use it for
   * an offline cache (`initializeFirestore`) or the emulator (`connectFirestoreEmulator`). Without it, the app's
   * default instance is used, which the app may use as well: signing out leaves it open.
   */
  readonly openFirestore?: () => Firestore;
  /** True if the app itself uses the instance that `openFirestore` returns. Then signing out leaves it open. */
  readonly sharesFirestore?: boolean;
  /** Functions that are connected to the emulator. */
  readonly functions?: Functions;
  /** The address of the function `serverTime`, for the emulator. */
  readonly serverTimeUrl?: string;
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
  sharesFirestore = openFirestore === undefined,
  functions = getFunctions(app, region),
  serverTimeUrl = `https://${region}-${app.options.projectId ?? ""}.cloudfunctions.net/serverTime`,
  ...others
}: AmbientOptions): Ambient {
  return openAmbient({
    ...others,
    sdk: firebaseJs,
    auth: getAuth(app),
    openFirestore: openFirestore ?? (() => getFirestore(app)),
    sharesFirestore,
    functions,
    serverTimeUrl,
  });
}
