import assert from "node:assert/strict";
import { stringField } from "../../src/json.js";
import { momentOf } from "../../src/testing/memoryFirestore.js";
import type { InMemoryFirebase } from "./inMemoryFirebase.js";

const person = (uid: string) => ({ displayName: uid, photoUrl: null });

export const participant = (uid: string, fields: object = {}) => ({
  ...person(uid),
  uid,
  role: "listener",
  state: "present",
  joinedAt: momentOf(0),
  leftAt: null,
  canPublish: false,
  invitedTo: null,
  ...fields,
});

export const comment = (authorUid: string, text: string, at = 0) => ({
  authorUid,
  author: person(authorUid),
  text,
  createdAt: momentOf(at),
  hidden: false,
});

/** A live show of Ben's in which there is no music, and the calls that enter, start and leave it. */
export function addShow(firebase: InMemoryFirebase, showId: string): void {
  const path = `shows/${showId}`;
  const join = (request: unknown) => {
    const uid = firebase.auth.currentUser?.uid ?? "";
    const joined = stringField(request, "showId") ?? "";
    const role = uid === "ben" ? "creator" : "listener";
    firebase.set(`shows/${joined}/participants/${uid}`, participant(uid, { role }));
    return { audio: { provider: "none", canPublish: false }, warnings: [] };
  };
  firebase.set(path, {
    creatorUid: "ben",
    creator: person("ben"),
    title: `Show ${showId}`,
    visibility: "public",
    status: "live",
    startedAt: momentOf(0),
    audience: { listeners: 0, peak: 0, countedAt: momentOf(0) },
    createdAt: momentOf(0),
    updatedAt: momentOf(0),
  });
  firebase.set(`${path}/participants/ben`, participant("ben", { role: "creator" }));
  firebase.set(`${path}/playback/now`, {
    mode: "talk",
    trackUri: null,
    trackIndex: null,
    positionMs: 0,
    paused: true,
    at: momentOf(0),
    by: "ben",
    sequence: 1,
    playlistRevision: 0,
  });
  for (const name of ["joinShow", "startShow"]) firebase.callables.set(name, join);
  firebase.callables.set("leaveShow", (request) => {
    const uid = firebase.auth.currentUser?.uid ?? assert.fail("nobody is signed in");
    const left = `shows/${stringField(request, "showId") ?? ""}/participants/${uid}`;
    firebase.set(left, { ...firebase.documents.get(left), state: "left", leftAt: momentOf(0) });
    return {};
  });
}
