import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { randomBytes, randomUUID } from "node:crypto";
import type { AudioRooms } from "../../src/ports/audioRooms.js";
import { refreshAudio } from "../../src/audio/refreshAudio.js";
import { joinShow } from "../../src/audience/joinShow.js";
import { leaveShow } from "../../src/audience/leaveShow.js";
import type { ParticipantDocument } from "../../src/contract/audience.js";
import { systemClock } from "../../src/clock.js";
import {
  clientConfigRef,
  commentRef,
  credentialsRef,
  playlistRef,
  suspensionRef,
} from "../../src/collections.js";
import type { Dependencies } from "../../src/dependencies.js";
import { signInWithSpotify } from "../../src/identity/signInWithSpotify.js";
import { appealDecision } from "../../src/reports/appealDecision.js";
import { decideAppeal } from "../../src/reports/decideAppeal.js";
import { hideComment } from "../../src/reports/hideComment.js";
import { liftSuspension } from "../../src/suspensions/liftSuspension.js";
import { listReports } from "../../src/reports/listReports.js";
import { resolveReport } from "../../src/reports/resolveReport.js";
import { setAdmin } from "../../src/admins/setAdmin.js";
import { suspendAccount } from "../../src/reports/suspendAccount.js";
import { takeDownShow } from "../../src/reports/takeDownShow.js";
import { muteSpeaker } from "../../src/moderation/muteSpeaker.js";
import { removeParticipant } from "../../src/moderation/removeParticipant.js";
import { report } from "../../src/reports/report.js";
import { unban } from "../../src/moderation/unban.js";
import { addShowTrack } from "../../src/music/addShowTrack.js";
import { editShowPlaylist } from "../../src/music/editShowPlaylist.js";
import { listMyPlaylists } from "../../src/music/listMyPlaylists.js";
import { searchTracks } from "../../src/music/searchTracks.js";
import { setShowPlaylist } from "../../src/music/setShowPlaylist.js";
import { setWordFilter } from "../../src/wordFilter/setWordFilter.js";
import { acceptTerms } from "../../src/identity/acceptTerms.js";
import { disconnectSpotify } from "../../src/identity/disconnectSpotify.js";
import { cancelDeletion } from "../../src/privacy/cancelDeletion.js";
import { deleteAccount } from "../../src/privacy/deleteAccount.js";
import { exportAccount } from "../../src/privacy/exportAccount.js";
import { cancelShow } from "../../src/shows/cancelShow.js";
import { checkShow } from "../../src/shows/checkShow.js";
import { endShow } from "../../src/shows/endShow.js";
import { defaultSettings } from "../../src/contract/shows.js";
import { startShow } from "../../src/shows/startShow.js";
import { getSpotifyAccessToken } from "../../src/spotify/getSpotifyAccessToken.js";
import { tokenCipher } from "../../src/spotify/cipher.js";
import type { SpotifyCatalog } from "../../src/ports/spotifyCatalog.js";
import type { SpotifyGateway } from "../../src/ports/spotifyGateway.js";
import { acceptInvitation } from "../../src/stage/acceptInvitation.js";
import { decideSpeakRequest } from "../../src/stage/decideSpeakRequest.js";
import { setRole } from "../../src/stage/setRole.js";
import { setStageMode } from "../../src/stage/setStageMode.js";
import { participantIn, requestIn, showIn, somebody, type Person } from "./backstage.js";

/** A callable's operation, ready to be measured. */
export interface Call {
  /** The name in the table. */
  name: string;
  /** The most sequential Firestore round trips that it may take. */
  goal: number;
  /** It waits only for Firestore, not for LiveKit or a task queue. */
  asksNobodyElse?: true;
  /** Prepares the data and returns what each of `callers` people does. */
  scene: (
    firestore: Firestore,
    callers: number,
  ) => Promise<
    (deps: Dependencies) => Promise<(() => Promise<unknown>)[]> | (() => Promise<unknown>)[]
  >;
}

const caller = (person: Person) => ({ uid: person.uid, isAdmin: false });
const admin = (person: Person | undefined) => ({ uid: person?.uid ?? "", isAdmin: true });
const people = (firestore: Firestore, count: number) =>
  Promise.all(Array.from({ length: count }, (_, index) => somebody(`P${index}`, firestore)));

