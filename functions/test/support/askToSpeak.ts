import { doc, serverTimestamp, setDoc } from "firebase/firestore";
import { Timestamp } from "firebase-admin/firestore";
import type { App } from "../../../local/clientApp/app.js";
import { speakRequestRef } from "../../src/collections.js";
import { firestore } from "./backstage.js";

/** Asks to speak, for the first time or again. The rules decide whether that is allowed. */
export const askToSpeak = ({ db, uid }: App, showId: string, message = "") =>
  setDoc(doc(db, `shows/${showId}/speakRequests/${uid}`), {
    uid,
    status: "pending",
    message,
    createdAt: serverTimestamp(),
    decidedAt: null,
    decidedBy: null,
  });

/** Backdates the last request, so that the rules allow the next one without a 10 s wait. */
export const waitToAskAgain = ({ uid }: App, showId: string) =>
  speakRequestRef(firestore, showId, uid).update({
    createdAt: Timestamp.fromMillis(Date.now() - 11_000),
  });
