import type { z } from "zod";
import type { Caller } from "../caller.js";
import { adminRef, showRef } from "../collections.js";
import type { takeDownShow as contract } from "../contract/reports.js";
import { Refusal } from "../errors.js";
import { readTogether } from "../readTogether.js";
import { assertAdmin } from "../admins/assertAdmin.js";
import { decideCase, finishDecision, type DecidingDependencies } from "./decideCase.js";
import { readTotals } from "../shows/showTotals.js";
import { ownInitiative } from "./ownInitiative.js";

/** Takes down a show that nobody has reported. If an admin has already taken down the show, that decision stands. */
export async function takeDownShow(
  deps: DecidingDependencies,
  caller: Caller,
  { showId, reason }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const db = deps.firestore;
  const totals = await readTotals(db, showId);
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
    const evidence = ownInitiative(deps, caller, reason, { showId, show: current });
    const reportCase = { ...evidence, show, totals };
    const admin = { uid: caller.uid, record };
    const verdict = {
      decision: "show_taken_down",
      reason,
      until: null,
      action: "takeDownShow",
    } as const;
    await decideCase(deps, transaction, admin, reportCase, verdict);
    return { reportId: reportCase.ref.id, about };
  });
  await finishDecision(deps, "show_taken_down", about);
  return { reportId };
}
