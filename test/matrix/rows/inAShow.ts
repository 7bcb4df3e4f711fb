import * as build from "../../support/rules/builders.js";
import { merge, remove, set, update } from "../../support/rules/world.js";
import {
  but,
  creators,
  everyone,
  hosts,
  hostsWhoMayAct,
  participants,
  personaOf,
  presentPeople,
  type Role,
  signedIn,
  somebody,
} from "../roles.js";
import {
  type Allow,
  type Filter,
  mainStates,
  oneState,
  type Row,
  rowsOf,
  type Scene,
} from "../table.js";
import { songId } from "../documents.js";
import { serverWritten } from "./serverWritten.js";
import { whoMayReadTheShow } from "./shows.js";

const { now } = build;
const inShow =
  (rest: string) =>
  ({ show }: Scene): string =>
    `shows/${show}/${rest}`;
const mine =
  (collection: string) =>
  ({ show, me }: Scene): string =>
    `shows/${show}/${collection}/${me}`;
const mineOfBefore =
  (collection: string) =>
  ({ busyShow, me }: Scene): string =>
    `shows/${busyShow}/${collection}/${me}`;
const others = (collection: string) => inShow(`${collection}/${somebody.uid}`);

const live = (roles: readonly Role[]): readonly Allow[] => [{ roles, statuses: ["live"] }];
const read =
  (document: (scene: Scene) => string) =>
  (scene: Scene): { get: string } => ({ get: document(scene) });
const list =
  (collection: string, filters?: (scene: Scene) => readonly Filter[]) => (scene: Scene) => ({
    list: { parent: `shows/${scene.show}`, collection, filters: filters?.(scene) ?? [] },
  });
const group =
  (collection: string, filters?: (scene: Scene) => readonly Filter[]) => (scene: Scene) => ({
    list: { parent: "", collection, isGroup: true as const, filters: filters?.(scene) ?? [] },
  });
const writes =
  (document: (scene: Scene) => string, data: (scene: Scene) => Record<string, unknown>) =>
  (scene: Scene) => ({ writes: [set(document(scene), data(scene))] });
const changes =
  (document: (scene: Scene) => string, data: (scene: Scene) => Record<string, unknown>) =>
  (scene: Scene) => ({ writes: [update(document(scene), data(scene))] });
const removes = (document: (scene: Scene) => string) => (scene: Scene) => ({
  writes: [remove(document(scene))],
});

function personWith(uid: string) {
  return everyone.map(personaOf).find((person) => person.uid === uid) ?? somebody;
}

// ---- Participants -------------------------------------------------------------------------

const participantsRows = [
  ...rowsOf("shows/{showId}/participants/{uid}", mainStates, (row) => [
    row.get("own", read(mine("participants")), { allow: signedIn, mayBeMissing: true }),
    row.get("another person's", read(others("participants")), { allow: presentPeople }),
    row.list("all", list("participants"), { allow: presentPeople }),
    row.list(
      "present ones",
      list("participants", () => [["state", "EQUAL", "present"]]),
      {
        allow: presentPeople,
      },
    ),
    row.create("oneself as a cohost", ({ show, me }) => ({
      writes: [
        set(
          `shows/${show}/participants/${me}`,
          build.participant(personWith(me), { role: "cohost" }),
        ),
      ],
    })),
  ]),
  ...serverWritten("shows/{showId}/participants/{uid}", mainStates, {
    what: "another person's",
    document: others("participants"),
    fields: { role: "speaker", state: "removed", canPublish: true, invitedTo: "speaker" },
  }),
  ...rowsOf("shows/{showId}/participants/{uid}", oneState, (row) => [
    ...Object.entries({
      uid: somebody.uid,
      role: "moderator",
      displayName: "Other",
      photoUrl: "https://example.com/other.jpg",
      state: "here",
      joinedAt: now(),
      leftAt: now(),
      canPublish: "yes",
      invitedTo: "cohost",
      hasAcceptedTerms: 1,
    }).map(([field, value]) =>
      row.update(
        `own \`${field}\``,
        changes(mine("participants"), () => ({ [field]: value })),
      ),
    ),
    row.delete("own", removes(mine("participants"))),
  ]),
  ...rowsOf("{show=**}/participants/{uid}", oneState, (row) => [
    row.list(
      "own, in all shows",
      group("participants", ({ me }) => [["uid", "EQUAL", me]]),
      {
        allow: signedIn,
      },
    ),
    row.list(
      "another person's",
      group("participants", () => [["uid", "EQUAL", somebody.uid]]),
    ),
    row.list("all", group("participants")),
  ]),
];

