import type { z } from "zod";
import type { Caller } from "../caller.js";
import { adminRef, showRef } from "../collections.js";
import type { takeDownShow as contract } from "../contract/reports.js";
import { Refusal } from "../errors.js";
import { readTogether } from "../readTogether.js";
import { assertAdmin, assertClaimsAdmin } from "../admins/assertAdmin.js";
import { decideMatter, finishDecision, type DecidingDependencies } from "./decideMatter.js";
import { ownInitiative } from "./ownInitiative.js";

/** Takes down a show that nobody has reported. A show that an admin has taken down before keeps that decision. */
export async function takeDownShow(
  deps: DecidingDependencies,
  caller: Caller,
  { showId, reason }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  assertClaimsAdmin(caller);
  const db = deps.firestore;
  const { reportId, about } = await db.runTransaction(async (transaction) => {
    const [record, show] = await readTogether(
      transaction,
      adminRef(db, caller.uid),
      showRef(db, showId),
    );
    assertAdmin(caller, record);
    const current = show.data();
    if (!current) throw new Refusal("SHOW_NOT_FOUND");
    const about = { uid: current.creatorUid, showId };
    if (current.takenDown) return { reportId: current.takenDown.reportId, about };
    const matter = { ...ownInitiative(deps, caller, reason, { showId, show: current }), show };
    const admin = { uid: caller.uid, record };
    const wanted = {
      decision: "show_taken_down",
      reason,
      until: null,
      action: "takeDownShow",
    } as const;
    await decideMatter(deps, transaction, admin, matter, wanted);
    return { reportId: matter.ref.id, about };
  });
  await finishDecision(deps, "show_taken_down", about);
  return { reportId };
}
