import { participantDocument } from "../../../functions/src/contract/audience.js";
import type { Moment } from "../../../functions/src/contract/fields.js";
import {
  playbackDocument,
  playlistDocument,
  type PlaylistDocument,
  trackIdOf,
  type Track,
} from "../../../functions/src/contract/music.js";
import { noReactions } from "../../../functions/src/contract/reactions.js";
import { isHost, onStage, type Role } from "../../../functions/src/contract/role.js";
import {
  defaultSettings,
  showDocument,
  type ShowDocument,
  type ShowSummary,
} from "../../../functions/src/contract/shows.js";
import {
  songRequestDocument,
  songVotesDocument,
  withVote,
} from "../../../functions/src/contract/songRequests.js";
import { speakRequestDocument } from "../../../functions/src/contract/stage.js";
import type { CallableName, RequestOf, ResponseOf } from "../backend/callables.js";
import { AmbientError } from "../errors/ambientError.js";
import type { DocumentFields } from "../sdk/firebaseSdk.js";
import { momentOf, type MemoryFirestore } from "./memoryFirestore.js";

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

const NO_AUDIO = { provider: "none", canPublish: false } as const;

/** Answers what happens in an evening as the server would, in short. */
export function answerEvening(
  firestore: MemoryFirestore,
  answer: <Name extends CallableName>(name: Name, answer: FakeAnswer<Name>) => void,
): void {
  const evening = new Evening(firestore);
  firestore.onWritten((path) => {
    const [, showId = "", collection] = path.split("/");
    if (collection === "songRequests" || collection === "songVotes") evening.countVotes(showId);
  });
  answer("startShow", ({ showId }, uid) => {
    const show = evening.show(showId);
    if (show.creatorUid !== uid) throw new AmbientError("NOT_CREATOR");
    if (show.status !== "live") evening.start(showId, uid);
    const startedAt = evening.show(showId).startedAt?.toMillis() ?? 0;
    return { status: "live", startedAt, audio: NO_AUDIO, warnings: [] };
  });
  answer("joinShow", ({ showId }, uid) => {
    const show = evening.liveShow(showId);
    const before = evening.participantOrNone(showId, uid);
    const role = show.creatorUid === uid ? "creator" : "listener";
    if (before?.state !== "present") evening.enter(showId, uid, role);
    evening.count(showId);
    return {
      role: before?.state === "present" ? before.role : role,
      audio: NO_AUDIO,
      commentFeed: "direct",
    };
  });
  answer("leaveShow", ({ showId }, uid) => evening.leave(showId, uid, "left"));
  answer("refreshAudio", () => ({ audio: NO_AUDIO }));
  answer("endShow", ({ showId }, uid) => {
    const show = evening.liveShow(showId);
    if (show.hostUid !== uid) throw new AmbientError("NOT_HOST");
    return { status: "ended", ...evening.end(showId, show) };
  });
  answer("cancelShow", ({ showId }, uid) => {
    if (evening.show(showId).creatorUid !== uid) throw new AmbientError("NOT_CREATOR");
    evening.change(`shows/${showId}`, { status: "cancelled" });
    return { status: "cancelled" };
  });
  answer("checkShow", () => ({ problems: [] }));
  answer("decideSpeakRequest", ({ showId, uid, decision }, by) => {
    evening.requireHost(showId, by);
    const path = `shows/${showId}/speakRequests/${uid}`;
    const found = firestore.get(path);
    const request = found && speakRequestDocument.parse(found);
    if (request?.status !== "pending") throw new AmbientError("REQUEST_NOT_PENDING");
    const status = decision === "accept" ? "accepted" : "rejected";
    evening.change(path, { status, decidedAt: momentOf(Date.now()), decidedBy: by });
    if (decision === "accept") evening.setRole(showId, uid, "speaker");
    return { status, role: evening.participant(showId, uid).role };
  });
  answer("setRole", ({ showId, uid, role }, by) => {
    const before = evening.participantOrNone(showId, uid);
    const isUp = before !== undefined && rank(role) < rank(before.role);
    if (uid !== by || isUp) evening.requireHost(showId, by);
    if (before?.state !== "present") throw new AmbientError("NOT_PARTICIPANT");
    const invitedTo = isUp && role !== "listener" ? role : null;
    if (isUp) evening.change(`shows/${showId}/participants/${uid}`, { invitedTo });
    else evening.setRole(showId, uid, role);
    return { role: isUp ? before.role : role, invitedTo };
  });
  answer("acceptInvitation", ({ showId }, uid) => {
    const { invitedTo } = evening.participant(showId, uid);
    if (!invitedTo) throw new AmbientError("NOT_INVITED");
    evening.setRole(showId, uid, invitedTo);
    return { role: invitedTo, audio: NO_AUDIO };
  });
  answer("setStageMode", ({ showId, mode, trackIndex }, uid) => {
    evening.requireHost(showId, uid);
    return { mode, sequence: evening.switchTo(showId, mode, trackIndex, uid) };
  });
  answer("requestSong", ({ showId, trackUri }, uid) => {
    evening.liveShow(showId);
    evening.participant(showId, uid);
    return { requestId: evening.requestSong(showId, trackUri, uid) };
  });
  answer("decideSongRequest", ({ showId, requestId, decision }, by) => {
    evening.requireHost(showId, by);
    const path = `shows/${showId}/songRequests/${requestId}`;
    const found = firestore.get(path);
    const request = found && songRequestDocument.parse(found);
    if (request?.status !== "open") throw new AmbientError("REQUEST_NOT_PENDING");
    const status = decision === "accept" ? "accepted" : "declined";
    if (decision === "accept") evening.appendTrack(showId, request.track);
    evening.change(path, { status, decidedAt: momentOf(Date.now()), decidedBy: by });
    return { status };
  });
  answer("muteSpeaker", ({ showId }, uid) => {
    evening.requireHost(showId, uid);
    return {};
  });
  answer("removeParticipant", ({ showId, uid }, by) => {
    evening.requireHost(showId, by);
    return evening.leave(showId, uid, "removed");
  });
  answer("hideComments", ({ showId, uid }, by) => {
    evening.requireHost(showId, by);
    for (const [id, { authorUid }] of firestore.all(`shows/${showId}/comments`)) {
      if (authorUid === uid) evening.change(`shows/${showId}/comments/${id}`, { hidden: true });
    }
    return {};
  });
  answer("report", () => ({ reportId: "report" }));
  answer("registerDevice", () => ({}));
  answer("unregisterDevice", () => ({}));
}

