/**
 * Ambient over React Native Firebase. `example/mobile` also passes `onForeground`, from React Native's `AppState`.
 * `npm run test:pack` checks it against the published types in a separate project, because react-native is too large for a
 * development dependency here.
 */
import { openAmbient, type Connectivity, type FirebaseSdk } from "@ambient/client/core";
import { addEventListener } from "@react-native-community/netinfo";
import { getApp } from "@react-native-firebase/app";
import * as auth from "@react-native-firebase/auth";
import * as firestore from "@react-native-firebase/firestore";
import * as functions from "@react-native-firebase/functions";

const sdk: FirebaseSdk = { auth, firestore, functions };

let hasNetwork = true;
/** React Native has no `navigator.onLine`. NetInfo calls a new listener at once. */
const connectivity: Connectivity = {
  isOnline: () => hasNetwork,
  subscribe: (listener) =>
    addEventListener(({ isConnected }) => {
      hasNetwork = isConnected !== false;
      listener();
    }),
};

export const ambient = openAmbient({
  sdk,
  auth: auth.getAuth(),
  openFirestore: () => firestore.getFirestore(),
  functions: functions.getFunctions(getApp(), "us-central1"),
  serverTimeUrl: "https://us-central1-my-project.cloudfunctions.net/serverTime",
  connectivity,
});
