import type { z } from "zod";
import type { Caller } from "../caller.js";
import { liveShowRef, playlistRef, showRef, userRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { isRefusal, Refusal } from "../errors.js";
import { spotifyMusicProblems, storedMusicProblems } from "../music/musicProblems.js";
import { readTogether } from "../readTogether.js";
import { stepFrom } from "./lifecycle.js";
import { problem, type ProblemReason } from "../contract/showProblems.js";
import type { checkShow as contract, ShowStatus } from "../contract/shows.js";

/** Looks for what `startShow` would refuse now, and for what would spoil the show. It changes nothing. */
export async function checkShow(
  deps: Pick<
    Dependencies,
    "firestore" | "rooms" | "spotify" | "catalog" | "cipher" | "clock" | "newId"
  >,
  caller: Caller,
  { showId }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const db = deps.firestore;
  const [showSnapshot, liveShowSnapshot, userSnapshot, playlist] = await readTogether(
    db,
    showRef(db, showId),
    liveShowRef(db, caller.uid),
    userRef(db, caller.uid),
    playlistRef(db, showId),
  );
  const show = showSnapshot.data();
  if (!show) throw new Refusal("SHOW_NOT_FOUND");
  if (show.creatorUid !== caller.uid) throw new Refusal("NOT_CREATOR");
  const liveShow = liveShowSnapshot.data();
  const stored = await storedMusicProblems(deps, caller.uid, showId);
  const [spotifyProblems, hasAudio] = await Promise.all([
    stored.includes("SPOTIFY_RELINK_REQUIRED")
      ? []
      : spotifyMusicProblems(deps, caller.uid, show, playlist.data()),
    isAudioUp(deps),
  ]);
  const reasons = new Set<ProblemReason>([
    ...(isStartable(show.status) ? [] : ["SHOW_NOT_STARTABLE" as const]),
    ...(liveShow && liveShow.showId !== showId ? ["ALREADY_LIVE" as const] : []),
    ...(userSnapshot.exists ? [] : ["PROFILE_NOT_FOUND" as const]),
    ...(hasAudio ? [] : ["AUDIO_UNAVAILABLE" as const]),
    ...stored,
    ...spotifyProblems,
  ]);
  return { problems: [...reasons].map(problem) };
}

function isStartable(status: ShowStatus): boolean {
  return stepFrom("start", status) !== null;
}

/** Sends the audio server a request that costs nothing. */
async function isAudioUp({ rooms }: Pick<Dependencies, "rooms">): Promise<boolean> {
  try {
    await rooms.find("-", "-");
    return true;
  } catch (error) {
    if (isRefusal(error, "AUDIO_UNAVAILABLE")) return false;
    throw error;
  }
}
