import assert from "node:assert/strict";
import { Timestamp } from "firebase-admin/firestore";
import { playbackAt } from "../../src/contract/playbackAt.js";
import { reanchor } from "../../src/contract/reanchor.js";
import type { PlaybackDocument, Track } from "../../src/contract/music.js";
import { dice } from "../support/dice.js";
import { letterOf, playing, tracks } from "../support/tracks.js";

const at = (ms: number) => Timestamp.fromMillis(ms);

/** Ben's edit from `before` to `after` at the moment `now`. */
const edited = (
  playback: PlaybackDocument,
  before: readonly Track[],
  after: Track[],
  now: number,
) => {
  const revision = playback.playlistRevision + 1;
  return reanchor(playback, before, { revision, tracks: after }, "ben", at(now));
};

/** The same where something plays. */
const reanchored = (...args: Parameters<typeof edited>): PlaybackDocument => {
  const anchored = edited(...args);
  assert.ok(anchored, "an edit in music mode re-anchors");
  return anchored;
};

/** "1B 40" is the second track, B, 40 ms in. */
const placeOf = ({ trackIndex, trackUri, positionMs }: PlaybackDocument) =>
  `${String(trackIndex)}${String(letterOf(trackUri))} ${positionMs}`;

describe("an edit of the playlist", () => {
  const list = tracks("A:300 B:200 C:100");

  describe("while B plays, 40 ms in", () => {
    const before = (changes: Parameters<typeof playing>[0] = {}) =>
      playing({ at: 1_000, sequence: 7, playlistRevision: 3, ...changes });
    const after = (order: string, now = 1_340) => reanchored(before(), list, tracks(order), now);

    it("is a separate change by the editor at the moment of the edit", () => {
      assert.deepEqual(after("B:200 A:300 C:100"), {
        mode: "music",
        trackUri: tracks("B")[0]?.uri,
        trackIndex: 0,
        positionMs: 40,
        paused: false,
        at: at(1_340),
        by: "ben",
        sequence: 8,
        playlistRevision: 4,
      });
    });

    for (const [what, order, expected] of [
      ["nothing moved", "A:300 B:200 C:100", "1B 40"],
      ["it moved to the front", "B:200 A:300 C:100", "0B 40"],
      ["it moved to the end", "C:100 A:300 B:200", "2B 40"],
      ["a track before it was removed", "B:200 C:100", "0B 40"],
      ["a track after it was removed", "A:300 B:200", "1B 40"],
      ["all others were removed", "B:200", "0B 40"],
      ["tracks were added before it", "X:10 Y:10 A:300 B:200 C:100", "3B 40"],
      ["it was removed, so that the next track plays", "A:300 C:100", "1C 0"],
      ["it was removed and the next track moved", "C:100 A:300", "0C 0"],
    ] as const) {
      it(`continues at "${expected}" when ${what}`, () => {
        assert.equal(placeOf(after(order)), expected);
        assert.equal(after(order).paused, false);
      });
    }

    it("is over when it was removed and nothing after it is left", () => {
      const anchored = after("A:300");
      assert.equal(playbackAt(anchored, tracks("A:300"), 1_340).kind, "over");
      assert.equal(playbackAt(anchored, tracks("A:300"), 9_999).kind, "over");
      assert.equal(anchored.paused, true);
    });

    it("is silent when every track was removed, even if tracks are added later", () => {
      const emptied = after("");
      assert.deepEqual([emptied.trackIndex, emptied.trackUri, emptied.positionMs], [null, null, 0]);
      assert.equal(playbackAt(emptied, [], 1_340).kind, "idle");
      const refilled = reanchored(emptied, [], list, 1_400);
      assert.equal(playbackAt(refilled, list, 9_999).kind, "idle");
      assert.deepEqual([refilled.sequence, refilled.playlistRevision], [9, 5]);
    });

    it("follows the audible track, not the anchor's track", () => {
      // The anchor names A, but B is audible.
      assert.equal(placeOf(after("B:200 C:100")), "0B 40");
      assert.equal(placeOf(after("A:300 B:200 C:100", 1_550)), "2C 50");
      assert.equal(placeOf(after("A:300 B:200", 1_550)), "1B 200");
    });
  });

  describe("while it is paused", () => {
    const paused = playing({ paused: true, trackIndex: 1, positionMs: 40 });

    it("keeps the position wherever the track moves", () => {
      const anchored = reanchored(paused, list, tracks("C:100 B:200"), 99_999);
      assert.equal(placeOf(anchored), "1B 40");
      assert.equal(anchored.paused, true);
    });

    it("waits at the start of the next track when the current one was removed", () => {
      const anchored = reanchored(paused, list, tracks("A:300 C:100"), 99_999);
      assert.equal(placeOf(anchored), "1C 0");
      assert.equal(anchored.paused, true);
    });
  });

  describe("when the music is over", () => {
    const over = playing({ at: 1_000 });

    for (const order of [
      "A:300 B:200 C:100",
      "C:100 B:200 A:300",
      "A:300 B:200 C:100 D:400",
      "D:400",
      "A:300",
    ]) {
      it(`stays over with the playlist ${order}`, () => {
        const after = tracks(order);
        const anchored = reanchored(over, list, after, 1_600);
        for (const now of [0, 1_600, 1_700, 99_999]) {
          assert.equal(playbackAt(anchored, after, now).kind, "over");
        }
        const again = reanchored(anchored, after, tracks("X:100 A:300 B:200"), 2_000);
        assert.equal(playbackAt(again, tracks("X:100 A:300 B:200"), 2_000).kind, "over");
      });
    }

    it("is idle with an empty playlist", () => {
      const anchored = reanchored(over, list, [], 1_600);
      assert.equal(playbackAt(anchored, [], 1_600).kind, "idle");
    });
  });

  it("changes nothing in talk mode", () => {
    assert.equal(edited(playing({ mode: "talk", trackIndex: null }), list, tracks("A"), 5), null);
  });

  it("only updates the revision if no track was started", () => {
    const anchored = reanchored(playing({ trackIndex: null, paused: true }), list, list, 5);
    assert.deepEqual([anchored.trackIndex, anchored.playlistRevision], [null, 2]);
    assert.equal(anchored.paused, true);
  });

  describe("with several copies of a track", () => {
    for (const [what, before, index, after, expected] of [
      ["follows the second copy", "A B A C", 2, "A C A B", "2A 40"],
      ["follows the first copy", "A B A C", 0, "C A B A", "1A 40"],
      ["continues when the first copy was removed", "A B A", 2, "B A", "1A 40"],
      ["moves on when the playing copy was removed", "A B A", 0, "B A", "0B 0"],
      ["moves on to the next track, not to an earlier copy", "A B A C", 2, "A B C", "2C 0"],
      ["is over when the playing copy was last", "A B A", 2, "A B", "over"],
      ["continues with one of two adjacent copies", "A A B", 1, "A B", "0A 40"],
      ["continues with the only remaining copy", "A B A", 2, "A", "0A 40"],
      ["continues in a new order with fewer copies", "A B C A", 3, "C A B", "1A 40"],
      ["moves on to the right copy of the next track", "A B A C", 1, "A A C", "1A 0"],
      ["continues with the first of the added copies", "B A", 1, "B A A", "1A 40"],
    ] as const) {
      it(`${what}: ${before} → ${after}`, () => {
        const old = tracks(before);
        const anchored = reanchored(
          playing({ trackIndex: index, positionMs: 40 }),
          old,
          tracks(after),
          0,
        );
        if (expected === "over") {
          assert.equal(playbackAt(anchored, tracks(after), 0).kind, "over");
        } else {
          assert.equal(placeOf(anchored), expected);
        }
      });
    }
  });

  describe("with random playlists and moments", () => {
    interface Case {
      before: Track[];
      after: Track[];
      playback: PlaybackDocument;
      now: number;
    }

    const cases = (seed: number, count: number): Case[] => {
      const chance = dice(seed);
      return Array.from({ length: count }, () => {
        const some = (limit: number) =>
          Array.from({ length: chance.below(limit) }, () =>
            chance.pick(["A", "B", "C", "D", "E", "F"]),
          );
        const withLengths = (letters: readonly string[]) =>
          tracks(letters.map((letter) => `${letter}:${letter.charCodeAt(0)}`).join(" "));
        const letters = ["A", ...some(9)];
        const before = withLengths(letters);
        const isKept = () => chance.below(4) > 0;
        const kept = letters.filter(isKept);
        const after = withLengths([
          ...(chance.below(2) === 0 ? kept : chance.shuffled(kept)),
          ...(chance.below(3) === 0 ? some(4) : []),
        ]);
        const playback = playing({
          at: 1_000,
          trackIndex: chance.below(before.length),
          positionMs: chance.below(60),
          paused: chance.below(4) === 0,
          sequence: chance.below(50),
        });
        return { before, after, playback, now: 1_000 + chance.below(700) };
      });
    };

    it("does not change what is heard while the track is still there", () => {
      let heard = 0;
      for (const { before, after, playback, now } of cases(1, 2_000)) {
        // With several copies it would be unclear whether this one is still there.
        if (new Set(before.map(({ uri }) => uri)).size < before.length) continue;
        const was = playbackAt(playback, before, now);
        if (!("trackUri" in was) || !after.some(({ uri }) => uri === was.trackUri)) continue;
        const anchored = reanchored(playback, before, after, now);
        const restMs = was.kind === "playing" ? was.endsAt - now : 500;
        for (const later of [0, 1, Math.floor(restMs / 2), restMs - 1]) {
          const { kind, trackUri, positionMs } = was;
          const is = playbackAt(anchored, after, now + later);
          assert.partialDeepStrictEqual(is, {
            kind,
            trackUri,
            positionMs: positionMs + (kind === "playing" ? later : 0),
          });
        }
        heard += 1;
      }
      assert.ok(heard > 100, `${heard} cases`);
    });

    it("names a track at its index and a position within it", () => {
      for (const { before, after, playback, now } of cases(2, 2_000)) {
        const anchored = reanchored(playback, before, after, now);
        const track = anchored.trackIndex === null ? undefined : after[anchored.trackIndex];
        assert.equal(anchored.trackUri, track?.uri ?? null);
        assert.ok(anchored.positionMs >= 0 && anchored.positionMs <= (track?.durationMs ?? 0));
        assert.equal(anchored.sequence, playback.sequence + 1);
        assert.equal(anchored.playlistRevision, playback.playlistRevision + 1);
      }
    });

    it("continues the same track, or starts the next remaining one", () => {
      for (const { before, after, playback, now } of cases(3, 2_000)) {
        const was = playbackAt(playback, before, now);
        const is = playbackAt(reanchored(playback, before, after, now), after, now);
        assert.ok(is.kind === was.kind || is.kind === "over" || after.length === 0);
        if (!("trackUri" in is) || !("trackUri" in was)) continue;
        if (is.trackUri === was.trackUri && is.positionMs === was.positionMs) continue;
        assert.equal(is.positionMs, 0);
        const nextOnes = before.slice(was.trackIndex + 1).map(({ uri }) => uri);
        assert.ok(nextOnes.includes(is.trackUri));
      }
    });

    it("loses no millisecond in a hundred edits", () => {
      const order = tracks("A:9000 B:9000");
      const turned = tracks("B:9000 A:9000");
      let playback = playing();
      for (let edit = 1; edit <= 100; edit += 1) {
        const [before, after] = edit % 2 === 1 ? [order, turned] : [turned, order];
        playback = reanchored(playback, before, after, edit * 7);
      }
      assert.equal(placeOf(playback), "0A 700");
    });
  });
});
