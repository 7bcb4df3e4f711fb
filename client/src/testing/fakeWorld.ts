import { participantDocument } from "../../../functions/src/contract/audience.js";
import type { Moment } from "../../../functions/src/contract/fields.js";
import {
  playbackDocument,
  playlistDocument,
  type PlaylistDocument,
  type Track,
} from "../../../functions/src/contract/music.js";
import { noReactions } from "../../../functions/src/contract/reactions.js";
import {
  songRequestDocument,
  songVotesDocument,
  withVote,
} from "../../../functions/src/contract/songRequests.js";
import { onStage, type Role } from "../../../functions/src/contract/role.js";
import {
  defaultSettings,
  showDocument,
  type ShowDocument,
  type ShowSummary,
} from "../../../functions/src/contract/shows.js";
import { speakRequestDocument } from "../../../functions/src/contract/stage.js";
import { openAmbient, type Ambient } from "../ambient.js";
import type { CallableName, RequestOf, ResponseOf } from "../backend/callables.js";
import { AmbientError } from "../errors/ambientError.js";
import type { AuthHandle, AuthSdk, DocumentFields } from "../sdk/firebaseSdk.js";
import { MemoryFirestore, momentOf } from "./memoryFirestore.js";

/**
 * The answer of a callable to one person.
 *
 * @example
 * ```ts
 * const full: FakeAnswer<"decideSpeakRequest"> = () => {
 *   throw new AmbientError("SPEAKER_LIMIT");
 * };
 * ```
 */
export type FakeAnswer<Name extends CallableName> = (
  request: RequestOf<Name>,
  uid: string,
) => ResponseOf<Name>;

/** A person of a fake world. */
interface FakePerson {
  readonly displayName: string;
  readonly photoUrl?: string | null;
}

/** A method, so that TypeScript lets each answer have its own request. */
interface AnyAnswer {
  answer(request: unknown, uid: string): unknown;
}

const NO_AUDIO = { provider: "none", canPublish: false } as const;

/**
 * Ambient without a server, for the tests of an app's screens: the package's own classes over documents in memory. It
 * answers the callables of an evening (start, join, ask, decide, change roles, switch to music, end …) and those that a
 * test adds with `answer`. It judges no write: use `answer` to refuse something.
 *
 * @example
 * ```ts
 * const world = new FakeWorld();
 * const ada = world.signIn({ displayName: "Ada" });
 * const showId = await ada.shows.create({ title: "Night drive" });
 * const desk = await ada.start(showId);
 * const show = await world.signIn({ displayName: "Dan" }).join(showId);
 * await show.comments.send("What a song!");
 * ```
 */
