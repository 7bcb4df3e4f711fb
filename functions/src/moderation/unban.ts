import type { z } from "zod";
import type { Caller } from "../caller.js";
import { banRef, participantRef, showRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { readTogether } from "../readTogether.js";
import { hosting } from "../stage/authority.js";
import type { unban as contract } from "../contract/moderation.js";

/** Lifts a ban, if there is one. */
export async function unban(
  deps: Pick<Dependencies, "firestore">,
  caller: Caller,
  { showId, uid }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const db = deps.firestore;
  await db.runTransaction(async (transaction) => {
    const [show, participant] = await readTogether(
      transaction,
      showRef(db, showId),
      participantRef(db, showId, caller.uid),
    );
    hosting(show.data(), participant.data(), caller.uid);
    transaction.delete(banRef(db, showId, uid));
  });
  return {};
}
