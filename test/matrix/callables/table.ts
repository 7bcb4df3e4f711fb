import type { RefusalReason } from "../../../functions/src/contract/reasons.js";
import { but, creators, everyone, type Role, type Status, statuses } from "../roles.js";

export type CallAnswer = "ok" | RefusalReason;

/** The first that names the role and the status holds. Without statuses: in all of them. */
export interface Expected {
  readonly roles: readonly Role[];
  readonly statuses?: readonly Status[];
  readonly answer: CallAnswer;
}

export interface CallRow {
  readonly callable: string;
  readonly request: (showId: string) => Readonly<Record<string, unknown>>;
  readonly expected: readonly Expected[];
  readonly statuses: readonly Status[];
  /** It changes the show, so it gets shows of its own. */
  readonly changesTheShow?: true;
}

const suspended: readonly Role[] = ["suspended", "suspended creator"];
const unauthenticated: Expected = { roles: ["signed out"], answer: "UNAUTHENTICATED" };
const refusedWhileSuspended: Expected = { roles: suspended, answer: "ACCOUNT_SUSPENDED" };
const everyoneElse = (answer: CallAnswer): Expected => ({ roles: everyone, answer });

/** Present cohosts, and the creator also while absent. */
const hosting: readonly Role[] = ["cohost", "leading cohost", "creator", "absent creator"];
const creating = but(creators, "suspended creator");
const notLive: readonly Status[] = ["draft", "scheduled", "ended", "cancelled"];
const notOver: readonly Status[] = ["draft", "scheduled", "live"];

type Fields = Readonly<Record<string, unknown>>;

/**
 * Of a live show, for its hosts. The requests name somebody who does not exist, where that is possible: then the answer
 * says that the caller was let in, and nothing changes.
 */
const forHosts = (callable: string, fields: Fields, answer: CallAnswer): CallRow => ({
  callable,
  request: (showId) => ({ showId, ...fields }),
  statuses,
  expected: [
    unauthenticated,
    refusedWhileSuspended,
    { roles: hosting, statuses: notLive, answer: "SHOW_NOT_LIVE" },
    { roles: hosting, answer },
    everyoneElse("NOT_HOST"),
  ],
});

/** Of a show that is not over, for those who choose its music. */
const forMusic = (
  callable: string,
  fields: Fields,
  who: { readonly roles: readonly Role[]; readonly others: CallAnswer },
  answer: CallAnswer,
): CallRow => ({
  callable,
  request: (showId) => ({ showId, ...fields }),
  statuses,
  expected: [
    unauthenticated,
    refusedWhileSuspended,
    { roles: who.roles, statuses: notOver, answer },
    { roles: who.roles, answer: "SHOW_OVER" },
    everyoneElse(who.others),
  ],
});

/** About the caller's own account, whatever show they are in. */
const forSelf = (
  callable: string,
  request: Fields,
  answer: CallAnswer,
  whileSuspended: CallAnswer = "ACCOUNT_SUSPENDED",
): CallRow => ({
  callable,
  request: () => request,
  statuses: ["live"],
  expected: [unauthenticated, { roles: suspended, answer: whileSuspended }, everyoneElse(answer)],
});

/** Money needs the terms in force. */
const forSupport = (callable: string, request: Fields, answer: CallAnswer): CallRow => ({
  callable,
  request: () => request,
  statuses: ["live"],
  expected: [
    unauthenticated,
    refusedWhileSuspended,
    { roles: ["without terms"], answer: "TERMS_NOT_ACCEPTED" },
    everyoneElse(answer),
  ],
});

const forAdmins = (callable: string, request: CallRow["request"], answer: CallAnswer): CallRow => ({
  callable,
  request,
  statuses: ["live"],
  expected: [unauthenticated, { roles: ["admin"], answer }, everyoneElse("NOT_ADMIN")],
});

const ofShow = (showId: string): Fields => ({ showId });
const absentPerson = { uid: "spotify_absent" };
const trackUri = "spotify:track:5W3cjX2J3tjhG8zb6u0qHn";
const hosts = { roles: hosting, others: "NOT_HOST" } as const;
const creatorAlone = { roles: creating, others: "NOT_CREATOR" } as const;