/** All callables. Simultaneous callers use the same show or account. */
export const calls: readonly Call[] = [
  {
    name: "signInWithSpotify",
    // One before the account is made, and two for the documents.
    goal: 3,
    scene: (_, callers) =>
      Promise.resolve((deps) =>
        Array.from(
          { length: callers },
          () => () =>
            signInWithSpotify(deps, {
              code: "code",
              redirectUri: "ambient://callback",
              codeVerifier: "v".repeat(43),
            }),
        ),
      ),
  },
  {
    name: "getSpotifyAccessToken (fresh)",
    goal: 1,
    scene: async (firestore, callers) => {
      const uid = await linkedAccount(firestore, 3_600_000);
      return (deps) =>
        Array.from({ length: callers }, () => () => getSpotifyAccessToken(deps, { uid }));
    },
  },
  {
    name: "getSpotifyAccessToken (refreshing)",
    goal: 3,
    scene: async (firestore, callers) => {
      const uid = await linkedAccount(firestore, 0);
      return (deps) =>
        Array.from({ length: callers }, () => () => getSpotifyAccessToken(deps, { uid }));
    },
  },
  {
    name: "startShow",
    goal: 3,
    scene: async (firestore, callers) => {
      const ada = await somebody("Ada", firestore);
      const showId = await showIn("draft", ada, {}, firestore);
      return (deps) =>
        Array.from({ length: callers }, () => () => startShow(deps, caller(ada), { showId }));
    },
  },
  {
    name: "endShow",
    // One for the totals, three for the end of the show and four for the cleanup, which publishes the feed once more.
    goal: 8,
    scene: async (firestore, callers) => {
      const ada = await somebody("Ada", firestore);
      const showId = await showIn("live", ada, {}, firestore);
      return (deps) =>
        Array.from({ length: callers }, () => () => endShow(deps, caller(ada), { showId }));
    },
  },
  {
    name: "cancelShow",
    goal: 2,
    scene: async (firestore, callers) => {
      const ada = await somebody("Ada", firestore);
      const showId = await showIn("scheduled", ada, {}, firestore);
      return (deps) =>
        Array.from({ length: callers }, () => () => cancelShow(deps, caller(ada), { showId }));
    },
  },
  {
    name: "joinShow",
    goal: 2,
    asksNobodyElse: true,
    scene: async (firestore, callers) => {
      const showId = await showIn("live", await somebody("Ada", firestore), {}, firestore);
      const listeners = await people(firestore, callers);
      return (deps) =>
        listeners.map((listener) => () => joinShow(deps, caller(listener), { showId }));
    },
  },
  {
    name: "joinShow (again)",
    goal: 2,
    asksNobodyElse: true,
    scene: async (firestore, callers) => {
      const { showId, listeners } = await audience(firestore, callers);
      return (deps) =>
        listeners.map((listener) => () => joinShow(deps, caller(listener), { showId }));
    },
  },
  {
    name: "joinShow (a lost cohost)",
    goal: 3,
    asksNobodyElse: true,
    scene: async (firestore, callers) => {
      const place = { role: "cohost", state: "lost" } as const;
      const { showId, listeners } = await audience(firestore, callers, place);
      return (deps) =>
        listeners.map((listener) => () => joinShow(deps, caller(listener), { showId }));
    },
  },
  {
    name: "joinShow (a lost speaker)",
    goal: 5,
    asksNobodyElse: true,
    scene: async (firestore, callers) => {
      const place = { role: "speaker", state: "lost" } as const;
      const { showId, listeners } = await audience(firestore, callers, place);
      return (deps) =>
        listeners.map((listener) => () => joinShow(deps, caller(listener), { showId }));
    },
  },
  {
    name: "leaveShow",
    goal: 2,
    asksNobodyElse: true,
    scene: async (firestore, callers) => {
      const showId = await showIn("live", await somebody("Ada", firestore), {}, firestore);
      const listeners = await people(firestore, callers);
      await Promise.all(
        listeners.map((listener) => participantIn(showId, listener, {}, firestore)),
      );
      return (deps) =>
        listeners.map((listener) => () => leaveShow(deps, caller(listener), { showId }));
    },
  },
  {
    name: "checkShow",
    goal: 2,
    scene: async (firestore, callers) => {
      const ada = await somebody("Ada", firestore);
      const showId = await showIn("draft", ada, {}, firestore);
      return (deps) =>
        Array.from({ length: callers }, () => () => checkShow(deps, caller(ada), { showId }));
    },
  },
  {
    name: "refreshAudio",
    goal: 4,
    scene: async (firestore, callers) => {
      const { showId, listeners } = await audience(firestore, callers);
      return (deps) =>
        listeners.map((listener) => () => refreshAudio(deps, caller(listener), { showId }));
    },
  },
  {
    name: "decideSpeakRequest",
    goal: 5,
    scene: async (firestore, callers) => {
      const { ada, showId, listeners } = await audience(firestore, callers);
      await Promise.all(listeners.map((listener) => requestIn(showId, listener, {}, firestore)));
      return (deps) =>
        listeners.map(
          ({ uid }) =>
            () =>
              decideSpeakRequest(deps, caller(ada), { showId, uid, decision: "accept" }),
        );
    },
  },
  {
    name: "setRole (down)",
    goal: 3,
    scene: async (firestore, callers) => {
      const onStage = { role: "speaker", canPublish: true } as const;
      const { ada, showId, listeners } = await audience(firestore, callers, onStage);
      return (deps) =>
        listeners.map(
          ({ uid }) =>
            () =>
              setRole(deps, caller(ada), { showId, uid, role: "listener" }),
        );
    },
  },
  {
    name: "acceptInvitation",
    goal: 6,
    scene: async (firestore, callers) => {
      const { showId, listeners } = await audience(firestore, callers, { invitedTo: "speaker" });
      return (deps) =>
        listeners.map((listener) => () => acceptInvitation(deps, caller(listener), { showId }));
    },
  },
  {
    name: "setStageMode",
    goal: 4,
    scene: async (firestore, callers) => {
      const { ada, showId } = await audience(firestore, 0);
      return (deps) =>
        Array.from(
          { length: callers },
          () => () => setStageMode(deps, caller(ada), { showId, mode: "music" }),
        );
    },
  },
  {
    name: "muteSpeaker",
    goal: 1,
    scene: async (firestore, callers) => {
      const { ada, showId, listeners } = await audience(firestore, callers);
      return (deps) =>
        listeners.map(
          ({ uid }) =>
            () =>
              muteSpeaker(deps, caller(ada), { showId, uid }),
        );
    },
  },
  {
    name: "removeParticipant",
    goal: 3,
    scene: async (firestore, callers) => {
      const { ada, showId, listeners } = await audience(firestore, callers);
      return (deps) =>
        listeners.map(
          ({ uid }) =>
            () =>
              removeParticipant(deps, caller(ada), { showId, uid, ban: true }),
        );
    },
  },
  {
    name: "unban",
    goal: 2,
    scene: async (firestore, callers) => {
      const { ada, showId, listeners } = await audience(firestore, callers);
      return (deps) =>
        listeners.map(
          ({ uid }) =>
            () =>
              unban(deps, caller(ada), { showId, uid }),
        );
    },
  },
  {
    name: "setWordFilter",
    goal: 2,
    scene: async (firestore, callers) => {
      const ada = await somebody("Ada", firestore);
      const showId = await showIn("live", ada, {}, firestore);
      return (deps) =>
        Array.from(
          { length: callers },
          () => () => setWordFilter(deps, caller(ada), { showId, words: ["spam"] }),
        );
    },
  },
  {
    name: "report",
    goal: 2,
    scene: async (firestore, callers) => {
      const { ada, showId, listeners } = await audience(firestore, callers);
      return (deps) =>
        listeners.map(
          (listener) => () =>
            report(deps, caller(listener), { showId, uid: ada.uid, reason: "rude" }),
        );
    },
  },
  {
    name: "listReports",
    goal: 2,
    scene: async (firestore, callers) => {
      const ada = await somebody("Ada", firestore);
      return (deps) =>
        Array.from({ length: callers }, () => () => listReports(deps, admin(ada), {}));
    },
  },
  {
    name: "resolveReport",
    goal: 4,
    scene: async (firestore, callers) => {
      const { showId, ada, listeners } = await audience(firestore, callers);
      return async (deps) => {
        const filed = await Promise.all(
          listeners.map((listener) =>
            report(deps, caller(listener), { showId, uid: listener.uid, reason: "rude" }),
          ),
        );
        return filed.map(
          ({ reportId }) =>
            () =>
              resolveReport(deps, admin(ada), {
                reportId,
                decision: "no_violation",
                reason: "Fine",
              }),
        );
      };
    },
  },
  {
    name: "appealDecision",
    goal: 3,
    scene: decidedReports((deps, { reportId, person }) =>
      appealDecision(deps, caller(person), { reportId, text: "No" }),
    ),
  },
  {
    name: "decideAppeal",
    goal: 4,
    scene: decidedReports(
      (deps, { reportId, ada }) =>
        decideAppeal(deps, admin(ada), { reportId, outcome: "upheld", reason: "Still" }),
      (deps, { reportId, person }) =>
        appealDecision(deps, caller(person), { reportId, text: "No" }),
    ),
  },
  {
    name: "hideComment",
    goal: 3,
    scene: async (firestore, callers) => {
      const { showId, ada, listeners } = await audience(firestore, callers);
      await Promise.all(
        listeners.map((listener) =>
          commentRef(firestore, showId, listener.uid).set({
            authorUid: listener.uid,
            author: { displayName: "P", photoUrl: null },
            text: "Boo",
            createdAt: Timestamp.now(),
            hidden: false,
          }),
        ),
      );
      return (deps) =>
        listeners.map(
          ({ uid }) =>
            () =>
              hideComment(deps, admin(ada), { showId, commentId: uid, reason: "rude" }),
        );
    },
  },
  {
    name: "takeDownShow",
    // Three more than the end of a show: the show, who gets a notice, and those who are in it.
    goal: 10,
    scene: async (firestore, callers) => {
      const { showId } = await audience(firestore, 0);
      const moderator = await somebody("Mo", firestore);
      return (deps) =>
        Array.from(
          { length: callers },
          () => () => takeDownShow(deps, admin(moderator), { showId, reason: "fraud" }),
        );
    },
  },
  {
    name: "suspendAccount",
    // Four for the suspension, and then the account, their live show and the shows that they are in.
    goal: 11,
    scene: async (firestore, callers) => {
      const [moderator, ...targets] = await people(firestore, callers + 1);
      return (deps) =>
        targets.map(
          ({ uid }) =>
            () =>
              suspendAccount(deps, admin(moderator), { uid, until: null, reason: "fraud" }),
        );
    },
  },
  {
    name: "liftSuspension",
    goal: 7,
    scene: async (firestore, callers) => {
      const [moderator, ...targets] = await people(firestore, callers + 1);
      await Promise.all(
        targets.map(({ uid }) =>
          suspensionRef(firestore, uid).set({
            uid,
            reportId: "report",
            by: "operator",
            reason: "fraud",
            at: Timestamp.now(),
            until: null,
            isApplied: true,
          }),
        ),
      );
      return (deps) =>
        targets.map(
          ({ uid }) =>
            () =>
              liftSuspension(deps, admin(moderator), { uid, reason: "mistake" }),
        );
    },
  },
  {
    name: "setAdmin",
    goal: 5,
    scene: async (firestore, callers) => {
      const [moderator, ...targets] = await people(firestore, callers + 1);
      return (deps) =>
        targets.map(
          ({ uid }) =>
            () =>
              setAdmin(deps, admin(moderator), { uid, admin: true, reason: "new" }),
        );
    },
  },
  {
    name: "deleteAccount",
    // Nobody hurries: each step waits for the one before, and there is one for each place in the inventory.
    goal: 60,
    scene: async (firestore, callers) => {
      const uids = await Promise.all(
        Array.from({ length: callers }, () => linkedAccount(firestore, 3_600_000)),
      );
      return (deps) => uids.map((uid) => () => deleteAccount(deps, { uid }));
    },
  },
  {
    name: "cancelDeletion",
    goal: 2,
    scene: async (firestore, callers) => {
      const uids = await Promise.all(
        Array.from({ length: callers }, () => linkedAccount(firestore, 3_600_000)),
      );
      return (deps) => uids.map((uid) => () => cancelDeletion(deps, { uid }));
    },
  },
  {
    name: "exportAccount",
    goal: 60,
    scene: async (firestore, callers) => {
      const uid = await linkedAccount(firestore, 3_600_000);
      return (deps) =>
        Array.from({ length: callers }, () => () => exportAccount(deps, { uid }, {}));
    },
  },
  {
    name: "disconnectSpotify",
    goal: 3,
    scene: async (firestore, callers) => {
      const uid = await linkedAccount(firestore, 3_600_000);
      return (deps) =>
        Array.from({ length: callers }, () => () => disconnectSpotify(deps, { uid }));
    },
  },
  {
    name: "listMyPlaylists",
    goal: 1,
    scene: async (firestore, callers) => {
      const uid = await linkedAccount(firestore, 3_600_000);
      return (deps) =>
        Array.from(
          { length: callers },
          () => () => listMyPlaylists(deps, { uid, isAdmin: false }, {}),
        );
    },
  },
  {
    name: "searchTracks",
    goal: 1,
    scene: async (firestore, callers) => {
      const uid = await linkedAccount(firestore, 3_600_000);
      return (deps) =>
        Array.from(
          { length: callers },
          () => () => searchTracks(deps, { uid, isAdmin: false }, { query: "soul" }),
        );
    },
  },
  {
    name: "setShowPlaylist",
    goal: 4,
    scene: async (firestore, callers) => {
      const { creator, showId } = await showWithMusic(firestore);
      return (deps) =>
        Array.from(
          { length: callers },
          () => () => setShowPlaylist(deps, creator, { showId, playlistId: "p".repeat(22) }),
        );
    },
  },
  {
    name: "editShowPlaylist",
    goal: 2,
    scene: async (firestore, callers) => {
      const { creator, showId } = await showWithMusic(firestore);
      return (deps) =>
        Array.from(
          { length: callers },
          () => () => editShowPlaylist(deps, creator, { showId, revision: 1, trackUris: [] }),
        );
    },
  },
  {
    name: "addShowTrack",
    goal: 5,
    scene: async (firestore, callers) => {
      const { creator, showId } = await showWithMusic(firestore);
      const trackUri = `spotify:track:${"t".repeat(22)}`;
      return (deps) =>
        Array.from(
          { length: callers },
          () => () => addShowTrack(deps, creator, { showId, trackUri, requestId: randomUUID() }),
        );
    },
  },
  // Last, because from then on every other call needs the terms.
  {
    name: "acceptTerms",
    goal: 3,
    scene: async (firestore, callers) => {
      const callersOfIt = await people(firestore, callers);
      const config = { minVersions: { ios: "1", android: "1", web: "1" }, features: {} };
      await clientConfigRef(firestore).set({ ...config, termsVersion: 1 });
      return (deps) =>
        callersOfIt.map(({ uid }) => async () => {
          await acceptTerms(deps, { uid }, { version: 1, birthYear: 1990 });
        });
    },
  },
];

