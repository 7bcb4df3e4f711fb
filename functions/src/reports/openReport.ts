import type { CommentDocument } from "../contract/comments.js";
import type { DecisionSubject, ReportCategory } from "../contract/decisions.js";
import type { UserDocument } from "../contract/identity.js";
import { ORDINARY, URGENT, type ReportDocument, type ReportSnapshot } from "../contract/reports.js";
import type { ShowDocument } from "../contract/shows.js";

const URGENT_CATEGORIES: readonly ReportCategory[] = ["imminent_harm", "child_safety"];

/** What a report names, as the transaction has read it. */
interface Named {
  readonly showId?: string | undefined;
  readonly commentId?: string | undefined;
  readonly uid?: string | undefined;
  readonly show?: ShowDocument | undefined;
  readonly comment?: CommentDocument | undefined;
  readonly user?: UserDocument | undefined;
}

export type ReportedContent = Pick<ReportDocument, "about" | "snapshot">;

/** A copy of what is reported, which survives its deletion: the comment, else the person's profile, else the show. */
export function reportedContent(named: Named): ReportedContent {
  const about = subjectOf(named);
  return { about, snapshot: snapshotOf(about.kind, named) };
}

function subjectOf({ showId, commentId, uid, show, comment, user }: Named): DecisionSubject {
  const place = { showId: showId ?? null, commentId: commentId ?? null };
  if (comment) {
    return { kind: "comment", uid: comment.authorUid, ...place, excerpt: comment.text };
  }
  if (uid !== undefined && user) {
    return { kind: "profile", uid, ...place, excerpt: user.displayName };
  }
  if (show) return { kind: "show", uid: show.creatorUid, ...place, excerpt: show.title };
  throw new Error("a report is about something that exists");
}

/** Leaves out the show if it is only where something happened: its creator is not concerned. */
function snapshotOf(kind: DecisionSubject["kind"], { show, comment, user }: Named): ReportSnapshot {
  return {
    comment: comment
      ? { authorUid: comment.authorUid, author: comment.author, text: comment.text }
      : null,
    profile: user
      ? {
          displayName: user.displayName,
          photoUrl: user.photoUrl,
          bio: user.bio,
          links: user.links,
          ...(user.supportLink !== undefined && { supportLink: user.supportLink }),
        }
      : null,
    show:
      show && kind === "show"
        ? {
            creatorUid: show.creatorUid,
            creator: show.creator,
            title: show.title,
            description: show.description,
          }
        : null,
  };
}

type Filed = Pick<ReportDocument, "reporterUid" | "reason" | "category" | "createdAt"> &
  Partial<Pick<ReportDocument, "showId" | "commentId" | "uid">>;

/** A report that nobody has decided yet. */
export function openReport(filed: Filed, content: ReportedContent): ReportDocument {
  return {
    ...filed,
    ...content,
    state: "open",
    priority: URGENT_CATEGORIES.includes(filed.category) ? URGENT : ORDINARY,
    isOwnInitiative: false,
    decided: null,
    appeals: [],
    appealDecided: null,
    isWithdrawn: false,
    expiresAt: null,
  };
}
