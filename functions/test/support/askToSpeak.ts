import { doc, serverTimestamp, setDoc } from "firebase/firestore";
import type { App } from "../../../local/clientApp/app.js";

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