interface DecidedReport {
  readonly reportId: string;
  readonly ada: Person;
  readonly person: Person;
}
type Step = (deps: Dependencies, decided: DecidedReport) => Promise<unknown>;

/** A report about each of `callers` people that an admin has decided, `before` what is measured. */
function decidedReports(step: Step, before?: Step): Call["scene"] {
  return async (firestore, callers) => {
    const { showId, ada, listeners } = await audience(firestore, callers);
    return async (deps) => {
      const decided = await Promise.all(
        listeners.map(async (person) => {
          const said = { showId, uid: person.uid, reason: "rude" };
          const { reportId } = await report(deps, caller(person), said);
          const decision = "warning_given";
          await resolveReport(deps, admin(ada), { reportId, decision, reason: "Be kind" });
          await before?.(deps, { reportId, ada, person });
          return { reportId, ada, person };
        }),
      );
      return decided.map((report) => () => step(deps, report));
    };
  };
}

/** A live show with a track, whose creator has a Spotify grant. */
async function showWithMusic(firestore: Firestore) {
  const uid = await linkedAccount(firestore, 3_600_000);
  const person = { uid, displayName: "Ada", photoUrl: null };
  const showId = await showIn("live", person, {}, firestore);
  const track = {
    uri: `spotify:track:${"a".repeat(22)}`,
    name: "Harbour Lights",
    artists: ["The Low Tides"],
    durationMs: 214_000,
    imageUrl: null,
    explicit: false,
  };
  await playlistRef(firestore, showId).set({ revision: 1, tracks: [track] });
  return { creator: caller(person), showId };
}

