import type { QueryDocumentSnapshot } from "firebase-admin/firestore";
import { attemptAll, attemptInTurn } from "../attemptAll.js";
import { adminsRef, suspensionsRef } from "../collections.js";
import { queries } from "../contract/queries.js";
import type { Dependencies } from "../dependencies.js";
import { eachPage } from "../eachPage.js";
import { select } from "../queries.js";
import { applySuspension, endSuspension } from "./applySuspension.js";
import { applyAdmin } from "../admins/setAdmin.js";

const PAGE = 200;

/**
 * Once a minute: completes interrupted suspensions and changes of admins, and ends the suspensions whose time is
 * over. A failure does not stop the others.
 */
export async function sweepAccounts(
  deps: Pick<
    Dependencies,
    | "firestore"
    | "clock"
    | "rooms"
    | "tasks"
    | "audienceIntervalMs"
    | "digestIntervalMs"
    | "accounts"
  >,
): Promise<void> {
  const db = deps.firestore;
  const now = new Date(deps.clock.now());
  const each = (work: (uid: string) => Promise<void>) => (page: readonly QueryDocumentSnapshot[]) =>
    attemptAll(page, ({ id }) => work(id));
  const ended = select(suspensionsRef(db), queries.endedSuspensions, now).select();
  const unapplied = select(suspensionsRef(db), queries.unappliedSuspensions, false).select();
  const admins = select(adminsRef(db), queries.unappliedAdmins, false).select();
  await attemptInTurn(
    [
      () =>
        eachPage(
          ended,
          PAGE,
          each((uid) => endSuspension(deps, uid)),
        ),
      () =>
        eachPage(
          unapplied,
          PAGE,
          each((uid) => applySuspension(deps, uid)),
        ),
      () =>
        eachPage(
          admins,
          PAGE,
          each((uid) => applyAdmin(deps, uid)),
        ),
    ],
    "some accounts do not match their documents",
  );
}
