import { Timestamp } from "firebase-admin/firestore";
import type { z } from "zod";
import type { Caller } from "../caller.js";
import { showRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { Refusal } from "../errors.js";
import { lifecycleStep } from "./lifecycle.js";
import type { cancelShow as contract } from "../contract/shows.js";

/** Cancels a show that has not started, for good. */
export async function cancelShow(
  deps: Pick<Dependencies, "firestore" | "clock">,
  caller: Pick<Caller, "uid">,
  { showId }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const ref = showRef(deps.firestore, showId);
  await deps.firestore.runTransaction(async (transaction) => {
    const show = (await transaction.get(ref)).data();
    if (!show) throw new Refusal("SHOW_NOT_FOUND");
    if (show.creatorUid !== caller.uid) throw new Refusal("NOT_CREATOR");
    if (lifecycleStep("cancel", show.status) === "done") return;
    transaction.update(ref, {
      status: "cancelled",
      updatedAt: Timestamp.fromMillis(deps.clock.now()),
    });
  });
  return { status: "cancelled" };
}
