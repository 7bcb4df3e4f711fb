/**
 * Ambient over React Native Firebase. `npm run test:pack` holds it against its published types, in a
 * project of its own: react-native itself is far too large to be a development dependency here.
 */
import { openAmbient, type FirebaseSdk } from "@ambient/client/core";
import { getApp } from "@react-native-firebase/app";
import * as auth from "@react-native-firebase/auth";
import * as firestore from "@react-native-firebase/firestore";
import * as functions from "@react-native-firebase/functions";

const sdk: FirebaseSdk = { auth, firestore, functions };

export const ambient = openAmbient({
  sdk,
  auth: auth.getAuth(),
  openFirestore: () => firestore.getFirestore(),
  functions: functions.getFunctions(getApp(), "us-central1"),
  serverTimeUrl: "https://us-central1-my-project.cloudfunctions.net/serverTime",
});