/** Ada's live show with `size` other participants. */
async function audience(
  firestore: Firestore,
  size: number,
  place: Partial<ParticipantDocument> = {},
): Promise<{ ada: Person; showId: string; listeners: Person[] }> {
  const ada = await somebody("Ada", firestore);
  const settings = { ...defaultSettings, maxSpeakers: 20 };
  const showId = await showIn("live", ada, { settings }, firestore);
  const listeners = await people(firestore, size);
  await Promise.all(listeners.map((person) => participantIn(showId, person, place, firestore)));
  return { ada, showId, listeners };
}

const cipher = tokenCipher(JSON.stringify({ 1: randomBytes(32).toString("base64") }));

async function linkedAccount(firestore: Firestore, remainingMs: number): Promise<string> {
  const { uid } = await somebody("Ada", firestore);
  await credentialsRef(firestore, uid).set({
    refreshToken: cipher.encrypt("refresh", uid),
    accessToken: cipher.encrypt("access", uid),
    expiresAt: Timestamp.fromMillis(Date.now() + remainingMs),
    scopes: [],
    grantExpiresAt: Timestamp.fromMillis(Date.now() + 3_600_000),
    lease: null,
    refreshFailure: null,
    updatedAt: Timestamp.now(),
  });
  return uid;
}

