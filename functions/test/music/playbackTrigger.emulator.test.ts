import assert from "node:assert/strict";
import {
  doc,
  runTransaction,
  serverTimestamp,
  updateDoc,
  type DocumentData,
} from "firebase/firestore";
import type { App } from "../../../local/clientApp/app.js";
import { denied } from "../../../test/support/refusal.js";
import {
  playbackRef,
  playlistRef,
  playlistRevisionRef,
  summaryRef,
  timelinesRef,
} from "../../src/collections.js";
import { editShowPlaylist, type PlaybackDocument } from "../../src/contract/music.js";
import { endShow } from "../../src/contract/shows.js";
import { setStageMode } from "../../src/contract/stage.js";
import {
  appOf,
  firestore,
  participantIn,
  showIn,
  somebody,
  type Person,
} from "../support/backstage.js";
import { eventually } from "../support/eventually.js";
import { tracks, uriOf } from "../support/tracks.js";

const list = tracks("A:300000 B:200000 C:100000");

describe("playback written by hosts", () => {
  let ada: Person;
  let ben: Person;
  let apps: Record<"ada" | "ben", App>;
  let showId: string;

  before(async () => {
    [ada, ben] = await Promise.all([somebody("Ada"), somebody("Ben")]);
    const [adas, bens] = await Promise.all([appOf(ada), appOf(ben)]);
    apps = { ada: adas, ben: bens };
  });
  after(() => Promise.all([apps.ada.close(), apps.ben.close()]));
  beforeEach(async () => {
    showId = await showIn("live", ada);
    await participantIn(showId, ben, { role: "cohost", canPublish: true });
    await playlistRef(firestore, showId).set({ revision: 1, tracks: list });
    await playlistRevisionRef(firestore, showId, 1).set({
      tracks: list.map(({ uri, durationMs }) => ({ uri, durationMs })),
    });
    await apps.ada.call(setStageMode, { showId, mode: "music" });
  });

  const path = () => `shows/${showId}/playback/now`;
  const playback = async (): Promise<PlaybackDocument> => {
    const found = (await playbackRef(firestore, showId).get()).data();
    assert.ok(found);
    return found;
  };
  /** A host's next step to a track, based on the sequence that they saw. */
  const step = (app: App, letter: string, seen: number, changes: DocumentData = {}) => ({
    trackUri: uriOf(letter),
    trackIndex: "ABC".indexOf(letter),
    positionMs: 0,
    paused: false,
    at: serverTimestamp(),
    by: app.uid,
    sequence: seen + 1,
    ...changes,
  });
  const timeline = async () =>
    (await timelinesRef(firestore, showId).get()).docs
      .map((entry) => entry.data())
      .sort((a, b) => a.sequence - b.sequence);
  const timelineOf = (length: number) =>
    eventually(`${length} changes`, async () => {
      const found = await timeline();
      return found.length >= length ? found : undefined;
    });

  it("is stored in the timeline, each change once and unchanged", async () => {
    const { sequence } = await playback();
    await updateDoc(doc(apps.ada.db, path()), step(apps.ada, "B", sequence));
    const second = await playback();
    await updateDoc(
      doc(apps.ben.db, path()),
      step(apps.ben, "B", sequence + 1, { paused: true, positionMs: 5_000 }),
    );
    const third = await playback();
    const found = await timelineOf(4);
    assert.deepEqual(
      found.map(({ sequence: each }) => each),
      [0, 1, 2, 3],
    );
    assert.deepEqual(found.slice(2), [second, third]);
    assert.deepEqual(
      found.map(({ by }) => by),
      [ada.uid, ada.uid, ada.uid, ben.uid],
    );
  });

  it("changes once when two hosts press at once, and the other write is refused", async () => {
    const { sequence } = await playback();
    const outcomes = await Promise.allSettled([
      updateDoc(doc(apps.ada.db, path()), step(apps.ada, "B", sequence)),
      updateDoc(doc(apps.ben.db, path()), step(apps.ben, "B", sequence)),
    ]);
    const lost = outcomes.filter((outcome) => outcome.status === "rejected");
    assert.equal(lost.length, 1);
    for (const { reason } of lost) denied(reason);
    assert.equal((await playback()).sequence, sequence + 1);
    // Until then the summary would miss A, as "is counted even when its event arrives after the end" shows.
    await timelineOf(3);
    const { summary } = await apps.ada.call(endShow, { showId });
    // A and B, once each.
    assert.equal(summary.tracksPlayed, 2);
    // Talk, A, B, and the silence at the end.
    assert.equal((await timelineOf(4)).length, 4);
  });

  it("skips once when both hosts use a transaction that checks the sequence", async () => {
    const { sequence } = await playback();
    const next = (app: App) =>
      runTransaction(app.db, async (transaction) => {
        const now = await transaction.get(doc(app.db, path()));
        if (now.get("sequence") !== sequence) return "somebody was faster";
        transaction.update(now.ref, step(app, "B", sequence));
        return "done";
      });
    const outcomes = await Promise.allSettled([next(apps.ada), next(apps.ben)]);
    const done = outcomes.filter(
      (outcome) => outcome.status === "fulfilled" && outcome.value === "done",
    );
    assert.equal(done.length, 1);
    // The slower host reads the new sequence on the retry, or is refused by the rules before.
    for (const outcome of outcomes) if (outcome.status === "rejected") denied(outcome.reason);
    assert.partialDeepStrictEqual(await playback(), { sequence: sequence + 1, trackIndex: 1 });
  });

  it("is refused when it was queued offline and arrives late, and the show continues", async () => {
    const { sequence } = await playback();
    await updateDoc(doc(apps.ada.db, path()), step(apps.ada, "B", sequence));
    const before = await playback();
    await assert.rejects(
      updateDoc(doc(apps.ben.db, path()), step(apps.ben, "C", sequence)),
      denied,
    );
    assert.deepEqual(await playback(), before);
    await updateDoc(doc(apps.ben.db, path()), step(apps.ben, "C", sequence + 1));
    assert.equal((await playback()).trackIndex, 2);
  });

  it("is checked against the current playlist: a step based on an old revision is refused", async () => {
    const { sequence } = await playback();
    const order = ["C", "B", "A"].map(uriOf);
    await apps.ben.call(editShowPlaylist, { showId, revision: 1, trackUris: order });
    const edited = await playback();
    assert.partialDeepStrictEqual(edited, {
      trackIndex: 2,
      trackUri: uriOf("A"),
      sequence: sequence + 1,
      playlistRevision: 2,
      by: ben.uid,
    });
    const late = step(apps.ada, "C", edited.sequence, { trackIndex: 2, playlistRevision: 1 });
    await assert.rejects(updateDoc(doc(apps.ada.db, path()), late), denied);
    const right = step(apps.ada, "C", edited.sequence, { trackIndex: 0 });
    await updateDoc(doc(apps.ada.db, path()), right);
    const found = await timelineOf(4);
    assert.deepEqual(
      found.map(({ playlistRevision }) => playlistRevision),
      [0, 1, 2, 2],
    );
  });

  it("is counted even when its event arrives after the end", async () => {
    const { sequence } = await playback();
    await updateDoc(doc(apps.ada.db, path()), step(apps.ada, "B", sequence));
    await updateDoc(doc(apps.ada.db, path()), step(apps.ada, "C", sequence + 1));
    await updateDoc(doc(apps.ada.db, path()), step(apps.ada, "A", sequence + 2));
    await apps.ada.call(endShow, { showId });
    await timelineOf(5);
    // A, B, C and A again.
    await eventually("the summary", async () => {
      const summary = (await summaryRef(firestore, showId).get()).data();
      return summary?.tracksPlayed === 4 ? summary : undefined;
    });
  });
});
