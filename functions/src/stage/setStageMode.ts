import { Timestamp, type Transaction } from "firebase-admin/firestore";
import type { z } from "zod";
import { askForSweep } from "../audio/askForSweep.js";
import { isSilent, openStage, silenceRoom } from "../audio/stageSound.js";
import type { Caller } from "../caller.js";
import { participantRef, playbackRef, playlistRef, showRef, stageRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { invalidArgument, Refusal } from "../errors.js";
import { silentPlayback } from "../contract/silentPlayback.js";
import { startingPlayback } from "../contract/startingPlayback.js";
import { readTogether } from "../readTogether.js";
import { hosting } from "./authority.js";
import { CLOSING_LASTS_MS, dropClosing } from "./closing.js";
import type { setStageMode as contract } from "../contract/stage.js";

type ModeDependencies = Pick<Dependencies, "firestore" | "clock" | "rooms" | "tasks" | "newId">;
type Input = z.output<typeof contract.request>;
type Answer = z.input<typeof contract.response>;

/**
 * How long listeners' phones still play a voice after it was cut off, in ms. WebRTC's jitter buffer empties in about this
 * time.
 */
const SPEECH_PLAYED_OUT_MS = 250;

/** How long a listener's phone needs to stop Spotify after it learns of the change, in ms. */
const MUSIC_STOPS_MS = 500;

/** How often to try to revoke permissions that were granted while the stage closed. */
const MAX_SILENCINGS = 3;

/**
 * Spotify's audio must not overlap any other, so talk and music exclude each other. On the way to music, the room is
 * silenced and checked, and only then the mode is written. On the way to talk, the end of the music is written first,
 * and listeners' phones get time to follow. If the room cannot be silenced, the call refuses with AUDIO_UNAVAILABLE,
 * and the show stays in talk mode. https://developer.spotify.com/policy (section III, "no mixing or overlapping with
 * other audio")
 */
export async function setStageMode(
  deps: ModeDependencies,
  caller: Caller,
  input: Input,
): Promise<Answer> {
  return input.mode === "music" ? toMusic(deps, caller, input) : toTalk(deps, caller, input);
}

async function toTalk(deps: ModeDependencies, caller: Caller, { showId }: Input): Promise<Answer> {
  const db = deps.firestore;
  const { sequence, wasMusic } = await db.runTransaction(async (transaction) => {
    const [show, participant, playback, stage] = await readTogether(
      transaction,
      showRef(db, showId),
      participantRef(db, showId, caller.uid),
      playbackRef(db, showId),
      stageRef(db, showId),
    );
    hosting(show.data(), participant.data(), caller.uid);
    const current = playback.data();
    // This cancels another host's pending switch to music, which will find its `closing` field removed.
    const now = Timestamp.fromMillis(deps.clock.now());
    if (stage.data()?.closing) {
      transaction.set(stage.ref, { closing: null, permissionsChangedAt: now }, { merge: true });
    }
    if (current?.mode !== "music") return { sequence: current?.sequence ?? 0, wasMusic: false };
    const next = silentPlayback(caller.uid, now, current.sequence + 1, current.playlistRevision);
    transaction.set(playback.ref, next);
    return { sequence: next.sequence, wasMusic: true };
  });
  if (wasMusic) await deps.clock.sleep(MUSIC_STOPS_MS);
  // Even if the mode was talk already, because the call that wrote it may have crashed before it updated the room.
  await openStage(deps, showId);
  return { mode: "talk", sequence };
}

async function toMusic(deps: ModeDependencies, caller: Caller, input: Input): Promise<Answer> {
  const { showId } = input;
  const closing = deps.newId();
  const already = await close(deps, caller, input, closing);
  if (already) return already;
  try {
    await becomeSilent(deps, showId);
    return await startMusic(deps, caller, input, closing);
  } catch (error) {
    await giveUp(deps, showId, closing);
    throw error;
  }
}

/** Waits until the room has been silent for the length of the jitter buffer. */
async function becomeSilent(deps: ModeDependencies, showId: string): Promise<void> {
  for (let times = 0; times < MAX_SILENCINGS; times += 1) {
    await silenceRoom(deps, showId);
    await deps.clock.sleep(SPEECH_PLAYED_OUT_MS);
    if (await isSilent(deps, showId)) return;
  }
  throw new Refusal("AUDIO_UNAVAILABLE");
}

/** From here on nobody is entitled to publish. */
async function close(
  deps: ModeDependencies,
  caller: Caller,
  { showId, trackIndex }: Input,
  closing: string,
): Promise<Answer | null> {
  return deps.firestore.runTransaction(async (transaction) => {
    const { playback, stage, playlist } = await readStage(deps, transaction, caller, showId);
    const current = playback.data();
    if (current?.mode === "music") return { mode: "music" as const, sequence: current.sequence };
    assertTrack(trackIndex, playlist.data()?.tracks.length ?? 0);
    const now = deps.clock.now();
    const other = stage.data()?.closing;
    if (other && now - other.since.toMillis() < CLOSING_LASTS_MS) throw new Refusal("CONTENTION");
    const since = Timestamp.fromMillis(now);
    transaction.set(stage.ref, { closing: { id: closing, since } }, { merge: true });
    return null;
  });
}

async function startMusic(
  deps: ModeDependencies,
  caller: Caller,
  { showId, trackIndex }: Input,
  closing: string,
): Promise<Answer> {
  return deps.firestore.runTransaction(async (transaction) => {
    const { playback, stage, playlist } = await readStage(deps, transaction, caller, showId);
    // Another host cancelled this switch or started a newer one.
    if (stage.data()?.closing?.id !== closing) throw new Refusal("CONTENTION");
    assertTrack(trackIndex, playlist.data()?.tracks.length ?? 0);
    const next = startingPlayback(
      playlist.data(),
      trackIndex ?? 0,
      caller.uid,
      Timestamp.fromMillis(deps.clock.now()),
      (playback.data()?.sequence ?? 0) + 1,
    );
    transaction.set(playback.ref, next).set(stage.ref, { closing: null }, { merge: true });
    return { mode: "music" as const, sequence: next.sequence };
  });
}

/** Reads the documents that the mode depends on, and requires that the caller hosts the show. */
async function readStage(
  { firestore: db }: ModeDependencies,
  transaction: Transaction,
  { uid }: Caller,
  showId: string,
) {
  const [show, participant, playback, stage, playlist] = await readTogether(
    transaction,
    showRef(db, showId),
    participantRef(db, showId, uid),
    playbackRef(db, showId),
    stageRef(db, showId),
    playlistRef(db, showId),
  );
  hosting(show.data(), participant.data(), uid);
  return { playback, stage, playlist };
}

/** Returns to talk unless another closing has replaced this one. */
async function giveUp(deps: ModeDependencies, showId: string, closing: string): Promise<void> {
  const wasOurs = await dropClosing(deps, showId, closing);
  // Leave this to the sweep: the room has just failed to answer, and the caller is waiting.
  if (wasOurs) await askForSweep(deps, showId);
}

function assertTrack(trackIndex: number | undefined, trackCount: number): void {
  if (trackIndex === undefined || trackIndex < trackCount) return;
  throw invalidArgument("trackIndex", `the playlist has ${trackCount} tracks`);
}