function countedCatalog(reach: Reach): SpotifyCatalog {
  const tell = <Answer>(answer: Answer) => reach("Spotify catalogue", answer);
  const playlist = { id: "", name: "Mix", imageUrl: null, trackCount: 0, snapshotId: null };
  return {
    listPlaylists: () => tell({ total: 0, items: [], next: { offset: 0 } }),
    getPlaylist: (_accessToken, id) => tell({ ...playlist, id }),
    readPlaylist: () => tell({ total: 0, items: [], next: { offset: 0 } }),
    searchTracks: () => tell([]),
    getTrack: (_accessToken, id) =>
      tell({
        uri: `spotify:track:${id}`,
        name: "Sodium Orange",
        artists: ["Kino Parade"],
        durationMs: 251_300,
        imageUrl: null,
        explicit: false,
      }),
  };
}

type Reach = <Answer>(edge: string, answer: Answer) => Promise<Answer>;

function countedRooms(reach: Reach): AudioRooms {
  const tell = () => reach("LiveKit", undefined);
  return {
    open: tell,
    close: tell,
    remove: tell,
    mute: tell,
    list: () => reach("LiveKit", []),
    look: () => reach("LiveKit", { since: 0, connected: [] }),
    find: () => reach("LiveKit", null),
    permit: () => reach("LiveKit", true),
    // Signing a token needs no request.
    access: (_showId, _uid, { canPublish }) => Promise.resolve({ provider: "none", canPublish }),
  };
}

