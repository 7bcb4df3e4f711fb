import { CATALOG_DEADLINE_MS } from "../music/catalogDeadline.js";
import { Timestamp } from "firebase-admin/firestore";
import type { z } from "zod";
import type { Caller } from "../caller.js";
import {
  participantRef,
  playbackRef,
  playlistRef,
  showRef,
  songRequestRef,
  songRequestsRef,
  songVotesRef,
} from "../collections.js";
import type { ParticipantDocument } from "../contract/audience.js";
import { trackIdOf } from "../contract/music.js";
import { queries } from "../contract/queries.js";
import type { ShowDocument } from "../contract/shows.js";
import {
  MAX_OPEN_PER_PERSON,
  MAX_OPEN_SONG_REQUESTS,
  type requestSong as contract,
  type SongRequestDocument,
  withVote,
} from "../contract/songRequests.js";
import type { Dependencies } from "../dependencies.js";
import { Refusal } from "../errors.js";
import { showTrack } from "../music/showTrack.js";
import { select } from "../queries.js";
import { readTogether } from "../readTogether.js";
import { getSpotifyAccessToken } from "../spotify/getSpotifyAccessToken.js";
import { isComing } from "./isComing.js";

type RequestDependencies = Pick<
  Dependencies,
  "firestore" | "spotify" | "catalog" | "cipher" | "clock" | "newId"
>;

/**
 * Requests a song or, if it has been requested already, votes for it. Checks everything that can refuse a new song before calling
 * Spotify, and rechecks in the transaction what may have changed.
 */
export async function requestSong(
  deps: RequestDependencies,
  caller: Caller,
  { showId, trackUri }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const db = deps.firestore;
  const requestId = trackIdOf(trackUri);
  const mine = select(songRequestsRef(db, showId), queries.openSongRequestsBy, caller.uid, "open");
  const [show, participant, found, playlist, playback] = await readTogether(
    db,
    showRef(db, showId),
    participantRef(db, showId, caller.uid),
    songRequestRef(db, showId, requestId),
    playlistRef(db, showId),
    playbackRef(db, showId),
  );
  assertMayRequest(show.data(), participant.data());
  if (isComing(trackUri, playlist.data(), playback.data(), deps.clock.now())) {
    throw new Refusal("SONG_ALREADY_COMING");
  }
  assertUndecided(found.data());
  const track = found.exists ? undefined : await newTrack();

  return db.runTransaction(async (transaction) => {
    const [showNow, participantNow, request, votes] = await readTogether(
      transaction,
      showRef(db, showId),
      participantRef(db, showId, caller.uid),
      songRequestRef(db, showId, requestId),
      songVotesRef(db, showId, caller.uid),
    );
    const mineNow = request.exists ? 0 : (await transaction.get(mine)).size;
    assertMayRequest(showNow.data(), participantNow.data());
    assertUndecided(request.data());
    const now = Timestamp.fromMillis(deps.clock.now());
    if (!request.exists) {
      // The request was withdrawn in the meantime. A retry reads the track at Spotify.
      if (!track) throw new Refusal("CONTENTION");
      assertRoom(mineNow);
      const requestedBy = caller.uid;
      const undecided = { status: "open", decidedAt: null, decidedBy: null } as const;
      transaction.set(request.ref, { track, requestedBy, createdAt: now, ...undecided });
    }
    const requestIds = withVote(votes.data()?.requestIds ?? [], requestId);
    transaction.set(votes.ref, { requestIds, at: now });
    return { requestId };
  });

  async function newTrack() {
    const open = select(songRequestsRef(db, showId), queries.openSongRequests, "open");
    const [own, all] = await Promise.all([mine.count().get(), open.count().get()]);
    assertRoom(own.data().count);
    if (all.data().count >= MAX_OPEN_SONG_REQUESTS) throw new Refusal("SONG_REQUESTS_FULL");
    const deadline = deps.clock.now() + CATALOG_DEADLINE_MS;
    const { accessToken } = await getSpotifyAccessToken(deps, caller);
    const catalogTrack = await deps.catalog.getTrack(accessToken, requestId, deadline);
    if (!catalogTrack) throw new Refusal("TRACK_NOT_FOUND");
    return showTrack(catalogTrack);
  }
}

function assertMayRequest(
  show: ShowDocument | undefined,
  participant: ParticipantDocument | undefined,
): void {
  if (!show) throw new Refusal("SHOW_NOT_FOUND");
  if (show.status !== "live") throw new Refusal("SHOW_NOT_LIVE", { status: show.status });
  if (participant?.state !== "present") throw new Refusal("NOT_PARTICIPANT");
  if (participant.hasAcceptedTerms === false) throw new Refusal("TERMS_NOT_ACCEPTED");
  if (show.settings?.songRequestsOpen === false) throw new Refusal("SONG_REQUESTS_CLOSED");
}

function assertUndecided(request: SongRequestDocument | undefined): void {
  if (request && request.status !== "open") {
    throw new Refusal("REQUEST_NOT_PENDING", { status: request.status });
  }
}

function assertRoom(openRequests: number): void {
  if (openRequests >= MAX_OPEN_PER_PERSON) throw new Refusal("SONG_REQUEST_LIMIT");
}
