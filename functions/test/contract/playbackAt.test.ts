import assert from "node:assert/strict";
import { playbackAt, type PlaybackMoment } from "../../src/contract/playbackAt.js";
import { dice } from "../support/dice.js";
import { letterOf, playing, tracks } from "../support/tracks.js";

/** "playing 0A 120" is track A at index 0, 120 ms in. Without a track it is only the kind. */
function asText(moment: PlaybackMoment): string {
  return "trackUri" in moment
    ? `${moment.kind} ${String(moment.trackIndex)}${String(letterOf(moment.trackUri))} ${moment.positionMs}`
    : moment.kind;
}

describe("playbackAt", () => {
  const list = tracks("A:300 B:200 C:100");
  const at = (now: number, changes: Parameters<typeof playing>[0] = {}) =>
    asText(playbackAt(playing({ at: 1_000, ...changes }), list, now));

  describe("while nothing plays", () => {
    it("is talk in talk mode, regardless of the other fields", () => {
      assert.equal(at(1_100, { mode: "talk" }), "talk");
      assert.equal(at(1_100, { mode: "talk", trackIndex: null, paused: true }), "talk");
    });

    it("is idle without a track", () => {
      assert.equal(at(1_100, { trackIndex: null }), "idle");
    });

    it("is idle if the playlist has no such track", () => {
      assert.equal(at(1_100, { trackIndex: 3 }), "idle");
      assert.equal(asText(playbackAt(playing(), [], 0)), "idle");
    });

    it("stays at the paused position, however long ago", () => {
      for (const now of [0, 1_000, 9_999_999]) {
        assert.equal(at(now, { paused: true, trackIndex: 1, positionMs: 70 }), "paused 1B 70");
      }
    });

    it("never pauses beyond a track's end", () => {
      const paused = { paused: true, trackIndex: 1 };
      assert.equal(at(1_000, { ...paused, positionMs: 200 }), "paused 1B 200");
      assert.equal(at(1_000, { ...paused, positionMs: 86_400_000 }), "paused 1B 200");
    });

    it("is over when paused at the exact end", () => {
      const paused = { paused: true, trackIndex: 2 };
      assert.equal(at(1_000, { ...paused, positionMs: 99 }), "paused 2C 99");
      assert.equal(at(1_000, { ...paused, positionMs: 100 }), "over");
      assert.equal(at(1_000, { ...paused, positionMs: 86_400_000 }), "over");
    });
  });

  describe("while music plays", () => {
    for (const [what, now, expected] of [
      ["at the anchor", 1_000, "playing 0A 0"],
      ["a little later", 1_001, "playing 0A 1"],
      ["just before the track's end", 1_299, "playing 0A 299"],
      ["at the track's end", 1_300, "playing 1B 0"],
      ["in the next track", 1_450, "playing 1B 150"],
      ["at the last track's beginning", 1_500, "playing 2C 0"],
      ["in the last moment", 1_599, "playing 2C 99"],
      ["at the end", 1_600, "over"],
      ["a day later", 86_401_000, "over"],
    ] as const) {
      it(`is "${expected}" ${what}`, () => {
        assert.equal(at(now), expected);
      });
    }

    it("starts at the anchor's track and position", () => {
      assert.equal(at(1_000, { trackIndex: 1, positionMs: 40 }), "playing 1B 40");
      assert.equal(at(1_160, { trackIndex: 1, positionMs: 40 }), "playing 2C 0");
      assert.equal(at(1_000, { trackIndex: 2, positionMs: 100 }), "over");
      assert.equal(at(1_000, { trackIndex: 0, positionMs: 300 }), "playing 1B 0");
    });

    it("uses the anchor's position for a clock that is behind it", () => {
      for (const now of [999, 500, -86_400_000]) {
        assert.equal(at(now, { positionMs: 40 }), "playing 0A 40");
      }
    });

    it("accepts fractions of a millisecond from an estimated clock", () => {
      assert.equal(at(1_299.5), "playing 0A 299.5");
      assert.equal(at(1_300.25), "playing 1B 0.25");
    });

    it("distinguishes two copies of a track by index", () => {
      const twice = tracks("A:300 A:300");
      assert.equal(asText(playbackAt(playing(), twice, 299)), "playing 0A 299");
      assert.equal(asText(playbackAt(playing(), twice, 300)), "playing 1A 0");
    });
  });

  describe("endsAt", () => {
    const endsAt = (now: number) => {
      const moment = playbackAt(playing({ at: 1_000, positionMs: 40 }), list, now);
      assert.ok(moment.kind === "playing");
      return moment.endsAt;
    };

    it("is the end of the track, by the server's clock", () => {
      assert.equal(endsAt(1_000), 1_260);
      assert.equal(endsAt(1_200), 1_260);
      assert.equal(endsAt(1_260), 1_460);
      assert.equal(endsAt(1_559), 1_560);
    });

    it("is the same for a clock that is behind", () => {
      assert.equal(endsAt(999), 1_260);
      assert.equal(endsAt(0), 1_260);
    });
  });

  it("plays every millisecond of every track once, for any playlist", () => {
    const chance = dice(6);
    for (let round = 0; round < 200; round += 1) {
      const letters = Array.from({ length: 1 + chance.below(8) }, () =>
        chance.pick(["A", "B", "C"]),
      );
      const random = tracks(letters.map((letter) => `${letter}:${1 + chance.below(40)}`).join(" "));
      const trackIndex = chance.below(random.length);
      const first = random[trackIndex]?.durationMs ?? 0;
      const positionMs = chance.below(first + 1);
      const anchor = playing({ at: 500, trackIndex, positionMs });
      const heard = random
        .slice(trackIndex)
        .flatMap(({ durationMs }, offset) =>
          Array.from({ length: durationMs }, (_, ms) => [trackIndex + offset, ms]),
        )
        .slice(positionMs);
      for (const [elapsed, [index, ms]] of heard.entries()) {
        const moment = playbackAt(anchor, random, 500 + elapsed);
        assert.ok(moment.kind === "playing");
        assert.deepEqual([moment.trackIndex, moment.positionMs], [index, ms]);
        const next = playbackAt(anchor, random, moment.endsAt);
        if (index === random.length - 1) assert.equal(next.kind, "over");
        else assert.equal(asText(next).split(" ")[2], "0");
      }
      assert.equal(playbackAt(anchor, random, 500 + heard.length).kind, "over");
    }
  });
});
