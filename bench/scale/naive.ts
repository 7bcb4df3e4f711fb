import {
  collection,
  doc,
  limit,
  onSnapshot,
  orderBy,
  query,
  serverTimestamp,
  setDoc,
  where,
} from "firebase/firestore";
import { joinShow } from "../../functions/src/contract/audience.js";
import type { App } from "../../local/clientApp/app.js";
import { type Screen, wallClock } from "./screen.js";

const HEARTBEAT_MS = 30_000;
const COMMENTS = 50;

/**
 * The obvious first design: every phone subscribes to the latest comments and the show's documents,
 * and sends a heartbeat every 30 s. The audience is in the show document.
 */
export async function followNaively(app: App, showId: string, screen: Screen): Promise<() => void> {
  await app.call(joinShow, { showId });
  const { db, uid } = app;
  const show = `shows/${showId}`;
  const seen = () => {
    const activity = doc(db, `${show}/activity/${uid}`);
    // A heartbeat that arrives after the show does not matter.
    setDoc(activity, { seenAt: serverTimestamp() }, { merge: true }).catch(() => undefined);
  };
  seen();
  const heartbeat = setInterval(seen, HEARTBEAT_MS);
  const documents = [
    show,
    `${show}/participants/${uid}`,
    `${show}/playback/now`,
    `${show}/playlist/current`,
  ];
  const stops = documents.map((path) => onSnapshot(doc(db, path), () => undefined));
  stops.push(followComments(app, showId, screen));
  return () => {
    clearInterval(heartbeat);
    for (const stop of stops) stop();
  };
}

/** Subscribes to a show's newest comments with Firestore's SDK alone. */
export function followComments({ db }: App, showId: string, screen: Screen): () => void {
  const newest = query(
    collection(db, `shows/${showId}/comments`),
    where("hidden", "==", false),
    orderBy("createdAt", "desc"),
    limit(COMMENTS),
  );
  return onSnapshot(newest, ({ docs }) => {
    const comments = docs.map((comment) => ({ id: comment.id, text: String(comment.get("text")) }));
    screen.show(comments, wallClock());
  });
}
