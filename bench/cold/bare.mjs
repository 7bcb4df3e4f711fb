import { getApps, initializeApp } from "firebase-admin/app";
import { getFirestore } from "firebase-admin/firestore";
import { onCall } from "firebase-functions/https";

// The minimal callable with Firestore, as the baseline for all others.
const firestore = getFirestore(getApps()[0] ?? initializeApp());

export const bare = onCall(async ({ data }) => {
  const show = await firestore.doc(`shows/${data.showId}`).get();
  return { exists: show.exists };
});