export class FakeWorld {
  readonly #firestore = new MemoryFirestore((path) => {
    this.#written(path);
  });
  readonly #answers = new Map<string, AnyAnswer>();
  /** Everybody who ever could speak, by show. */
  readonly #spoke = new Map<string, Set<string>>();
  #people = 0;

  /** Creates an empty world. */
  constructor() {
    this.#answerEvening();
  }

  /**
   * A new person with their own, signed-in Ambient.
   *
   * @example
   * ```ts
   * const dan = new FakeWorld().signIn({ displayName: "Dan" });
   * ```
   */
  signIn({ displayName, photoUrl = null }: FakePerson): Ambient {
    this.#people += 1;
    const uid = `spotify_fake${this.#people}`;
    const now = momentOf(Date.now());
    this.set(`users/${uid}`, {
      ...{ displayName, photoUrl, spotifyUrl: `https://open.spotify.com/user/${uid}` },
      ...{ bio: "", links: [], followerCount: 0, createdAt: now, updatedAt: now },
    });
    this.set(`users/${uid}/private/account`, { spotifyLinked: true, spotifyGrantedAt: now });
    const { auth, sdk } = fakeAuth(uid);
    const answers = this.#answers;
    const firestore = this.#firestore.sdk((path) => this.#mayRead(path, uid));
    return openAmbient({
      sdk: {
        auth: sdk,
        firestore,
        functions: {
          // Firebase's own signature, in which the caller chooses both types.
          // oxlint-disable-next-line typescript/no-unnecessary-type-parameters
          httpsCallable<Request, Response>(_functions: object, name: string) {
            return async (request: Request) => {
              await Promise.resolve();
              const found = answers.get(name);
              if (!found) throw new Error(`FakeWorld does not answer ${name}: use world.answer`);
              // An answer travels as JSON.
              // oxlint-disable-next-line typescript/no-unsafe-assignment -- as above
              const data: Response = JSON.parse(JSON.stringify(found.answer(request, uid)));
              return { data };
            };
          },
        },
      },
      auth,
      functions: { app: {} },
      openFirestore: () => ({ app: {} }),
      serverTimeUrl: "",
      fetchServerTime: () => Promise.resolve(Date.now()),
    });
  }

  /**
   * Answers a callable, in place of this world's own answer. Throw an `AmbientError` to refuse.
   *
   * @example
   * ```ts
   * new FakeWorld().answer("joinShow", () => {
   *   throw new AmbientError("BANNED");
   * });
   * ```
   */
  answer<Name extends CallableName>(name: Name, answer: FakeAnswer<Name>): void {
    this.#answers.set(name, { answer });
  }

  /**
   * Sets a document, or deletes it with undefined: what other people or the server would write. REFERENCE.md has the
   * fields.
   *
   * @example
   * ```ts
   * new FakeWorld().set("config/client", { minVersions: { ios: "2", android: "2", web: "2" }, features: {} });
   * ```
   */
  set(path: string, fields: Readonly<Record<string, unknown>> | undefined): void {
    this.#firestore.write(new Map([[path, fields]]));
  }

  /** A draft looks to others like a show that they may not see. Nothing else is judged. */
  #mayRead(path: string, uid: string): boolean {
    const [collection, showId, more] = path.split("/");
    if (collection !== "shows" || showId === undefined || more !== undefined) return true;
    const show = this.#firestore.get(path);
    return show?.status !== "draft" || show.creatorUid === uid;
  }

  #answerEvening(): void {
    this.answer("startShow", ({ showId }, uid) => {
      const show = this.#show(showId);
      if (show.creatorUid !== uid) throw new AmbientError("NOT_CREATOR");
      if (show.status !== "live") this.#start(showId, uid);
      const startedAt = this.#show(showId).startedAt?.toMillis() ?? 0;
      return { status: "live", startedAt, audio: NO_AUDIO, warnings: [] };
    });
    this.answer("joinShow", ({ showId }, uid) => {
      const show = this.#liveShow(showId);
      const before = this.#found(showId, uid);
      const role = show.creatorUid === uid ? "creator" : "listener";
      if (before?.state !== "present") this.#enter(showId, uid, role);
      this.#count(showId);
      return {
        role: before?.state === "present" ? before.role : role,
        audio: NO_AUDIO,
        commentFeed: "direct",
      };
    });
    this.answer("leaveShow", ({ showId }, uid) => this.#goes(showId, uid, "left"));
    this.answer("refreshAudio", () => ({ audio: NO_AUDIO }));
    this.answer("endShow", ({ showId }, uid) => {
      const show = this.#liveShow(showId);
      if (show.hostUid !== uid) throw new AmbientError("NOT_HOST");
      return { status: "ended", ...this.#end(showId, show) };
    });
    this.answer("cancelShow", ({ showId }) => {
      this.#change(`shows/${showId}`, { status: "cancelled" });
      return { status: "cancelled" };
    });
    this.answer("checkShow", () => ({ problems: [] }));
    this.answer("decideSpeakRequest", ({ showId, uid, decision }, by) => {
      this.#requireHost(showId, by);
      const path = `shows/${showId}/speakRequests/${uid}`;
      const found = this.#firestore.get(path);
      const request = found && speakRequestDocument.parse(found);
      if (request?.status !== "pending") throw new AmbientError("REQUEST_NOT_PENDING");
      const status = decision === "accept" ? "accepted" : "rejected";
      this.#change(path, { status, decidedAt: momentOf(Date.now()), decidedBy: by });
      if (decision === "accept") this.#setRole(showId, uid, "speaker");
      return { status, role: this.#participant(showId, uid).role };
    });
    this.answer("setRole", ({ showId, uid, role }, by) => {
      if (uid !== by) this.#requireHost(showId, by);
      const before = this.#participant(showId, uid);
      const isUp = rank(role) < rank(before.role);
      const invitedTo = isUp && role !== "listener" ? role : null;
      if (isUp) this.#change(`shows/${showId}/participants/${uid}`, { invitedTo });
      else this.#setRole(showId, uid, role);
      return { role: isUp ? before.role : role, invitedTo };
    });
    this.answer("acceptInvitation", ({ showId }, uid) => {
      const { invitedTo } = this.#participant(showId, uid);
      if (!invitedTo) throw new AmbientError("NOT_INVITED");
      this.#setRole(showId, uid, invitedTo);
      return { role: invitedTo, audio: NO_AUDIO };
    });
    this.answer("setStageMode", ({ showId, mode, trackIndex }, uid) => {
      this.#requireHost(showId, uid);
      return { mode, sequence: this.#switch(showId, mode, trackIndex, uid) };
    });
    this.answer("requestSong", ({ showId, trackUri }, uid) => {
      this.#liveShow(showId);
      this.#participant(showId, uid);
      const requestId = trackUri.slice(-22);
      const path = `shows/${showId}/songRequests/${requestId}`;
      if (this.#playlist(showId).tracks.some(({ uri }) => uri === trackUri)) {
        throw new AmbientError("SONG_ALREADY_COMING");
      }
      const status = this.#firestore.get(path)?.status ?? "open";
      if (status !== "open") throw new AmbientError("REQUEST_NOT_PENDING");
      if (!this.#firestore.get(path)) {
        const undecided = { status: "open", decidedAt: null, decidedBy: null };
        const createdAt = momentOf(Date.now());
        this.set(path, { track: fakeTrack(trackUri), requestedBy: uid, createdAt, ...undecided });
      }
      const votes = `shows/${showId}/songVotes/${uid}`;
      const before = this.#firestore.get(votes);
      const requestIds = withVote(
        before ? songVotesDocument.parse(before).requestIds : [],
        requestId,
      );
      this.set(votes, { requestIds, at: momentOf(Date.now()) });
      return { requestId };
    });
    this.answer("decideSongRequest", ({ showId, requestId, decision }, by) => {
      this.#requireHost(showId, by);
      const path = `shows/${showId}/songRequests/${requestId}`;
      const found = this.#firestore.get(path);
      const request = found && songRequestDocument.parse(found);
      if (request?.status !== "open") throw new AmbientError("REQUEST_NOT_PENDING");
      const status = decision === "accept" ? "accepted" : "declined";
      if (decision === "accept") this.#append(showId, request.track);
      this.#change(path, { status, decidedAt: momentOf(Date.now()), decidedBy: by });
      return { status };
    });
    this.answer("muteSpeaker", ({ showId }, uid) => {
      this.#requireHost(showId, uid);
      return {};
    });
    this.answer("removeParticipant", ({ showId, uid }, by) => {
      this.#requireHost(showId, by);
      return this.#goes(showId, uid, "removed");
    });
    this.answer("hideComments", ({ showId, uid }, by) => {
      this.#requireHost(showId, by);
      for (const [id, { authorUid }] of this.#firestore.all(`shows/${showId}/comments`)) {
        if (authorUid === uid) this.#change(`shows/${showId}/comments/${id}`, { hidden: true });
      }
      return {};
    });
    this.answer("report", () => ({ reportId: "report" }));
    this.answer("registerDevice", () => ({}));
    this.answer("unregisterDevice", () => ({}));
  }

  /** Counts votes at once. The server does so every few seconds. */
  #written(path: string): void {
    const [, showId = "", collection] = path.split("/");
    if (collection !== "songRequests" && collection !== "songVotes") return;
    this.#change(`shows/${showId}/feed/latest`, { songRequests: this.#songRequests(showId) });
  }

  #show(showId: string): ShowDocument {
    const found = this.#firestore.get(`shows/${showId}`);
    if (!found) throw new AmbientError("SHOW_NOT_FOUND");
    return showDocument.parse(found);
  }

  #liveShow(showId: string): ShowDocument {
    const show = this.#show(showId);
    if (show.status !== "live") throw new AmbientError("SHOW_NOT_LIVE");
    return show;
  }

  #found(showId: string, uid: string) {
    const found = this.#firestore.get(`shows/${showId}/participants/${uid}`);
    return found && participantDocument.parse(found);
  }

  #participant(showId: string, uid: string) {
    const found = this.#found(showId, uid);
    if (found?.state !== "present") throw new AmbientError("NOT_PARTICIPANT");
    return found;
  }

  #requireHost(showId: string, uid: string): void {
    this.#liveShow(showId);
    const { role } = this.#participant(showId, uid);
    if (role !== "creator" && role !== "cohost") throw new AmbientError("NOT_HOST");
  }

  #change(path: string, fields: DocumentFields): void {
    this.set(path, { ...this.#firestore.get(path), ...fields });
  }

  #start(showId: string, uid: string): void {
    const now = momentOf(Date.now());
    this.#change(`shows/${showId}`, {
      ...{
        status: "live",
        settings: defaultSettings,
        hostUid: uid,
        startedAt: now,
        updatedAt: now,
      },
      ...{ commentFeed: "direct", pinnedCommentId: null },
    });
    this.set(`shows/${showId}/playback/now`, {
      ...{ mode: "talk", trackUri: null, trackIndex: null, positionMs: 0, paused: true },
      ...{ at: now, by: uid, sequence: 0, playlistRevision: 0 },
    });
    this.#enter(showId, uid, "creator");
    this.#count(showId);
  }

  #enter(showId: string, uid: string, role: Role): void {
    const profile = this.#firestore.get(`users/${uid}`);
    this.set(`shows/${showId}/participants/${uid}`, {
      ...{ uid, role, displayName: profile?.displayName, photoUrl: profile?.photoUrl },
      ...{ state: "present", joinedAt: momentOf(Date.now()), leftAt: null },
      ...{ canPublish: this.#canPublish(showId, uid, role), invitedTo: null },
    });
  }

  #goes(showId: string, uid: string, state: "left" | "removed"): Record<string, never> {
    this.#participant(showId, uid);
    this.#setRole(showId, uid, "listener");
    this.#change(`shows/${showId}/participants/${uid}`, { state, leftAt: momentOf(Date.now()) });
    this.#count(showId);
    return {};
  }

  #canPublish(showId: string, uid: string, role: Role): boolean {
    const canPublish = onStage.includes(role);
    if (canPublish) this.#spoke.set(showId, (this.#spoke.get(showId) ?? new Set()).add(uid));
    return canPublish;
  }

  /** A person who comes down from the stage, or who leaves, gives up their request. */
  #setRole(showId: string, uid: string, role: Role): void {
    const canPublish = this.#canPublish(showId, uid, role);
    this.#change(`shows/${showId}/participants/${uid}`, { role, canPublish, invitedTo: null });
    const request = `shows/${showId}/speakRequests/${uid}`;
    const status = this.#firestore.get(request)?.status;
    if (role === "listener" && (status === "pending" || status === "accepted")) {
      this.#change(request, { status: "cancelled" });
    }
  }

  #switch(
    showId: string,
    mode: "talk" | "music",
    trackIndex: number | undefined,
    uid: string,
  ): number {
    const path = `shows/${showId}/playback/now`;
    const before = playbackDocument.parse(this.#firestore.get(path));
    if (before.mode === mode) return before.sequence;
    const { tracks, revision } = this.#playlist(showId);
    const track = mode === "music" ? tracks[trackIndex ?? 0] : undefined;
    const sequence = before.sequence + 1;
    this.set(path, {
      ...{ mode, trackUri: track?.uri ?? null, trackIndex: track ? (trackIndex ?? 0) : null },
      ...{ positionMs: 0, paused: mode === "talk", at: momentOf(Date.now()), by: uid, sequence },
      ...{ playlistRevision: revision },
    });
    return sequence;
  }

  #append(showId: string, track: Track): void {
    const { tracks, revision } = this.#playlist(showId);
    const longer = { tracks: [...tracks, track], revision: revision + 1 };
    this.set(`shows/${showId}/playlist/current`, longer);
  }

  #playlist(showId: string): PlaylistDocument {
    const found = this.#firestore.get(`shows/${showId}/playlist/current`);
    return found ? playlistDocument.parse(found) : { tracks: [], revision: 0 };
  }

  /** The open requests with their votes. */
  #songRequests(showId: string) {
    const votes = this.#firestore
      .all(`shows/${showId}/songVotes`)
      .flatMap(([, fields]) => songVotesDocument.parse(fields).requestIds);
    return this.#firestore
      .all(`shows/${showId}/songRequests`)
      .map(([id, fields]) => ({ id, ...songRequestDocument.parse(fields) }))
      .filter(({ status }) => status === "open")
      .map(({ id, track, requestedBy, createdAt }) => {
        const count = votes.filter((vote) => vote === id).length;
        return { id, track, requestedBy, createdAt, votes: count };
      })
      .sort((one, other) => other.votes - one.votes);
  }

  #listeners(showId: string): number {
    return this.#firestore
      .all(`shows/${showId}/participants`)
      .filter(([, { role, state }]) => role === "listener" && state === "present").length;
  }

  /** What the server counts every few seconds. */
  #count(showId: string): void {
    const [now, listeners] = [momentOf(Date.now()), this.#listeners(showId)];
    const peak = Math.max(listeners, this.#show(showId).audience?.peak ?? 0);
    this.#change(`shows/${showId}`, { audience: { listeners, peak, countedAt: now } });
    this.set(`shows/${showId}/feed/latest`, {
      ...{ audience: { listeners, peak, countedAt: now }, reactions: noReactions, comments: [] },
      songRequests: this.#songRequests(showId),
      updatedAt: now,
    });
  }

  #end(showId: string, { startedAt, audience }: ShowDocument) {
    const endedAt = Date.now();
    const people = this.#firestore.all(`shows/${showId}/participants`);
    const summary: ShowSummary = {
      durationMs: endedAt - (startedAt?.toMillis() ?? endedAt),
      listeners: people.length - 1,
      peak: audience?.peak ?? 0,
      comments: this.#firestore.all(`shows/${showId}/comments`).length,
      speakers: this.#spoke.get(showId)?.size ?? 0,
      tracksPlayed: 0,
    };
    this.set(`shows/${showId}/summary/final`, { ...summary });
    const at: Moment = momentOf(endedAt);
    const ended = { status: "ended", endedAt: at, endReason: "ended_by_host", updatedAt: at };
    this.#change(`shows/${showId}`, ended);
    return { endedAt, summary };
  }
}

/** What Spotify would say of a track. */
function fakeTrack(uri: string): Track {
  const about = { name: `Song ${uri.slice(-4)}`, artists: ["Somebody"], durationMs: 180_000 };
  return { uri, ...about, imageUrl: null, explicit: false };
}

/** From most to least. */
function rank(role: Role): number {
  return [...onStage, "listener"].indexOf(role);
}

/** Firebase Auth for one person on one device. */
function fakeAuth(uid: string): { readonly auth: AuthHandle; readonly sdk: AuthSdk } {
  let currentUser: AuthHandle["currentUser"] = { uid };
  const listeners = new Set<(user: AuthHandle["currentUser"]) => void>();
  const become = (user: AuthHandle["currentUser"]) => {
    currentUser = user;
    for (const listener of listeners) listener(user);
    return Promise.resolve();
  };
  return {
    auth: {
      get currentUser() {
        return currentUser;
      },
    },
    sdk: {
      signInWithCustomToken: () => become({ uid }),
      signOut: () => become(null),
      onAuthStateChanged(_auth, next) {
        listeners.add(next);
        return () => {
          listeners.delete(next);
        };
      },
    },
  };
}
