import {
  openAmbient,
  type Ambient,
  type Connectivity,
  type OnForeground,
} from "@ambient/client/core";
import { addEventListener } from "@react-native-community/netinfo";
import { getApp, initializeApp } from "@react-native-firebase/app";
import * as auth from "@react-native-firebase/auth";
import * as firestore from "@react-native-firebase/firestore";
import * as functions from "@react-native-firebase/functions";
import { AppState, Platform } from "react-native";
import { hostAndPort, serverTimeUrl, type Config } from "../config";

/** React Native has no `navigator.onLine`. */
let hasNetwork = true;

// Once and first, so that it is right for every listener, and while there is none.
addEventListener(({ isConnected }) => {
  hasNetwork = isConnected !== false;
});

const connectivity: Connectivity = {
  isOnline: () => hasNetwork,
  subscribe: addEventListener,
};

const onForeground: OnForeground = (listener) => {
  const subscription = AppState.addEventListener("change", (state) => {
    if (state === "active") listener();
  });
  return () => {
    subscription.remove();
  };
};

/** Ambient on a phone, over React Native Firebase, which reads Google's configuration files. */
export async function openFirebase(config: Config): Promise<Ambient> {
  const { region, suite } = config;
  const app = suite ? await openSuiteApp(suite.projectId) : getApp();
  const callables = functions.getFunctions(app, region);
  if (suite) {
    auth.connectAuthEmulator(auth.getAuth(app), `http://${suite.auth}`);
    functions.connectFunctionsEmulator(callables, ...hostAndPort(suite.functions));
  }
  return openAmbient({
    sdk: { auth, firestore, functions },
    auth: auth.getAuth(app),
    functions: callables,
    openFirestore() {
      const db = firestore.getFirestore(app);
      if (suite) firestore.connectFirestoreEmulator(db, ...hostAndPort(suite.firestore));
      return db;
    },
    // The default instance. Your app may use it as well, and signing out would close it.
    sharesFirestore: true,
    serverTimeUrl: serverTimeUrl(config),
    connectivity,
    onForeground,
  });
}

/** The emulators accept any key of the right form. */
function openSuiteApp(projectId: string) {
  return initializeApp(
    {
      projectId,
      appId: `1:1234567890:${Platform.OS}:0123456789abcdef`,
      apiKey: "A".repeat(39),
      databaseURL: `https://${projectId}.firebaseio.com`,
      messagingSenderId: "1234567890",
      storageBucket: `${projectId}.appspot.com`,
    },
    "suite",
  );
}
