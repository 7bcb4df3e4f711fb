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
 * Sends comments of one account at the same moment. A crowd goes through the lite SDK: hundreds of
 * clients with a connection each would take the machine longer than the rules.
 */
export async function sendAtOnce(author: Persona, ids: readonly string[]): Promise<void> {
  // Half of the writes are meant to be refused.
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
