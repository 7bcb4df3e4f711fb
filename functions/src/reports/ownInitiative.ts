import { Timestamp } from "firebase-admin/firestore";
import type { Caller } from "../caller.js";
import { reportRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import type { Matter } from "./decideMatter.js";
import { openReport, reportedContent } from "./openReport.js";

/**
 * The report of an admin who acts without one, so that every decision has its evidence and can be appealed in the same
 * way. It is written with the decision.
 */
export function ownInitiative(
  { firestore, clock, newId }: Pick<Dependencies, "firestore" | "clock" | "newId">,
  caller: Caller,
  reason: string,
  named: Parameters<typeof reportedContent>[0],
): Pick<Matter, "ref" | "report"> {
  const { showId, commentId, uid } = named;
  const content = reportedContent(named);
  if (!content.about) throw new Error("an admin acts on something that is there");
  const filed = {
    reporterUid: caller.uid,
    ...(showId !== undefined && { showId }),
    ...(commentId !== undefined && { commentId }),
    ...(uid !== undefined && { uid }),
    reason,
    category: "other" as const,
    createdAt: Timestamp.fromMillis(clock.now()),
  };
  const report = {
    ...openReport(filed, content),
    about: content.about,
    isOwnInitiative: true,
  };
  return { ref: reportRef(firestore, newId()), report };
}