// ---- Activity -----------------------------------------------------------------------------

const activityRows = rowsOf("shows/{showId}/activity/{uid}", mainStates, (row) => [
  row.get("own", read(mine("activity")), { allow: signedIn, mayBeMissing: true }),
  row.get("another person's", read(others("activity"))),
  row.list("all", list("activity")),
  row.create(
    "`seenAt`",
    writes(mine("activity"), () => ({ seenAt: now() })),
    {
      allow: presentPeople,
    },
  ),
  row.create(
    "another person's `seenAt`",
    writes(inShow("activity/spotify_other"), () => ({ seenAt: now() })),
  ),
  row.create(
    "a stamp without its comment",
    writes(mine("activity"), () => build.stamp("none")),
  ),
  row.update(
    "`seenAt`",
    changes(mineOfBefore("activity"), () => ({ seenAt: now() })),
    {
      allow: presentPeople,
    },
  ),
  row.update(
    "another person's `seenAt`",
    changes(others("activity"), () => ({ seenAt: now() })),
  ),
  row.update(
    "`lastCommentAt` without its comment",
    changes(mineOfBefore("activity"), () => ({ lastCommentAt: now() })),
  ),
  row.update(
    "`lastCommentId` without its comment",
    changes(mineOfBefore("activity"), () => ({ lastCommentId: "visible" })),
  ),
  row.delete("own", removes(mineOfBefore("activity"))),
]);

// ---- Requests to speak --------------------------------------------------------------------

const asking = ({ me }: Scene): Record<string, unknown> => ({
  uid: me,
  status: "pending",
  message: "Me!",
  createdAt: now(),
});

const speakRequestsRows = [
  ...rowsOf("shows/{showId}/speakRequests/{uid}", mainStates, (row) => [
    row.get("own", read(mine("speakRequests")), { allow: signedIn, mayBeMissing: true }),
    row.get("another person's", read(others("speakRequests")), { allow: hosts }),
    row.list("all", list("speakRequests"), { allow: hosts }),
    row.list(
      "pending ones",
      list("speakRequests", () => [["status", "EQUAL", "pending"]]),
      {
        allow: hosts,
      },
    ),
    row.create("own", writes(mine("speakRequests"), asking), { allow: live(["listener"]) }),
    row.create(
      "another person's",
      writes(inShow("speakRequests/spotify_other"), () =>
        asking({ ...anyScene, me: "spotify_other" }),
      ),
    ),
    row.create(
      "own, already accepted",
      writes(mine("speakRequests"), (scene) => ({ ...asking(scene), status: "accepted" })),
    ),
    row.update(
      "own `status` to cancelled",
      changes(mineOfBefore("speakRequests"), () => ({ status: "cancelled" })),
      { allow: signedIn },
    ),
    row.update(
      "another person's `status` to cancelled",
      changes(others("speakRequests"), () => ({ status: "cancelled" })),
    ),
    row.update(
      "another person's `status` to accepted",
      changes(others("speakRequests"), () => ({ status: "accepted" })),
    ),
    row.delete("own", removes(mineOfBefore("speakRequests"))),
    row.delete("another person's", removes(others("speakRequests"))),
  ]),
  ...rowsOf("shows/{showId}/speakRequests/{uid}", oneState, (row) =>
    Object.entries({
      status: "accepted",
      uid: somebody.uid,
      message: "Please",
      createdAt: now(),
      decidedAt: now(),
      decidedBy: "spotify_listener",
    }).map(([field, value]) =>
      row.update(
        `own \`${field}\`${field === "status" ? " to accepted" : ""}`,
        changes(mineOfBefore("speakRequests"), () => ({ [field]: value })),
      ),
    ),
  ),
  ...rowsOf("{show=**}/speakRequests/{uid}", oneState, (row) => [
    row.list(
      "own, in all shows",
      group("speakRequests", ({ me }) => [["uid", "EQUAL", me]]),
      {
        allow: signedIn,
      },
    ),
    row.list(
      "another person's",
      group("speakRequests", () => [["uid", "EQUAL", somebody.uid]]),
    ),
    row.list("all", group("speakRequests")),
  ]),
];

