import assert from "node:assert/strict";
import { showTrack } from "../../src/music/showTrack.js";
import { track } from "../../src/contract/music.js";
import type { CatalogTrack } from "../../src/ports/spotifyCatalog.js";
import { uriOf } from "../support/tracks.js";

const found = (changes: Partial<CatalogTrack> = {}): CatalogTrack => ({
  uri: uriOf("A"),
  name: "Harbour Lights",
  artists: ["The Low Tides", "Marta Quell"],
  durationMs: 214_000,
  imageUrl: "https://i.scdn.co/image/ab67616d00001e02",
  explicit: true,
  isrc: "GBZZZ2400017",
  ...changes,
});
const bytes = (text: string) => Buffer.byteLength(text);

describe("showTrack", () => {
  it("copies Spotify's data", () => {
    assert.deepEqual(showTrack(found()), found());
  });

  it("leaves out a malformed code", () => {
    for (const isrc of ["", "n/a", "x".repeat(16), "GB ZZZ 2400017"]) {
      assert.equal("isrc" in showTrack(found({ isrc })), false);
    }
  });

  it("keeps a name that just fits and cuts a longer one", () => {
    const fits = "n".repeat(150);
    assert.equal(showTrack(found({ name: fits })).name, fits);
    assert.equal(showTrack(found({ name: `${fits}n` })).name, `${"n".repeat(149)}…`);
    const artists = ["a".repeat(60), "a".repeat(61)];
    assert.deepEqual(showTrack(found({ artists })).artists, [artists[0], `${"a".repeat(59)}…`]);
  });

  it("cuts at a visible character's boundary", () => {
    const family = "👨‍👩‍👧‍👦";
    const flag = "🏳️‍🌈";
    const accented = "e\u0301";
    for (const character of [family, flag, accented, "🎧", "字"]) {
      const { name } = showTrack(found({ name: character.repeat(200) }));
      assert.ok(name.length <= 150);
      assert.equal(name, `${character.repeat(Math.floor(149 / character.length))}…`);
    }
  });

  it("keeps the first five artists", () => {
    const artists = ["A", "B", "C", "D", "E", "F"];
    assert.deepEqual(showTrack(found({ artists })).artists, artists.slice(0, 5));
    assert.deepEqual(showTrack(found({ artists: [] })).artists, []);
  });

  for (const [what, imageUrl] of [
    ["none", null],
    ["one that phones cannot load", "http://i.scdn.co/image/1"],
    ["a script", "javascript:alert(1)"],
    ["no absolute URL", "image.jpg"],
    ["an endless one", `https://i.scdn.co/${"x".repeat(300)}`],
    ["one that is too long once it is URL-encoded", `https://i.scdn.co/${"字".repeat(50)}`],
  ] as const) {
    it(`has no artwork if Spotify names ${what}`, () => {
      assert.equal(showTrack(found({ imageUrl })).imageUrl, null);
    });
  }

  it("never exceeds its share of a document", () => {
    for (const character of ["a", "é", "字", "🎧", "👨‍👩‍👧‍👦", "\uD800", "e\u0301"]) {
      const long = character.repeat(2_000);
      const kept = showTrack(
        found({
          name: long,
          artists: Array.from({ length: 40 }, () => long),
          imageUrl: `https://i.scdn.co/${character.repeat(20)}`,
        }),
      );
      assert.ok(track.safeParse(kept).success);
      const texts = [kept.uri, kept.name, ...kept.artists, kept.imageUrl ?? ""];
      assert.ok(texts.reduce((sum, text) => sum + bytes(text), 0) <= 1_900, character);
    }
  });
});