/** Dependencies that record in `external` each call beside Firestore. */
export function countedDependencies(firestore: Firestore): Dependencies & { external: string[] } {
  const external: string[] = [];
  const grant = { accessToken: "access", refreshToken: "refresh", scopes: [] };
  const reach: Reach = (edge, answer) => {
    external.push(edge);
    return Promise.resolve(answer);
  };
  const inAnHour = () => Date.now() + 3_600_000;
  const spotify: SpotifyGateway = {
    exchangeCode: () => reach("Spotify token", { ...grant, expiresAt: inAnHour() }),
    refreshAccessToken: () => reach("Spotify token", { ...grant, expiresAt: inAnHour() }),
    getProfile: () => reach("Spotify profile", { id: "ada", account_id: "account-ada" }),
  };
  return {
    firestore,
    external,
    spotify,
    catalog: countedCatalog(reach),
    cipher,
    clock: systemClock,
    newId: randomUUID,
    redirectUris: ["ambient://callback"],
    // The wrapper's limiter; operations count in their own transaction.
    limiter: () => reach("limiter", undefined),
    networkKey: (network) => network,
    trustedProxies: 1,
    audienceIntervalMs: 5_000,
    accounts: {
      upsert: () => reach("Auth account", { isDisabled: false }),
      isDisabled: () => reach("Auth account", false),
      customToken: () => reach("Auth token", "token"),
      disable: () => reach("Auth account", undefined),
      enable: () => reach("Auth account", undefined),
      delete: () => reach("Auth account", undefined),
      isAdmin: () => reach("Auth account", false),
      setAdmin: () => reach("Auth account", undefined),
    },
    refuseSuspended: () => reach("suspension", undefined),
    tasks: {
      publishFeed: { enqueue: () => reach("Cloud Tasks", undefined) },
      sweepShow: { enqueue: () => reach("Cloud Tasks", undefined) },
    },
    digestIntervalMs: 2_000,
    presenceGraceMs: 150_000,
    hostGraceMs: 300_000,
    minimumAge: 16,
    retention: { scheduledMs: 1, draftMs: 1, conversationMs: 1, playsMs: 1 },
    reportRetentionMs: 1,
    deletionGraceMs: 0,
    rooms: countedRooms(reach),
    roomEvents: () => Promise.resolve(null),
  };
}
