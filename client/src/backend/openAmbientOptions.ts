import type { LocalClock } from "../clock/localClock.js";
import type { AmbientError } from "../errors/ambientError.js";
import type {
  AuthHandle,
  FirebaseSdk,
  FirestoreHandle,
  FunctionsHandle,
} from "../sdk/firebaseSdk.js";
import type { Connectivity } from "./connection.js";
import type { OnForeground } from "./foreground.js";

/**
 * The options of `openAmbient`. `createAmbient` derives them from a Firebase app of the JS SDK.
 *
 * @example
 * ```ts
 * const options: OpenAmbientOptions = {
 *   sdk: firebaseJs,
 *   auth: getAuth(),
 *   openFirestore: () => getFirestore(),
 *   sharesFirestore: true,
 *   functions: getFunctions(getApp(), "us-central1"),
 *   serverTimeUrl: "https://us-central1-my-project.cloudfunctions.net/serverTime",
 * };
 * ```
 */
export interface OpenAmbientOptions {
  readonly sdk: FirebaseSdk;
  readonly auth: AuthHandle;
  readonly functions: FunctionsHandle;
  /** Called at the first use, and again after each sign-out, which terminates the instance to clear its cache. */
  readonly openFirestore: () => FirestoreHandle;
  /**
   * True if the app itself uses that instance. Then signing out leaves it alone: if it has an offline cache, clearing
   * that is up to the app.
   */
  readonly sharesFirestore?: boolean;
  /** The address of the HTTP function `serverTime`. */
  readonly serverTimeUrl: string;
  /** How long a call may take, in ms; 30 s by default. */
  readonly callTimeoutMs?: number;
  /**
   * Receives errors of subscriptions without a `fail` callback, and of actions whose view has closed, except the end of a
   * stay or sign-in, which `show.presence` and `account.uid` report. By default they are reported as uncaught, like a
   * promise rejection.
   */
  readonly onError?: (error: AmbientError) => void;
  /** Whether the device has a network: what NetInfo reports in React Native. Browsers detect this automatically. */
  readonly connectivity?: Connectivity;
  /** When the app returns to the foreground: React Native's `AppState`. Browsers detect this automatically. */
  readonly onForeground?: OnForeground;
  /** The device's time, for tests. */
  readonly local?: LocalClock;
  /** The server's time, in place of a request to `serverTimeUrl`, for tests. */
  readonly fetchServerTime?: () => Promise<number>;
}
