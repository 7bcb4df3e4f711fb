import { doc, serverTimestamp, setDoc } from "firebase/firestore";
import { Timestamp } from "firebase-admin/firestore";
import type { App } from "../../../local/clientApp/app.js";
import { speakRequestRef } from "../../src/collections.js";
import { firestore } from "./backstage.js";

/** Asks to speak, or asks again, whether one may or not: the rules decide. */
export const askToSpeak = ({ db, uid }: App, showId: string, message = "") =>
  setDoc(doc(db, `shows/${showId}/speakRequests/${uid}`), {
    uid,
    status: "pending",
    message,
    createdAt: serverTimestamp(),
    decidedAt: null,
    decidedBy: null,
  });

/** Moves the last request back in time, so that the rules' 10 seconds between two are over. */
export const waitToAskAgain = ({ uid }: App, showId: string) =>
  speakRequestRef(firestore, showId, uid).update({
    createdAt: Timestamp.fromMillis(Date.now() - 11_000),
  });
