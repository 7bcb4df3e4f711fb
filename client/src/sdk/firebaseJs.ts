import { onAuthStateChanged, signInWithCustomToken, signOut } from "firebase/auth";
import {
  clearIndexedDbPersistence,
  collection,
  doc,
  getDoc,
  getDocs,
  limit,
  onSnapshot,
  orderBy,
  query,
  runTransaction,
  serverTimestamp,
  setDoc,
  startAfter,
  terminate,
  where,
} from "firebase/firestore";
import { httpsCallable } from "firebase/functions";
import type { FirebaseSdk } from "./firebaseSdk.js";

/**
 * The Firebase JS SDK, as `openAmbient` takes it. Each function is listed, so that bundlers drop the rest of
 * Firebase.
 *
 * @example
 * ```ts
 * const ambient = openAmbient({ sdk: firebaseJs, auth, openFirestore, functions, serverTimeUrl });
 * ```
 */
export const firebaseJs: FirebaseSdk = {
  auth: { signInWithCustomToken, signOut, onAuthStateChanged },
  firestore: {
    doc,
    collection,
    query,
    where,
    orderBy,
    limit,
    startAfter,
    getDoc,
    getDocs,
    onSnapshot,
    setDoc,
    runTransaction,
    serverTimestamp,
    terminate,
    clearIndexedDbPersistence,
  },
  functions: { httpsCallable },
};
