import { Timestamp } from "firebase-admin/firestore";
import { attemptAll } from "../attemptAll.js";
import { showsRef } from "../collections.js";
import { queries } from "../contract/queries.js";
import type { Dependencies } from "../dependencies.js";
import { eachPage } from "../eachPage.js";
import { select } from "../queries.js";
import { startExpiry } from "../shows/startExpiry.js";

const PAGE = 200;

/** Cancels the scheduled shows that nobody started in time, so that they do not clutter discovery. */
export async function cancelNoShows(
  { firestore, clock, retention }: Pick<Dependencies, "firestore" | "clock" | "retention">,
  hasTime: () => boolean,
): Promise<void> {
  const now = Timestamp.fromMillis(clock.now());
  const cutoff = Timestamp.fromMillis(clock.now() - retention.scheduledMs);
  const overdue = select(showsRef(firestore), queries.overdueShows, "scheduled", cutoff);
  const cancelled = { status: "cancelled", endReason: "no_show", updatedAt: now } as const;
  await eachPage(
    overdue,
    PAGE,
    (page) =>
      attemptAll(page, ({ ref }) =>
        firestore.runTransaction(async (transaction) => {
          const show = (await transaction.get(ref)).data();
          // Its creator may have started, postponed or cancelled it at the same moment.
          const isOverdue =
            show?.status === "scheduled" &&
            show.scheduledFor !== null &&
            show.scheduledFor.toMillis() <= cutoff.toMillis();
          if (!isOverdue) return;
          transaction.update(ref, cancelled);
          startExpiry(transaction, firestore, ref.id, now);
        }),
      ),
    hasTime,
  );
}
