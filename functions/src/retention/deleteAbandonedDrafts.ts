import { GrpcStatus, Timestamp } from "firebase-admin/firestore";
import { attemptAll } from "../attemptAll.js";
import { showsRef } from "../collections.js";
import { queries } from "../contract/queries.js";
import type { Dependencies } from "../dependencies.js";
import { eachPage } from "../eachPage.js";
import { hasStatus } from "../grpcStatus.js";
import { select } from "../queries.js";

const PAGE = 200;

/** Deletes the drafts that nobody has changed for long. `onShowWritten` erases what is beneath them. */
export async function deleteAbandonedDrafts(
  { firestore, clock, retention }: Pick<Dependencies, "firestore" | "clock" | "retention">,
  hasTime: () => boolean,
): Promise<void> {
  const cutoff = Timestamp.fromMillis(clock.now() - retention.draftMs);
  const drafts = select(showsRef(firestore), queries.abandonedDrafts, "draft", cutoff);
  await eachPage(
    drafts,
    PAGE,
    (page) =>
      attemptAll(page, async ({ ref, updateTime }) => {
        try {
          await ref.delete({ lastUpdateTime: updateTime });
        } catch (error) {
          // Its creator has changed or deleted it at this moment.
          if (!hasStatus(error, GrpcStatus.FAILED_PRECONDITION, GrpcStatus.NOT_FOUND)) throw error;
        }
      }),
    hasTime,
  );
}
