import { doc, serverTimestamp, setDoc, updateDoc } from "firebase/firestore";
import type { App } from "./app.js";

/** What the tests of the server write by hand, where it is the rules or the functions that are asked. */

/** Asks to speak, or asks again. */
export const askToSpeak = (app: App, showId: string, message = "") =>
  setDoc(doc(app.db, `shows/${showId}/speakRequests/${app.uid}`), {
    uid: app.uid,
    status: "pending",
    message,
    createdAt: serverTimestamp(),
    decidedAt: null,
    decidedBy: null,
  });

export const giveUpAsking = (app: App, showId: string) =>
  updateDoc(doc(app.db, `shows/${showId}/speakRequests/${app.uid}`), { status: "cancelled" });

/** A sign of life: at most each 20 s. */
export const beSeen = (app: App, showId: string) =>
  setDoc(
    doc(app.db, `shows/${showId}/activity/${app.uid}`),
    { seenAt: serverTimestamp() },
    { merge: true },
  );