const anyScene: Scene = {
  status: "live",
  visibility: "public",
  me: "",
  creator: "",
  show: "",
  busyShow: "",
};

// ---- Song requests and votes --------------------------------------------------------------

const songRequest = inShow(`songRequests/${songId}`);
const ownSong =
  (state: "open" | "decided") =>
  ({ busyShow, me }: Scene): string =>
    `shows/${busyShow}/songRequests/${state}-${me}`;

const songRows = [
  ...rowsOf("shows/{showId}/songRequests/{requestId}", mainStates, (row) => [
    row.get("own", read(ownSong("open")), { allow: signedIn }),
    row.get("another person's", read(songRequest), { allow: hosts }),
    row.list("all", list("songRequests"), { allow: hosts }),
    row.list(
      "own",
      list("songRequests", ({ me }) => [["requestedBy", "EQUAL", me]]),
      {
        allow: signedIn,
      },
    ),
    row.list(
      "the collection group",
      group("songRequests", ({ me }) => [["requestedBy", "EQUAL", me]]),
    ),
    row.create("one", ({ show, me }) => ({
      writes: [
        set(`shows/${show}/songRequests/0000000000000000000000`, build.songRequest(personWith(me))),
      ],
    })),
    row.update(
      "own `status`",
      changes(ownSong("open"), () => ({ status: "accepted" })),
    ),
    row.update(
      "another person's `status`",
      changes(songRequest, () => ({ status: "accepted" })),
    ),
    row.delete("own, open", removes(ownSong("open")), { allow: signedIn }),
    row.delete("own, decided", removes(ownSong("decided"))),
    row.delete("another person's", removes(songRequest)),
  ]),
  ...rowsOf("shows/{showId}/songVotes/{uid}", mainStates, (row) => [
    row.get("own", read(mine("songVotes")), { allow: signedIn, mayBeMissing: true }),
    row.get("another person's", read(others("songVotes"))),
    row.list("all", list("songVotes")),
    row.create(
      "own",
      writes(mine("songVotes"), () => build.newSongVotes([songId])),
      {
        allow: live(participants),
      },
    ),
    row.create(
      "another person's",
      writes(inShow("songVotes/spotify_other"), () => build.newSongVotes([songId])),
    ),
    row.update(
      "own",
      changes(mineOfBefore("songVotes"), () => build.newSongVotes([songId])),
      { allow: live(participants) },
    ),
    row.update(
      "own `at`",
      changes(mineOfBefore("songVotes"), () => ({ at: now() })),
      { allow: live(participants) },
    ),
    row.update(
      "another person's",
      changes(others("songVotes"), () => build.newSongVotes([songId])),
    ),
    row.delete("own", removes(mineOfBefore("songVotes"))),
  ]),
];

// ---- Comments -----------------------------------------------------------------------------

const comment = "shows/{showId}/comments/{commentId}";
const ownComment = ({ busyShow, me }: Scene): string => `shows/${busyShow}/comments/own-${me}`;
const speaking =
  (change: Record<string, unknown> = {}) =>
  ({ show, me }: Scene) => ({
    writes: [
      set(
        `shows/${show}/comments/new`,
        build.newComment(personWith(me), { authorUid: me, ...change }),
      ),
      merge(`shows/${show}/activity/${me}`, build.stamp("new")),
    ],
  });

