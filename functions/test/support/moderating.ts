import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { adminRef, auditsRef, commentRef, reportRef } from "../../src/collections.js";
import type { AuditDocument } from "../../src/contract/admins.js";
import { noticeDocument, type NoticeDocument } from "../../src/contract/notices.js";
import type { ReportDocument } from "../../src/contract/reports.js";
import { somebody, type Person } from "./backstage.js";

/** Revokes the role by the document alone, so that the ID token still has the claim. */
export async function dismiss(firestore: Firestore, { uid }: Person): Promise<void> {
  const at = Timestamp.now();
  const record = { uid, isAdmin: false, by: "operator", line: uid, at, isApplied: true };
  await adminRef(firestore, uid).set(record);
}

/** What moderation has written, and what it acts on. */
export interface Moderating {
  readonly admin: Person;
  readonly second: Person;
  comment(showId: string, commentId: string, author: Person, text?: string): Promise<void>;
  report(reportId: string): Promise<ReportDocument | undefined>;
  /** The person's notices with their ids, the oldest first. */
  notices(person: Person): Promise<(NoticeDocument & { readonly id: string })[]>;
  /** What these people did as admins, the oldest first. */
  audit(): Promise<AuditDocument[]>;
}

export async function moderating(firestore: Firestore): Promise<Moderating> {
  const [admin, second] = await Promise.all([
    somebody("Mo", firestore),
    somebody("Max", firestore),
  ]);
  const admins = [admin.uid, second.uid, "operator"];
  return {
    admin,
    second,
    async comment(showId, commentId, { uid, displayName, photoUrl }, text = "Boo") {
      await commentRef(firestore, showId, commentId).set({
        authorUid: uid,
        author: { displayName, photoUrl },
        text,
        createdAt: Timestamp.now(),
        hidden: false,
      });
    },
    report: async (reportId) => (await reportRef(firestore, reportId).get()).data(),
    async notices({ uid }) {
      const { docs } = await firestore.collection(`users/${uid}/notices`).get();
      return docs
        .map((found) => ({ ...noticeDocument.parse(found.data()), id: found.id }))
        .sort((a, b) => a.createdAt.toMillis() - b.createdAt.toMillis());
    },
    async audit() {
      const { docs } = await auditsRef(firestore).where("by", "in", admins).get();
      return docs.map((entry) => entry.data()).sort((a, b) => a.at.toMillis() - b.at.toMillis());
    },
  };
}
