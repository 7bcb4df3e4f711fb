import { Timestamp, type DocumentSnapshot, type Transaction } from "firebase-admin/firestore";
import type { CommentDocument } from "../contract/comments.js";
import type { UserDocument } from "../contract/identity.js";
import type { ReportSnapshot } from "../contract/reports.js";
import type { Dependencies } from "../dependencies.js";
import type { Profile } from "./readCase.js";

/** Hides a comment so that its show's hosts cannot show it again. The comment's own event updates the feed. */
export function hideAsAdmin(
  transaction: Transaction,
  comment: DocumentSnapshot<CommentDocument>,
  reportId: string,
): void {
  if (comment.exists) transaction.update(comment.ref, { hidden: true, hiddenByReport: reportId });
}

/** Empties what a person wrote in their profile. Their name and picture are Spotify's. */
export function emptyProfile(
  deps: Pick<Dependencies, "clock">,
  transaction: Transaction,
  profile: Profile,
): void {
  writeProfile(deps, transaction, profile, { bio: "", links: [], supportLink: "" });
}

/** Restores the profile, unless the person has edited it since. */
export function restoreProfile(
  deps: Pick<Dependencies, "clock">,
  transaction: Transaction,
  profile: Profile,
  before: ReportSnapshot["profile"],
): void {
  const now = profile.user.data() ?? profile.deletion.data()?.profile;
  const isEdited = now?.bio !== "" || now.links.length > 0 || (now.supportLink ?? "") !== "";
  if (!before || isEdited) return;
  const { bio, links, supportLink = "" } = before;
  writeProfile(deps, transaction, profile, { bio, links, supportLink });
}

/** While a deletion is pending, the profile is there, and returns if it is cancelled. */
function writeProfile(
  { clock }: Pick<Dependencies, "clock">,
  transaction: Transaction,
  { user, deletion }: Profile,
  content: Pick<UserDocument, "bio" | "links" | "supportLink">,
): void {
  const updatedAt = Timestamp.fromMillis(clock.now());
  const withdrawn = deletion.data()?.profile;
  if (user.exists) transaction.update(user.ref, { ...content, updatedAt });
  else if (withdrawn) {
    transaction.update(deletion.ref, { profile: { ...withdrawn, ...content, updatedAt } });
  }
}
