import assert from "node:assert/strict";
import { Timestamp } from "firebase-admin/firestore";
import { playsOf } from "../../src/music/plays.js";
import { reanchor } from "../../src/contract/reanchor.js";
import type { PlaybackDocument, Track } from "../../src/contract/music.js";
import { dice } from "../support/dice.js";
import { letterOf, playing, tracks } from "../support/tracks.js";

type Change = Parameters<typeof playing>[0];

const talk: Change = { mode: "talk", trackIndex: null, paused: true };

/** A show's changes, with consecutive sequences. */
const timeline = (...changes: Change[]) =>
  changes.map((change, index) => playing({ sequence: index + 1, ...change }));

const countPlays = (...of: Parameters<typeof playsOf>) => playsOf(...of).length;

describe("a show's plays", () => {
  const list = tracks("A:300 B:200 C:100");
  const plays = (changes: PlaybackDocument[], until: number) =>
    countPlays(changes, () => list, until);

  it("are zero if nothing was played", () => {
    assert.equal(plays([], 9_999), 0);
    assert.equal(plays(timeline(talk), 9_999), 0);
    assert.equal(plays(timeline(talk, { trackIndex: null, at: 10 }), 9_999), 0);
    assert.equal(plays(timeline({ paused: true, at: 10 }), 9_999), 0);
  });

  it("say which track began when, and how long it was heard", () => {
    const heard = (changes: PlaybackDocument[], until: number) =>
      playsOf(changes, () => list, until).map(
        ({ uri, startedAt, playedMs }) => `${letterOf(uri) ?? ""} ${startedAt} ${playedMs}`,
      );
    assert.deepEqual(heard(timeline({ at: 50 }), 9_999), ["A 50 300", "B 350 200", "C 550 100"]);
    assert.deepEqual(heard(timeline({ at: 50 }), 400), ["A 50 300", "B 350 50"]);
    // Neither a pause nor a seek is a new play, and only sound counts.
    const paused = timeline(
      ...[{ at: 10 }, { at: 100, paused: true, positionMs: 90 }, { at: 500, positionMs: 90 }],
      ...[
        { at: 550, positionMs: 250 },
        { ...talk, at: 560 },
      ],
    );
    assert.deepEqual(heard(paused, 9_999), ["A 10 150"]);
    const again = timeline({ at: 0 }, { at: 300, trackIndex: 0 }, { ...talk, at: 400 });
    assert.deepEqual(heard(again, 9_999), ["A 0 300", "A 300 100"]);
  });

  it("include a track that started, however briefly it played", () => {
    assert.equal(plays(timeline({ at: 10 }), 11), 1);
    assert.equal(plays(timeline({ at: 10 }), 10), 0);
    assert.equal(plays(timeline({ at: 10 }), 0), 0);
  });

  it("include each track that followed by itself, until the end of the show", () => {
    assert.equal(plays(timeline({}), 300), 1);
    assert.equal(plays(timeline({}), 301), 2);
    assert.equal(plays(timeline({}), 500), 2);
    assert.equal(plays(timeline({}), 501), 3);
    assert.equal(plays(timeline({}), 600), 3);
  });

  it("end with the playlist", () => {
    assert.equal(plays(timeline({}), 9_999_999), 3);
    assert.equal(plays(timeline({}, { ...talk, at: 9_000 }), 9_999), 3);
  });

  for (const [what, changes, expected] of [
    ["a pause and a resume", [{}, { paused: true, at: 90 }, { positionMs: 90, at: 95 }], 1],
    [
      "a pause and then another track",
      [{}, { paused: true, at: 90 }, { trackIndex: 1, at: 95 }],
      2,
    ],
    ["a seek forward", [{}, { positionMs: 250, at: 90 }], 1],
    ["a seek back to the start", [{}, { positionMs: 0, at: 90 }], 1],
    ["next", [{}, { trackIndex: 1, at: 90 }], 2],
    ["a skip forward and back", [{}, { trackIndex: 1, at: 90 }, { trackIndex: 0, at: 95 }], 3],
    ["a long talk afterwards", [{}, { ...talk, at: 90 }], 1],
    ["another track after talk", [{}, { ...talk, at: 90 }, { trackIndex: 1, at: 95 }], 2],
    ["the same track after talk", [{}, { ...talk, at: 90 }, { at: 95 }], 1],
    ["a seek to the very end", [{}, { trackIndex: 0, positionMs: 300, at: 50 }], 2],
  ] as const satisfies readonly (readonly [string, readonly Change[], number])[]) {
    it(`are ${expected} with ${what}`, () => {
      assert.equal(plays(timeline(...changes), 100), expected);
    });
  }

  it("count a track again after it had ended", () => {
    assert.equal(plays(timeline({ at: 0 }, { at: 300 }), 310), 2);
    assert.equal(plays(timeline({ at: 0 }, { ...talk, at: 300 }, { at: 400 }), 410), 2);
    assert.equal(plays(timeline({ at: 0 }, { at: 299 }), 310), 1);
    assert.equal(plays(timeline({}, { trackIndex: 2, at: 700 }), 710), 4);
  });

  it("count each copy of a track", () => {
    const twice = tracks("A:300 A:300 B:100");
    const count = (changes: PlaybackDocument[], until: number) =>
      countPlays(changes, () => twice, until);
    assert.equal(count(timeline({}), 601), 3);
    assert.equal(count(timeline({}, { trackIndex: 1, at: 100 }), 110), 2);
    assert.equal(count(timeline({}, { paused: true, at: 90 }, { at: 95 }), 110), 1);
  });

  it("do not depend on the order in which the changes arrive", () => {
    const changes = timeline({}, { trackIndex: 1, at: 90 }, { trackIndex: 0, at: 120 });
    for (let seed = 0; seed < 20; seed += 1) {
      assert.equal(plays(dice(seed).shuffled(changes), 130), 3);
    }
  });

  it("follow the sequence, not the time, if two servers' clocks disagree", () => {
    assert.equal(
      plays(timeline({ at: 0 }, { trackIndex: 1, at: 95 }, { trackIndex: 2, at: 94 }), 110),
      2,
    );
  });

  it("do not change the timeline", () => {
    const changes = timeline({}, { trackIndex: 1, at: 90 }).reverse();
    plays(changes, 100);
    assert.deepEqual(
      changes.map(({ sequence }) => sequence),
      [2, 1],
    );
  });

  describe("with edits of the playlist", () => {
    /** The tracks of each revision, starting with revision 1. */
    const edited = (...lists: string[]) => {
      const revisions = lists.map(tracks);
      return (revision: number): readonly Track[] => revisions[revision - 1] ?? [];
    };
    const rev = (playlistRevision: number, change: Change): Change => ({
      playlistRevision,
      ...change,
    });

    it("use the playlist that was valid at the time", () => {
      const tracksOf = edited("A:300 B:200", "A:300 B:200 C:100 D:100");
      assert.equal(countPlays(timeline({}), tracksOf, 9_999), 2);
      assert.equal(
        countPlays(timeline({}, rev(2, { at: 90, positionMs: 90 })), tracksOf, 9_999),
        4,
      );
    });

    it("count a track once that continues at another index", () => {
      const tracksOf = edited("A:300 B:200", "B:200 A:300");
      const changes = timeline({}, rev(2, { trackIndex: 1, positionMs: 90, at: 90 }));
      assert.equal(countPlays(changes, tracksOf, 100), 1);
      assert.equal(countPlays(changes, tracksOf, 9_999), 1);
    });

    it("count the track that replaced a removed one", () => {
      const tracksOf = edited("A:300 B:200", "B:200");
      assert.equal(countPlays(timeline({}, rev(2, { at: 90 })), tracksOf, 9_999), 2);
    });

    it("count nothing more when a silent playback is moved after the music was over", () => {
      const tracksOf = edited("A:300", "A:300 B:200");
      const silence = rev(2, { trackIndex: 1, positionMs: 200, paused: true, at: 900 });
      assert.equal(countPlays(timeline({}, silence), tracksOf, 9_999), 1);
    });

    it("do not change with an edit that keeps the current track", () => {
      const chance = dice(9);
      for (let round = 0; round < 500; round += 1) {
        const before = tracks(
          Array.from(
            { length: 1 + chance.below(6) },
            (_, n) => `${"ABCDEF"[n] ?? ""}:${10 + chance.below(90)}`,
          ).join(" "),
        );
        const played = playing({ trackIndex: chance.below(before.length), at: 50 });
        const now = 50 + chance.below(300);
        const until = now + chance.below(300);
        // Insert a track that was never played before all others.
        const after = [...tracks("X:1000"), ...before];
        const anchored = reanchor(
          played,
          before,
          { revision: 2, tracks: after },
          "ben",
          Timestamp.fromMillis(now),
        );
        assert.ok(anchored);
        assert.equal(
          countPlays([played, anchored], (revision) => (revision === 1 ? before : after), until),
          countPlays([played], () => before, until),
        );
      }
    });
  });

  it("equal the starts heard in any sequence of pauses, seeks and skips", () => {
    const chance = dice(4);
    for (let round = 0; round < 500; round += 1) {
      const changes: PlaybackDocument[] = [];
      let now = 0;
      for (let sequence = 1; sequence < 2 + chance.below(8); sequence += 1) {
        const kind = chance.pick(["play", "play", "pause", "talk"]);
        changes.push(
          playing({
            sequence,
            at: now,
            trackIndex: chance.below(3),
            positionMs: chance.below(100),
            paused: kind === "pause",
            ...(kind === "talk" && talk),
          }),
        );
        now += chance.below(250);
      }
      assert.equal(plays(changes, now), heardBeginnings(changes, list, now));
    }
  });
});

/** Counts the starts by simulating every millisecond of the show. */
function heardBeginnings(
  changes: readonly PlaybackDocument[],
  list: readonly Track[],
  until: number,
): number {
  let beginnings = 0;
  let heard: number | undefined;
  for (const [position, change] of changes.entries()) {
    const end = changes[position + 1]?.at.toMillis() ?? until;
    let index = change.trackIndex ?? list.length;
    let left = (list[index]?.durationMs ?? 0) - change.positionMs;
    if (change.mode === "talk" || change.paused) continue;
    for (let now = change.at.toMillis(); now < end; now += 1) {
      if (index >= list.length) break;
      if (heard !== index) beginnings += 1;
      heard = index;
      left -= 1;
      if (left > 0) continue;
      // The track ended, so whatever follows is a new play.
      heard = undefined;
      index += 1;
      left = list[index]?.durationMs ?? 0;
    }
  }
  return beginnings;
}