const commentsRows = [
  ...rowsOf(comment, mainStates, (row) => [
    row.get("a visible one", read(inShow("comments/visible")), { allow: presentPeople }),
    row.get("a hidden one", read(inShow("comments/hidden")), { allow: hosts }),
    row.get("own, hidden", read(ownComment), { allow: signedIn }),
    row.list(
      "visible ones",
      list("comments", () => [["hidden", "EQUAL", false]]),
      {
        allow: presentPeople,
      },
    ),
    row.list("all", list("comments"), { allow: hosts }),
    row.list(
      "hidden ones",
      list("comments", () => [["hidden", "EQUAL", true]]),
      { allow: hosts },
    ),
    row.list(
      "own",
      list("comments", ({ me }) => [["authorUid", "EQUAL", me]]),
      {
        allow: signedIn,
      },
    ),
    row.list(
      "another person's",
      list("comments", () => [["authorUid", "EQUAL", somebody.uid]]),
      {
        allow: hosts,
      },
    ),
    row.list(
      "the collection group",
      group("comments", () => [["hidden", "EQUAL", false]]),
    ),
    row.batch("a comment with its stamp", speaking(), { allow: live(participants) }),
    row.batch("a comment with another person's `authorUid`", speaking({ authorUid: somebody.uid })),
    row.batch(
      "a comment with another person's name and picture",
      speaking({ author: build.cardOf(somebody) }),
    ),
    row.batch("a comment with `support` that nobody paid", speaking({ support: { amount: 500 } })),
    row.batch(
      "a reply to a visible comment",
      speaking({ replyTo: { commentId: "visible", authorUid: somebody.uid } }),
      { allow: live(participants) },
    ),
    row.batch(
      "a reply to a hidden comment",
      speaking({ replyTo: { commentId: "hidden", authorUid: somebody.uid } }),
    ),
    row.batch("a comment with `mentions`", speaking({ mentions: [somebody.uid] }), {
      allow: live(participants),
    }),
    row.create("a comment without its stamp", ({ show, me }) => ({
      writes: [
        set(`shows/${show}/comments/new`, build.newComment(personWith(me), { authorUid: me })),
      ],
    })),
    row.update(
      "`hidden` to true",
      changes(inShow("comments/visible"), () => ({ hidden: true })),
      {
        allow: hostsWhoMayAct,
      },
    ),
    row.update(
      "`hidden` to false",
      changes(inShow("comments/hidden"), () => ({ hidden: false })),
      {
        allow: hostsWhoMayAct,
      },
    ),
    row.update(
      "`hidden` to false, of a comment that an admin hid",
      changes(inShow("comments/hidden-by-an-admin"), () => ({ hidden: false })),
    ),
    row.update(
      "own `text`",
      changes(ownComment, () => ({ text: "Other" })),
    ),
    row.delete("own", removes(ownComment), { allow: signedIn }),
    row.delete("another person's", removes(inShow("comments/visible"))),
  ]),
  ...rowsOf(comment, oneState, (row) =>
    Object.entries({
      authorUid: "spotify_listener",
      author: { displayName: "Other", photoUrl: null },
      text: "Other",
      createdAt: now(),
      hiddenByReport: "report",
      replyTo: { commentId: "visible", authorUid: somebody.uid },
      mentions: [somebody.uid],
      support: { amount: 500 },
    }).map(([field, value]) =>
      row.update(
        `\`${field}\``,
        changes(inShow("comments/visible"), () => ({ [field]: value })),
      ),
    ),
  ),
];

// ---- Reactions and saves ------------------------------------------------------------------

/** Roles that were in the audience and were not removed. */
const wereInTheAudience: readonly Role[] = [
  "listener",
  "invited",
  "without terms",
  "speaker",
  "cohost",
  "leading cohost",
  "left",
  "lost",
];

const tallyRows = [
  ...rowsOf("shows/{showId}/reactions/{uid}", mainStates, (row) => [
    row.get("own", read(mine("reactions")), { allow: signedIn, mayBeMissing: true }),
    row.get("another person's", read(others("reactions"))),
    row.list("all", list("reactions")),
    row.create(
      "own",
      writes(mine("reactions"), () => build.newReactions({ clap: 5 })),
      {
        allow: live(but(presentPeople, "suspended", "suspended creator")),
      },
    ),
    row.create(
      "another person's",
      writes(inShow("reactions/spotify_other"), () => build.newReactions()),
    ),
    row.update(
      "own",
      changes(mineOfBefore("reactions"), () => build.newReactions()),
      {
        allow: live(but(presentPeople, "suspended", "suspended creator")),
      },
    ),
    row.update(
      "another person's",
      changes(others("reactions"), () => build.newReactions()),
    ),
    row.delete("own", removes(mineOfBefore("reactions"))),
  ]),
  ...rowsOf("shows/{showId}/saves/{uid}", mainStates, (row) => [
    row.get("own", read(mine("saves")), { allow: signedIn, mayBeMissing: true }),
    row.get("another person's", read(others("saves"))),
    row.list("all", list("saves")),
    row.create(
      "own",
      writes(mine("saves"), () => ({ opened: true, saved: false, at: now() })),
      { allow: wereInTheAudience },
    ),
    row.create(
      "another person's",
      writes(inShow("saves/spotify_other"), () => ({ opened: true, saved: false, at: now() })),
    ),
    row.update(
      "own `saved`",
      changes(mineOfBefore("saves"), () => ({ saved: true, at: now() })),
      { allow: wereInTheAudience },
    ),
    row.update(
      "own `opened` back to false",
      changes(mineOfBefore("saves"), () => ({ opened: false, saved: true, at: now() })),
    ),
    row.update(
      "another person's",
      changes(others("saves"), () => ({ saved: true, at: now() })),
    ),
    row.delete("own", removes(mineOfBefore("saves"))),
  ]),
];

