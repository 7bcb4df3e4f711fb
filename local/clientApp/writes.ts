import {
  deleteDoc,
  doc,
  getDoc,
  runTransaction,
  serverTimestamp,
  setDoc,
  Timestamp,
  updateDoc,
  writeBatch,
  type DocumentData,
} from "firebase/firestore";
import { randomUUID } from "node:crypto";
import { personCard, type PersonCard } from "../../functions/src/contract.js";
import { playbackAt, type PlaybackPosition } from "../../functions/src/music/playbackAt.js";
import { playbackDocument, playlistDocument } from "../../functions/src/music/schema.js";
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

/** What a host had before him when he pressed. */
export interface Press {
  /** Of the playback that his phone showed. */
  readonly sequence: number;
  /** The server's clock, as his phone knows it. */
  readonly now: number;
}

export const play = (app: App, showId: string, press: Press) =>
  step(app, showId, press, (heard) => ({ ...heard, paused: false }));

export const pause = (app: App, showId: string, press: Press) =>
  step(app, showId, press, (heard) => ({ ...heard, paused: true }));

export const seek = (app: App, showId: string, press: Press, positionMs: number) =>
  step(app, showId, press, (heard) => ({ ...heard, positionMs }));

export const next = (app: App, showId: string, press: Press) =>
  step(app, showId, press, ({ trackIndex }) => ({
    trackIndex: trackIndex + 1,
    positionMs: 0,
    paused: false,
  }));

type Place = Pick<PlaybackPosition, "trackIndex" | "positionMs"> & { readonly paused: boolean };

/** A transaction is never queued: one that is offline fails at once, and moves nothing later. */
async function step(
  app: App,
  showId: string,
  { sequence, now }: Press,
  move: (heard: Place) => Place,
): Promise<void> {
  const playbackRef = doc(app.db, `shows/${showId}/playback/now`);
  const playlistRef = doc(app.db, `shows/${showId}/playlist/current`);
  await runTransaction(app.db, async (transaction) => {
    const playback = playbackDocument.parse((await transaction.get(playbackRef)).data());
    const { revision, tracks } = playlistDocument.parse(
      (await transaction.get(playlistRef)).data(),
    );
    // Run again after another host's step, it would do what nobody meant: leave a song out.
    if (playback.sequence !== sequence) throw new Error("another host was first");
    const heard = playbackAt(playback, tracks, now);
    const { trackIndex, positionMs, paused } = move(
      "trackIndex" in heard
        ? { ...heard, paused: heard.kind === "paused" }
        : { trackIndex: 0, positionMs: 0, paused: true },
    );
    transaction.update(playbackRef, {
      trackIndex,
      trackUri: tracks[trackIndex]?.uri ?? null,
      positionMs: Math.round(positionMs),
      paused,
      at: serverTimestamp(),
      by: app.uid,
      sequence: sequence + 1,
      playlistRevision: revision,
    });
  });
}

/** Name and picture as they stand in the document that the rules compare with, if there is one. */
async function cardIn(app: App, path: string, elsewhere = path): Promise<PersonCard> {
  const found = await getDoc(doc(app.db, path));
  const data = found.data() ?? (await getDoc(doc(app.db, elsewhere))).data();
  return personCard.parse(data);
}
