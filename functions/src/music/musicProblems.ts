import { credentialsRef, playlistRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { Refusal } from "../errors.js";
import type { RefusalReason } from "../contract/reasons.js";
import { readTogether } from "../readTogether.js";
import type { ProblemReason } from "../contract/showProblems.js";
import type { ShowDocument } from "../contract/shows.js";
import { getSpotifyAccessToken } from "../spotify/getSpotifyAccessToken.js";
import { readWholePlaylist } from "./readWholePlaylist.js";
import { type PlaylistDocument, trackIdOf } from "../contract/music.js";

/** How early a creator is warned so that they can sign in again in time, in ms. */
const GRANT_WARNING_MS = 14 * 24 * 3_600_000;

const DEADLINE_MS = 30_000;

/** Spotify answers about one track at a time and limits an app's requests, so no more are checked. */
const MAX_CHECKED = 20;

/** The problems that the documents alone show. */
export async function storedMusicProblems(
  deps: Pick<Dependencies, "firestore" | "clock">,
  uid: string,
  showId: string,
): Promise<ProblemReason[]> {
  const db = deps.firestore;
  const [credentials, playlist] = await readTogether(
    db,
    credentialsRef(db, uid),
    playlistRef(db, showId),
  );
  const grant = credentials.data();
  const left = (grant?.grantExpiresAt.toMillis() ?? 0) - deps.clock.now();
  const isEmpty = (playlist.data()?.tracks.length ?? 0) === 0;
  return [
    ...(!grant || left <= 0 ? ["SPOTIFY_RELINK_REQUIRED" as const] : []),
    ...(grant && left > 0 && left < GRANT_WARNING_MS ? ["SPOTIFY_GRANT_ENDING" as const] : []),
    ...(isEmpty ? ["PLAYLIST_EMPTY" as const] : []),
  ];
}

/** The problems that only Spotify knows: whether the playlist is still the creator's, and whether its tracks can be played. */
export async function spotifyMusicProblems(
  deps: Pick<Dependencies, "firestore" | "spotify" | "catalog" | "cipher" | "clock" | "newId">,
  uid: string,
  show: ShowDocument,
  playlist: PlaylistDocument | undefined,
): Promise<ProblemReason[]> {
  const source = show.playlist;
  const deadline = deps.clock.now() + DEADLINE_MS;
  try {
    const { accessToken } = await getSpotifyAccessToken(deps, { uid });
    const { tracks, unplayable } = source
      ? await readWholePlaylist(deps, accessToken, source.id, deadline)
      : { tracks: [], unplayable: new Set<string>() };
    const playable = new Set(tracks.map(({ uri }) => uri));
    const unproven = (playlist?.tracks ?? []).filter(({ uri }) => !playable.has(uri));
    if (unproven.some(({ uri }) => unplayable.has(uri))) return ["TRACKS_UNPLAYABLE"];
    // Added one by one, or known to Spotify by another uri by now.
    const found = await Promise.all(
      unproven
        .slice(0, MAX_CHECKED)
        .map(({ uri }) => deps.catalog.getTrack(accessToken, trackIdOf(uri), deadline)),
    );
    return found.includes(null) ? ["TRACKS_UNPLAYABLE"] : [];
  } catch (error) {
    const reason: RefusalReason | undefined = error instanceof Refusal ? error.reason : undefined;
    if (reason === undefined) throw error;
    // A playlist that has grown too large, or changes while it is read, can still be played as it was stored.
    return reason === "PLAYLIST_TOO_LARGE" || reason === "CONTENTION" ? [] : [reason];
  }
}