/** The documents of an evening. */
class Evening {
  readonly #firestore: MemoryFirestore;
  /** Everyone who could speak at some time, by show. */
  readonly #speakers = new Map<string, Set<string>>();

  constructor(firestore: MemoryFirestore) {
    this.#firestore = firestore;
  }

  show(showId: string): ShowDocument {
    const found = this.#firestore.get(`shows/${showId}`);
    if (!found) throw new AmbientError("SHOW_NOT_FOUND");
    return showDocument.parse(found);
  }

  liveShow(showId: string): ShowDocument {
    const show = this.show(showId);
    if (show.status !== "live") throw new AmbientError("SHOW_NOT_LIVE");
    return show;
  }

  participantOrNone(showId: string, uid: string) {
    const found = this.#firestore.get(`shows/${showId}/participants/${uid}`);
    return found && participantDocument.parse(found);
  }

  participant(showId: string, uid: string) {
    const found = this.participantOrNone(showId, uid);
    if (found?.state !== "present") throw new AmbientError("NOT_PARTICIPANT");
    return found;
  }

  requireHost(showId: string, uid: string): void {
    this.liveShow(showId);
    const participant = this.participantOrNone(showId, uid);
    const isHosting = participant?.state === "present" && isHost(participant.role);
    if (!isHosting) throw new AmbientError("NOT_HOST");
  }

