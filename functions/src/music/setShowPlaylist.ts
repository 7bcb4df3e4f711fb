import { Timestamp } from "firebase-admin/firestore";
import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import type { Caller } from "../caller.js";
import { playbackRef, playlistRef, showRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { Refusal } from "../errors.js";
import { readTogether } from "../readTogether.js";
import type { ShowDocument } from "../contract/shows.js";
import { getSpotifyAccessToken } from "../spotify/getSpotifyAccessToken.js";
import { readWholePlaylist } from "./readWholePlaylist.js";
import type { setShowPlaylist as contract } from "../contract/music.js";
import { assertNotOver } from "./showMusic.js";
import { writePlaylist } from "./writePlaylist.js";

/** Long enough for ten pages and one wait for a rate limit, in ms. */
const DEADLINE_MS = 45_000;

/**
 * Reads one of the creator's playlists completely and then writes it. If anything fails before, the show keeps its
 * list.
 */
export async function setShowPlaylist(
  deps: Pick<Dependencies, "firestore" | "spotify" | "catalog" | "cipher" | "clock" | "newId">,
  caller: Caller,
  { showId, playlistId }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const db = deps.firestore;
  const deadline = deps.clock.now() + DEADLINE_MS;
  assertMine((await showRef(db, showId).get()).data(), caller.uid);
  const { accessToken } = await getSpotifyAccessToken(deps, caller);
  const {
    playlist: about,
    tracks,
    skipped,
  } = await readWholePlaylist(deps, accessToken, playlistId, deadline);
  await db.runTransaction(async (transaction) => {
    const [show, playlist, playback] = await readTogether(
      transaction,
      showRef(db, showId),
      playlistRef(db, showId),
      playbackRef(db, showId),
    );
    const data = assertMine(show.data(), caller.uid);
    const current = playlist.data();
    const isSame =
      data.playlist?.id === about.id &&
      data.playlist.name === about.name &&
      data.playlist.imageUrl === about.imageUrl &&
      isDeepStrictEqual(current?.tracks, tracks);
    if (isSame) return;
    writePlaylist(
      deps,
      transaction,
      {
        show: { ref: show.ref, data },
        playlist: { ref: playlist.ref, data: current },
        playback: { ref: playback.ref, data: playback.data() },
      },
      tracks,
      { id: about.id, name: about.name, imageUrl: about.imageUrl },
      { by: caller.uid, now: Timestamp.fromMillis(deps.clock.now()) },
    );
  });
  return { trackCount: tracks.length, skipped };
}

function assertMine(show: ShowDocument | undefined, uid: string): ShowDocument {
  if (!show) throw new Refusal("SHOW_NOT_FOUND");
  if (show.creatorUid !== uid) throw new Refusal("NOT_CREATOR");
  assertNotOver(show);
  return show;
}
