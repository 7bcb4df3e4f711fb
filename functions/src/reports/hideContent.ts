import {
  FieldValue,
  Timestamp,
  type DocumentSnapshot,
  type Transaction,
} from "firebase-admin/firestore";
import type { CommentDocument } from "../contract/comments.js";
import type { UserDocument } from "../contract/identity.js";
import type { ReportSnapshot } from "../contract/reports.js";
import type { Dependencies } from "../dependencies.js";

/** Hides a comment so that its show's hosts cannot show it again. The feed follows by the comment's own event. */
export function hideAsAdmin(
  transaction: Transaction,
  comment: DocumentSnapshot<CommentDocument>,
  reportId: string,
): void {
  if (comment.exists) transaction.update(comment.ref, { hidden: true, hiddenByReport: reportId });
}

/** Shows it again, if this report hid it. */
export function showAgain(
  transaction: Transaction,
  comment: DocumentSnapshot<CommentDocument>,
  reportId: string,
): void {
  if (comment.data()?.hiddenByReport !== reportId) return;
  transaction.update(comment.ref, { hidden: false, hiddenByReport: FieldValue.delete() });
}

/** Empties what a person wrote in their profile. Their name and picture are Spotify's. */
export function emptyProfile(
  { clock }: Pick<Dependencies, "clock">,
  transaction: Transaction,
  user: DocumentSnapshot<UserDocument>,
): void {
  if (!user.exists) return;
  const updatedAt = Timestamp.fromMillis(clock.now());
  transaction.update(user.ref, { bio: "", links: [], updatedAt });
}

/** Gives back what it contained, unless the person has written something new since. */
export function restoreProfile(
  { clock }: Pick<Dependencies, "clock">,
  transaction: Transaction,
  user: DocumentSnapshot<UserDocument>,
  before: ReportSnapshot["profile"],
): void {
  const now = user.data();
  if (!now || !before || now.bio !== "" || now.links.length > 0) return;
  const updatedAt = Timestamp.fromMillis(clock.now());
  transaction.update(user.ref, { bio: before.bio, links: before.links, updatedAt });
}