  #set(path: string, fields: DocumentFields): void {
    this.#firestore.write(new Map([[path, fields]]));
  }

  change(path: string, fields: DocumentFields): void {
    this.#set(path, { ...this.#firestore.get(path), ...fields });
  }

  start(showId: string, uid: string): void {
    const now = momentOf(Date.now());
    this.change(`shows/${showId}`, {
      ...{
        status: "live",
        settings: defaultSettings,
        hostUid: uid,
        startedAt: now,
        updatedAt: now,
      },
      ...{ commentFeed: "direct", pinnedCommentId: null },
    });
    this.#set(`shows/${showId}/playback/now`, {
      ...{ mode: "talk", trackUri: null, trackIndex: null, positionMs: 0, paused: true },
      ...{ at: now, by: uid, sequence: 0, playlistRevision: 0 },
    });
    this.enter(showId, uid, "creator");
    this.count(showId);
  }

  enter(showId: string, uid: string, role: Role): void {
    const profile = this.#firestore.get(`users/${uid}`);
    this.#set(`shows/${showId}/participants/${uid}`, {
      ...{ uid, role, displayName: profile?.displayName, photoUrl: profile?.photoUrl },
      ...{ state: "present", joinedAt: momentOf(Date.now()), leftAt: null },
      ...{ canPublish: onStage.includes(role), invitedTo: null },
    });
    this.#countSpeaker(showId, uid, role);
  }

  leave(showId: string, uid: string, state: "left" | "removed"): Record<string, never> {
    this.participant(showId, uid);
    this.setRole(showId, uid, "listener");
    this.change(`shows/${showId}/participants/${uid}`, { state, leftAt: momentOf(Date.now()) });
    this.count(showId);
    return {};
  }

  #countSpeaker(showId: string, uid: string, role: Role): void {
    if (!onStage.includes(role)) return;
    this.#speakers.set(showId, new Set(this.#speakers.get(showId)).add(uid));
  }

  /** A person who comes down from the stage, or who leaves, gives up their request. */
  setRole(showId: string, uid: string, role: Role): void {
    this.#countSpeaker(showId, uid, role);
    const canPublish = onStage.includes(role);
    this.change(`shows/${showId}/participants/${uid}`, { role, canPublish, invitedTo: null });
    const request = `shows/${showId}/speakRequests/${uid}`;
    const status = this.#firestore.get(request)?.status;
    if (role === "listener" && (status === "pending" || status === "accepted")) {
      this.change(request, { status: "cancelled" });
    }
  }

  switchTo(
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
    this.#set(path, {
      ...{ mode, trackUri: track?.uri ?? null, trackIndex: track ? (trackIndex ?? 0) : null },
      ...{ positionMs: 0, paused: mode === "talk", at: momentOf(Date.now()), by: uid, sequence },
      ...{ playlistRevision: revision },
    });
    return sequence;
  }

  /** A request for the song, and the person's vote for it. Returns the request's id. */
  requestSong(showId: string, trackUri: string, uid: string): string {
    const requestId = trackIdOf(trackUri);
    const path = `shows/${showId}/songRequests/${requestId}`;
    if (this.#playlist(showId).tracks.some(({ uri }) => uri === trackUri)) {
      throw new AmbientError("SONG_ALREADY_COMING");
    }
    const request = this.#firestore.get(path);
    if (request && request.status !== "open") throw new AmbientError("REQUEST_NOT_PENDING");
    const now = momentOf(Date.now());
    if (!request) {
      this.#set(path, {
        ...{ track: fakeTrack(trackUri), requestedBy: uid, createdAt: now },
        ...{ status: "open", decidedAt: null, decidedBy: null },
      });
    }
    const votes = `shows/${showId}/songVotes/${uid}`;
    const before = this.#firestore.get(votes);
    const requestIds = before ? songVotesDocument.parse(before).requestIds : [];
    this.#set(votes, { requestIds: withVote(requestIds, requestId), at: now });
    return requestId;
  }

  /** The server does so every few seconds. */
  countVotes(showId: string): void {
    this.change(`shows/${showId}/feed/latest`, { songRequests: this.#songRequests(showId) });
  }

  appendTrack(showId: string, track: Track): void {
    const { tracks, revision } = this.#playlist(showId);
    const longer = { tracks: [...tracks, track], revision: revision + 1 };
    this.#set(`shows/${showId}/playlist/current`, longer);
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
  count(showId: string): void {
    const [now, listeners] = [momentOf(Date.now()), this.#listeners(showId)];
    const peak = Math.max(listeners, this.show(showId).audience?.peak ?? 0);
    this.change(`shows/${showId}`, { audience: { listeners, peak, countedAt: now } });
    this.#set(`shows/${showId}/feed/latest`, {
      ...{ audience: { listeners, peak, countedAt: now }, reactions: noReactions, comments: [] },
      songRequests: this.#songRequests(showId),
      updatedAt: now,
    });
  }

  end(showId: string, { startedAt, audience }: ShowDocument) {
    const endedAt = Date.now();
    const people = this.#firestore.all(`shows/${showId}/participants`);
    const summary: ShowSummary = {
      durationMs: endedAt - (startedAt?.toMillis() ?? endedAt),
      listeners: people.length - 1,
      peak: audience?.peak ?? 0,
      comments: this.#firestore.all(`shows/${showId}/comments`).length,
      speakers: this.#speakers.get(showId)?.size ?? 0,
      tracksPlayed: 0,
    };
    this.#set(`shows/${showId}/summary/final`, { ...summary });
    const at: Moment = momentOf(endedAt);
    const ended = { status: "ended", endedAt: at, endReason: "ended_by_host", updatedAt: at };
    this.change(`shows/${showId}`, ended);
    return { endedAt, summary };
  }
}

/** What Spotify would return for a track. */
function fakeTrack(uri: string): Track {
  const about = { name: `Song ${uri.slice(-4)}`, artists: ["Somebody"], durationMs: 180_000 };
  return { uri, ...about, imageUrl: null, explicit: false };
}

/** The position in the order of roles; 0 is the highest. */
function rank(role: Role): number {
  return [...onStage, "listener"].indexOf(role);
}
