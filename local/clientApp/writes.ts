import {
  deleteDoc,
  doc,
  getDoc,
  serverTimestamp,
  setDoc,
  Timestamp,
  updateDoc,
  writeBatch,
  type DocumentData,
} from "firebase/firestore";
import { randomUUID } from "node:crypto";
import { personCard, type PersonCard } from "../../functions/src/contract.js";
import type { App } from "./app.js";

/** What the app writes directly: the rules judge each of it. */

export async function draftShow(app: App, title: string): Promise<string> {
  const showId = randomUUID();
  await setDoc(doc(app.db, "shows", showId), {
    creatorUid: app.uid,
    creator: await cardIn(app, `users/${app.uid}`),
    title,
    description: "",
    visibility: "public",
    status: "draft",
    createdAt: serverTimestamp(),
    updatedAt: serverTimestamp(),
  });
  return showId;
}

export const scheduleShow = (app: App, showId: string, at: Date) =>
  editShow(app, showId, { status: "scheduled", scheduledFor: Timestamp.fromDate(at) });

export const editShow = (app: App, showId: string, changes: DocumentData) =>
  updateDoc(doc(app.db, "shows", showId), { ...changes, updatedAt: serverTimestamp() });

/** A comment and the stamp that it is bound to, in one batch. */
export async function comment(app: App, showId: string, text: string): Promise<string> {
  const commentId = randomUUID();
  const batch = writeBatch(app.db);
  batch.set(doc(app.db, `shows/${showId}/comments/${commentId}`), {
    authorUid: app.uid,
    author: await cardIn(app, `shows/${showId}/participants/${app.uid}`, `users/${app.uid}`),
    text,
    createdAt: serverTimestamp(),
    hidden: false,
  });
  batch.set(
    doc(app.db, `shows/${showId}/activity/${app.uid}`),
    { lastCommentAt: serverTimestamp(), lastCommentId: commentId },
    { merge: true },
  );
  await batch.commit();
  return commentId;
}

export const hideComment = (app: App, showId: string, commentId: string) =>
  updateDoc(doc(app.db, `shows/${showId}/comments/${commentId}`), { hidden: true });

export const deleteComment = (app: App, showId: string, commentId: string) =>
  deleteDoc(doc(app.db, `shows/${showId}/comments/${commentId}`));

/** Asks to speak, or asks again. */
export const askToSpeak = (app: App, showId: string, message = "") =>
  setDoc(doc(app.db, `shows/${showId}/speakRequests/${app.uid}`), {
    uid: app.uid,
    status: "pending",
    message,
    createdAt: serverTimestamp(),
    decidedAt: null,
    decidedBy: null,
  });

export const giveUpAsking = (app: App, showId: string) =>
  updateDoc(doc(app.db, `shows/${showId}/speakRequests/${app.uid}`), { status: "cancelled" });

/** A sign of life: at most each 20 s. */
export const beSeen = (app: App, showId: string) =>
  setDoc(
    doc(app.db, `shows/${showId}/activity/${app.uid}`),
    { seenAt: serverTimestamp() },
    { merge: true },
  );

/** Name and picture as they stand in the document that the rules compare with, if there is one. */
async function cardIn(app: App, path: string, elsewhere = path): Promise<PersonCard> {
  const found = await getDoc(doc(app.db, path));
  const data = found.data() ?? (await getDoc(doc(app.db, elsewhere))).data();
  return personCard.parse(data);
}
