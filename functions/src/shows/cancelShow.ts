import { Timestamp } from "firebase-admin/firestore";
import type { z } from "zod";
import type { Caller } from "../caller.js";
import { showRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { Refusal } from "../errors.js";
import { lifecycleStep } from "./lifecycle.js";
import { startExpiry } from "./startExpiry.js";
import type { cancelShow as contract } from "../contract/shows.js";

/** Cancels a show that has not started, for good. */
export async function cancelShow(
  deps: Pick<Dependencies, "firestore" | "clock">,
  caller: Pick<Caller, "uid">,
  { showId }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const db = deps.firestore;
  const ref = showRef(db, showId);
  await db.runTransaction(async (transaction) => {
    const show = (await transaction.get(ref)).data();
    if (!show) throw new Refusal("SHOW_NOT_FOUND");
    if (show.creatorUid !== caller.uid) throw new Refusal("NOT_CREATOR");
    if (lifecycleStep("cancel", show.status) === "done") return;
    const now = Timestamp.fromMillis(deps.clock.now());
    transaction.update(ref, { status: "cancelled", updatedAt: now });
    startExpiry(transaction, db, showId, now);
  });
  return { status: "cancelled" };
}
