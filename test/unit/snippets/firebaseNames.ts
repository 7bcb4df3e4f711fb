/** Names of an app with the Firebase JS SDK, in addition to `appNames.ts`. */
import type { FirebaseApp, FirebaseOptions } from "firebase/app";
import type { Auth } from "firebase/auth";
import type { DocumentReference, Firestore, Query } from "firebase/firestore";
import type { Functions } from "firebase/functions";

export declare const firebaseConfig: FirebaseOptions;
export declare const app: FirebaseApp;
export declare const auth: Auth;
export declare const firestore: Firestore;
export declare const functions: Functions;
export declare const reference: DocumentReference;
export declare const query: Query;
export declare function openFirestore(): Firestore;
