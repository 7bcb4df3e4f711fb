import { Timestamp } from "firebase-admin/firestore";
import { attemptAll } from "../attemptAll.js";
import { showRef, showsRef, suspensionRef } from "../collections.js";
import { queries } from "../contract/queries.js";
import type { Dependencies } from "../dependencies.js";
import { eachPage } from "../eachPage.js";
import { isSuspended } from "../identity/assertNotSuspended.js";
import { select } from "../queries.js";

const PAGE = 200;

type SettlingDependencies = Pick<Dependencies, "firestore" | "clock">;

/**
 * Takes a suspended person's public shows out of every list and search, and puts them back once the suspension is
 * over. Safe to repeat or interrupt.
 */
export async function settleShowsOf(deps: SettlingDependencies, uid: string): Promise<void> {
  const shows = showsRef(deps.firestore);
  const theirs = select(shows, queries.showsInVisibility, uid, ["public", "withheld"]).select();
  await eachPage(theirs, PAGE, (page) => attemptAll(page, ({ id }) => settleShow(deps, id)));
}

/** The same for one show, whose appeal may have made it public again. */
export async function settleShow(
  { firestore: db, clock }: SettlingDependencies,
  showId: string,
): Promise<void> {
  await db.runTransaction(async (transaction) => {
    const show = await transaction.get(showRef(db, showId));
    const data = show.data();
    if (data?.visibility !== "public" && data?.visibility !== "withheld") return;
    const suspension = await transaction.get(suspensionRef(db, data.creatorUid));
    const now = clock.now();
    const visibility = isSuspended(suspension.data(), now) ? "withheld" : "public";
    if (data.visibility === visibility) return;
    transaction.update(show.ref, { visibility, updatedAt: Timestamp.fromMillis(now) });
  });
}
