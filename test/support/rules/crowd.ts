import { deleteApp, initializeApp } from "firebase/app";
import {
  connectFirestoreEmulator,
  doc,
  getFirestore,
  serverTimestamp,
  setLogLevel,
  writeBatch,
} from "firebase/firestore/lite";
import { newComment, paths } from "./builders.js";
import type { Persona } from "./personas.js";
import { emulator, projectId } from "./world.js";

/**
 * Sends several comments of one account at the same moment. It uses the lite SDK, because hundreds
 * of clients with their own connections would overload the machine.
 */
export async function sendAtOnce(author: Persona, ids: readonly string[]): Promise<void> {
  // The rules should refuse half of these writes.
  setLogLevel("silent");
  const app = initializeApp({ projectId }, `crowd ${author.uid}`);
  const db = getFirestore(app);
  const { host, port } = emulator();
  connectFirestoreEmulator(db, host, port, { mockUserToken: { user_id: author.uid } });
  const sent = ids.map((id) =>
    writeBatch(db)
      .set(doc(db, paths.comment(id)), newComment(author, { createdAt: serverTimestamp() }))
      .set(doc(db, paths.activity(author)), {
        lastCommentAt: serverTimestamp(),
        lastCommentId: id,
      })
      .commit(),
  );
  await Promise.allSettled(sent);
  await deleteApp(app);
}