/** Every callable: who is let in, and who is refused with which reason. */
export const callRows: readonly CallRow[] = [
  // ---- Shows
  {
    callable: "checkShow",
    request: ofShow,
    statuses,
    expected: [
      unauthenticated,
      refusedWhileSuspended,
      { roles: creating, answer: "ok" },
      everyoneElse("NOT_CREATOR"),
    ],
  },
  {
    callable: "startShow",
    request: ofShow,
    statuses,
    changesTheShow: true,
    expected: [
      unauthenticated,
      refusedWhileSuspended,
      { roles: creating, statuses: ["draft", "scheduled", "live"], answer: "ok" },
      { roles: creating, answer: "SHOW_NOT_STARTABLE" },
      everyoneElse("NOT_CREATOR"),
    ],
  },
  {
    callable: "endShow",
    request: ofShow,
    statuses,
    changesTheShow: true,
    expected: [
      unauthenticated,
      refusedWhileSuspended,
      // A repeated call gets the same answer.
      {
        roles: ["leading cohost", ...creating, "admin"],
        statuses: ["live", "ended"],
        answer: "ok",
      },
      { roles: ["leading cohost", ...creating, "admin"], answer: "SHOW_NOT_LIVE" },
      everyoneElse("NOT_HOST"),
    ],
  },
  {
    callable: "cancelShow",
    request: ofShow,
    statuses,
    changesTheShow: true,
    expected: [
      unauthenticated,
      refusedWhileSuspended,
      { roles: creating, statuses: ["draft", "scheduled", "cancelled"], answer: "ok" },
      { roles: creating, answer: "SHOW_NOT_CANCELLABLE" },
      everyoneElse("NOT_CREATOR"),
    ],
  },
  {
    callable: "joinShow",
    request: ofShow,
    statuses,
    changesTheShow: true,
    expected: [
      unauthenticated,
      refusedWhileSuspended,
      { roles: ["banned"], answer: "BANNED" },
      { roles: ["blocked"], answer: "BLOCKED" },
      { roles: everyone, statuses: notLive, answer: "SHOW_NOT_LIVE" },
      everyoneElse("ok"),
    ],
  },
  {
    callable: "leaveShow",
    request: ofShow,
    statuses,
    changesTheShow: true,
    expected: [
      unauthenticated,
      {
        roles: ["stranger", "removed", "banned", "blocked", "admin", "former admin"],
        answer: "NOT_PARTICIPANT",
      },
      everyoneElse("ok"),
    ],
  },
  {
    callable: "refreshAudio",
    request: ofShow,
    statuses,
    expected: [
      unauthenticated,
      refusedWhileSuspended,
      { roles: ["banned"], answer: "BANNED" },
      { roles: everyone, statuses: notLive, answer: "SHOW_NOT_LIVE" },
      {
        roles: [
          "listener",
          "invited",
          "without terms",
          "speaker",
          "cohost",
          "leading cohost",
          "creator",
        ],
        answer: "ok",
      },
      everyoneElse("NOT_PARTICIPANT"),
    ],
  },
  // ---- The stage
  forHosts("decideSpeakRequest", { ...absentPerson, decision: "accept" }, "REQUEST_NOT_PENDING"),
  forHosts("setRole", { ...absentPerson, role: "listener" }, "NOT_PARTICIPANT"),
  {
    callable: "acceptInvitation",
    request: ofShow,
    statuses,
    changesTheShow: true,
    expected: [
      unauthenticated,
      refusedWhileSuspended,
      { roles: everyone, statuses: notLive, answer: "SHOW_NOT_LIVE" },
      // A repeated acceptance gets the same answer.
      { roles: ["invited", "speaker", "cohost", "leading cohost"], answer: "ok" },
      { roles: ["listener", "without terms", "creator"], answer: "NOT_INVITED" },
      everyoneElse("NOT_PARTICIPANT"),
    ],
  },
  forHosts("setStageMode", { mode: "talk" }, "ok"),
  forHosts("muteSpeaker", absentPerson, "NOT_PARTICIPANT"),
  forHosts("removeParticipant", absentPerson, "NOT_PARTICIPANT"),
  forHosts("hideComments", absentPerson, "ok"),
  forHosts("unban", absentPerson, "ok"),
  // ---- Music: without a Spotify grant, everyone who is allowed has to link Spotify again
  forMusic(
    "setShowPlaylist",
    { playlistId: "37i9dQZF1DX2yvmlOdMYzV" },
    creatorAlone,
    "SPOTIFY_RELINK_REQUIRED",
  ),
  forMusic("editShowPlaylist", { revision: 1, trackUris: [] }, hosts, "PLAYLIST_NOT_FOUND"),
  forMusic("addShowTrack", { trackUri, requestId: "request" }, hosts, "SPOTIFY_RELINK_REQUIRED"),
  {
    callable: "requestSong",
    request: (showId) => ({ showId, trackUri }),
    statuses,
    expected: [
      unauthenticated,
      refusedWhileSuspended,
      { roles: everyone, statuses: notLive, answer: "SHOW_NOT_LIVE" },
      { roles: ["without terms"], answer: "TERMS_NOT_ACCEPTED" },
      {
        roles: ["listener", "invited", "speaker", "cohost", "leading cohost", "creator"],
        answer: "SPOTIFY_RELINK_REQUIRED",
      },
      everyoneElse("NOT_PARTICIPANT"),
    ],
  },
  forHosts("decideSongRequest", { requestId: "absent", decision: "accept" }, "REQUEST_NOT_PENDING"),
  forSelf("listMyPlaylists", {}, "SPOTIFY_RELINK_REQUIRED"),
  forSelf("searchTracks", { query: "soul" }, "SPOTIFY_RELINK_REQUIRED"),
  // ---- Moderation
  {
    callable: "setWordFilter",
    request: (showId) => ({ showId, words: [] }),
    statuses,
    expected: [
      unauthenticated,
      refusedWhileSuspended,
      { roles: creating, statuses: notOver, answer: "ok" },
      { roles: creating, answer: "SHOW_OVER" },
      everyoneElse("NOT_CREATOR"),
    ],
  },
  {
    // Without a show: the service's own words.
    callable: "setWordFilter",
    request: () => ({ words: [] }),
    statuses: ["live"],
    expected: [
      unauthenticated,
      refusedWhileSuspended,
      { roles: ["admin"], answer: "ok" },
      everyoneElse("NOT_ADMIN"),
    ],
  },
  forSelf("report", { ...absentPerson, reason: "rude" }, "PERSON_NOT_FOUND"),
  forSelf(
    "appealDecision",
    { noticeId: "absent", text: "No" },
    "REPORT_NOT_FOUND",
    "REPORT_NOT_FOUND",
  ),
  forAdmins("listReports", () => ({}), "ok"),
  forAdmins(
    "resolveReport",
    () => ({ reportId: "absent", decision: "no_violation", reason: "fine" }),
    "REPORT_NOT_FOUND",
  ),
  forAdmins(
    "decideAppeal",
    () => ({ reportId: "absent", outcome: "upheld", reason: "fine" }),
    "REPORT_NOT_FOUND",
  ),
  forAdmins(
    "hideComment",
    (showId) => ({ showId, commentId: "absent", reason: "rude" }),
    "COMMENT_NOT_FOUND",
  ),
  forAdmins("takeDownShow", () => ({ showId: "absent", reason: "fraud" }), "SHOW_NOT_FOUND"),
  forAdmins(
    "suspendAccount",
    () => ({ ...absentPerson, until: null, reason: "fraud" }),
    "PERSON_NOT_FOUND",
  ),
  forAdmins("liftSuspension", () => ({ ...absentPerson, reason: "mistake" }), "ok"),
  forAdmins(
    "setAdmin",
    () => ({ ...absentPerson, admin: true, reason: "new" }),
    "PERSON_NOT_FOUND",
  ),
  // ---- The caller's own account
  {
    callable: "signInWithSpotify",
    request: () => ({
      code: "no-such-code",
      redirectUri: "ambient://callback",
      codeVerifier: "v".repeat(43),
    }),
    statuses: ["live"],
    expected: [everyoneElse("SPOTIFY_CODE_REJECTED")],
  },
  forSelf("getSpotifyAccessToken", {}, "SPOTIFY_RELINK_REQUIRED"),
  forSelf(
    "registerDevice",
    { token: "t", platform: "ios", language: "en", timeZone: "Europe/Vienna" },
    "ok",
  ),
  forSelf("unregisterDevice", { token: "absent" }, "ok", "ok"),
  forSelf("exportAccount", {}, "ok", "ok"),
  forSelf("cancelDeletion", {}, "ok", "ok"),
  forSelf("listFollowers", {}, "ok"),
  forSupport(
    "supportCreator",
    { creatorUid: "spotify_absent", amount: 500, currency: "eur", requestId: "r", from: "web" },
    "PERSON_NOT_FOUND",
  ),
  forSupport("openSupportAccount", {}, "ok"),
  forSelf("supportAccountStatus", {}, "ok"),
  forSelf("openSupportDashboard", {}, "SUPPORT_ACCOUNT_MISSING", "SUPPORT_ACCOUNT_MISSING"),
  forSelf("refundSupport", { supportId: "absent" }, "PAYMENT_NOT_FOUND", "PAYMENT_NOT_FOUND"),
  // Last, because they change the account.
  forSelf("disconnectSpotify", {}, "ok", "ok"),
  forSelf("acceptTerms", { version: 1, birthYear: 1990 }, "ok"),
  forSelf("deleteAccount", {}, "ok", "ok"),
];

export function expectedAnswer({ expected }: CallRow, role: Role, status: Status): CallAnswer {
  const found = expected.find(
    (each) => each.roles.includes(role) && (each.statuses?.includes(status) ?? true),
  );
  if (found === undefined) throw new Error(`The table says nothing about ${role}`);
  return found.answer;
}
