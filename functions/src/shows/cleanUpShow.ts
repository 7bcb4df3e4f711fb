import { speakRequestsRef, stageRef } from "../collections.js";
import { queries } from "../contract/queries.js";
import type { Dependencies } from "../dependencies.js";
import { select } from "../queries.js";

const PAGE = 200;

/**
 * After a show's end: closes its audio room, cancels in pages the requests to speak that are still
 * pending, and then says that nothing is left to do. Safe to repeat and to break off. AUDIO_UNAVAILABLE
 * where the room cannot be closed.
 */
export async function cleanUpShow(
  { firestore, rooms }: Pick<Dependencies, "firestore" | "rooms">,
  showId: string,
): Promise<void> {
  // The room first: until it is closed people are still heard.
  const closing = rooms.close(showId).then(
    () => null,
    (error: unknown) => ({ error }),
  );
  await cancelRequests(firestore, showId);
  const failure = await closing;
  if (failure) throw failure.error;
  await firestore.runTransaction(async (transaction) => {
    const stage = await transaction.get(stageRef(firestore, showId));
    if (stage.data()?.cleanup === "pending") transaction.update(stage.ref, { cleanup: null });
  });
}

async function cancelRequests(firestore: Dependencies["firestore"], showId: string): Promise<void> {
  const pending = select(
    speakRequestsRef(firestore, showId),
    queries.pendingSpeakRequests,
    "pending",
  );
  for (;;) {
    const { docs } = await pending.select().limit(PAGE).get();
    const batch = firestore.batch();
    for (const { ref } of docs) batch.update(ref, { status: "cancelled" });
    await batch.commit();
    if (docs.length < PAGE) return;
  }
}