// ---- Playback -----------------------------------------------------------------------------

const step = ({ me }: Scene): Record<string, unknown> => ({
  positionMs: 30_000,
  paused: true,
  at: now(),
  by: me,
  sequence: 8,
});

const playbackRows = [
  ...rowsOf("shows/{showId}/playback/now", mainStates, (row) => [
    row.get("it", read(inShow("playback/now")), { allow: presentPeople }),
    row.list("all", list("playback")),
    row.create(
      "it",
      writes(
        ({ busyShow }) => `shows/${busyShow}/playback/now`,
        (scene) => build.playback(step(scene)),
      ),
    ),
    row.update("a step: pause", changes(inShow("playback/now"), step), {
      allow: live(hostsWhoMayAct),
    }),
    row.update(
      "a step: another track",
      changes(inShow("playback/now"), (scene) => ({
        ...step(scene),
        trackIndex: 1,
        trackUri: "spotify:track:1",
      })),
      { allow: live(hostsWhoMayAct) },
    ),
    row.update(
      "a step with `mode`",
      changes(inShow("playback/now"), (scene) => ({ ...step(scene), mode: "talk" })),
    ),
    row.update(
      "a step in another person's name",
      changes(inShow("playback/now"), (scene) => ({ ...step(scene), by: somebody.uid })),
    ),
    row.update(
      "a step out of turn",
      changes(inShow("playback/now"), (scene) => ({ ...step(scene), sequence: 9 })),
    ),
  ]),
  ...serverWritten("shows/{showId}/playback/now", oneState, {
    what: "it",
    document: inShow("playback/now"),
    fields: { mode: "talk", playlistRevision: 5, trackUri: "spotify:track:2", positionMs: 1 },
  }),
];

// ---- What the server publishes ------------------------------------------------------------

const published = (
  path: string,
  document: string,
  allow: Row["allow"] | readonly Role[],
  fields: Readonly<Record<string, unknown>>,
): readonly Row[] => [
  ...rowsOf(`shows/{showId}/${path}`, mainStates, (row) => [
    row.get("it", read(inShow(document)), { allow }),
    row.list("all", list(document.split("/")[0] ?? "")),
    row.create("it", ({ busyShow }) => ({
      writes: [set(`shows/${busyShow}/${document}`, fields)],
    })),
  ]),
  ...serverWritten(`shows/{showId}/${path}`, mainStates, { document: inShow(document), fields }),
];

const listed = (path: string, document: string, fields: Readonly<Record<string, unknown>>) => [
  ...rowsOf(`shows/{showId}/${path}`, mainStates, (row) => [
    row.get("one", read(inShow(document)), { allow: hosts }),
    row.list("all", list(document.split("/")[0] ?? ""), { allow: hosts }),
    row.list("the collection group", group(document.split("/")[0] ?? "")),
  ]),
  ...serverWritten(`shows/{showId}/${path}`, mainStates, {
    what: "one",
    document: inShow(document),
    absent: inShow(`${document}-2`),
    fields,
  }),
];

const publishedRows = [
  ...published("feed/latest", "feed/latest", presentPeople, { audience: { listeners: 5000 } }),
  ...published("playlist/current", "playlist/current", whoMayReadTheShow, { revision: 9 }),
  ...published("setlist/final", "setlist/final", whoMayReadTheShow, { tracks: [1] }),
  ...published("summary/final", "summary/final", creators, { peak: 9000 }),
  ...published("filter/words", "filter/words", [...hosts, "absent creator"], { pattern: "." }),
  ...listed("timeline/{sequence}", "timeline/7", { mode: "talk" }),
  ...listed("bans/{uid}", `bans/${personaOf("banned").uid}`, { reason: "Other" }),
];

export const inAShowRows = [
  ...participantsRows,
  ...activityRows,
  ...speakRequestsRows,
  ...songRows,
  ...commentsRows,
  ...publishedRows,
  ...tallyRows,
  ...playbackRows,
];
