import { CATALOG_DEADLINE_MS } from "./catalogDeadline.js";
import type { z } from "zod";
import type { Caller } from "../caller.js";
import {
  participantRef,
  playbackRef,
  playlistRef,
  showRef,
  trackRequestRef,
} from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { invalidArgument, Refusal } from "../errors.js";
import { allowanceRef, spend } from "../limits/spend.js";
import { readTogether } from "../readTogether.js";
import { getSpotifyAccessToken } from "../spotify/getSpotifyAccessToken.js";
import {
  type addShowTrack as contract,
  trackIdOf,
  type TrackRequestDocument,
} from "../contract/music.js";
import { appendTrack } from "./appendTrack.js";
import { assertMayEdit } from "./showMusic.js";
import { showTrack } from "./showTrack.js";

/** Adds a track to the end of the list. Spotify is asked about it with the caller's grant. */
export async function addShowTrack(
  deps: Pick<Dependencies, "firestore" | "spotify" | "catalog" | "cipher" | "clock" | "newId">,
  caller: Caller,
  { showId, trackUri, requestId }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const db = deps.firestore;
  const deadline = deps.clock.now() + CATALOG_DEADLINE_MS;
  const answered = await db.runTransaction(async (transaction) => {
    const [before, member, earlier, allowance] = await readTogether(
      transaction,
      showRef(db, showId),
      participantRef(db, showId, caller.uid),
      trackRequestRef(db, showId, requestId),
      allowanceRef(db, "addTrack", caller.uid),
    );
    assertMayEdit(before.data(), member.data(), caller.uid);
    if (!earlier.exists) spend(transaction, "addTrack", allowance, deps.clock.now());
    return earlier.data();
  });
  if (answered) return answerTo(answered, trackUri);

  const { accessToken } = await getSpotifyAccessToken(deps, caller);
  const found = await deps.catalog.getTrack(accessToken, trackIdOf(trackUri), deadline);
  if (!found) throw new Refusal("TRACK_NOT_FOUND");
  return db.runTransaction(async (transaction) => {
    const [show, participant, playlist, playback, request] = await readTogether(
      transaction,
      showRef(db, showId),
      participantRef(db, showId, caller.uid),
      playlistRef(db, showId),
      playbackRef(db, showId),
      trackRequestRef(db, showId, requestId),
    );
    const data = assertMayEdit(show.data(), participant.data(), caller.uid);
    const done = request.data();
    if (done) return answerTo(done, trackUri);
    const music = {
      show: { ref: show.ref, data },
      playlist: { ref: playlist.ref, data: playlist.data() },
      playback: { ref: playback.ref, data: playback.data() },
    };
    const revision = appendTrack(deps, transaction, music, showTrack(found), caller.uid);
    transaction.set(request.ref, { revision, trackUri, by: caller.uid });
    return { revision };
  });
}

/** This is a retry after a lost answer. Another track under the same id is the app's mistake. */
function answerTo(done: TrackRequestDocument, trackUri: string): { revision: number } {
  if (done.trackUri === trackUri) return { revision: done.revision };
  throw invalidArgument("requestId", "has been used for another track");
}
