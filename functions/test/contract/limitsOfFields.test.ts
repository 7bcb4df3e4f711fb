import assert from "node:assert/strict";
import type { z } from "zod";
import { newComment } from "../../src/contract/comments.js";
import { decision, reportCategory, statement } from "../../src/contract/decisions.js";
import {
  documentId,
  epochMillis,
  personCard,
  personId,
  timestamp,
  userId,
} from "../../src/contract/fields.js";
import { profileEdit, signInWithSpotify } from "../../src/contract/identity.js";
import { removeParticipant } from "../../src/contract/moderation.js";
import { currencyCode, minorUnits, money } from "../../src/contract/money.js";
import { quietHours, registerDevice } from "../../src/contract/notifications.js";
import { listReports } from "../../src/contract/reports.js";
import { isHost, onStage, role } from "../../src/contract/role.js";
import { MAX_SONG_VOTES, withVote } from "../../src/contract/songRequests.js";
import {
  decideSpeakRequest,
  newSpeakRequest,
  setRole,
  setStageMode,
} from "../../src/contract/stage.js";
import { setWordFilter } from "../../src/contract/wordFilter.js";

const x = (length: number) => "x".repeat(length);

function check(schema: z.ZodType, valid: readonly unknown[], invalid: readonly unknown[]): void {
  for (const value of valid) {
    assert.ok(schema.safeParse(value).success, `refuses ${JSON.stringify(value)}`);
  }
  for (const value of invalid) {
    assert.ok(!schema.safeParse(value).success, `accepts ${JSON.stringify(value)}`);
  }
}

describe("the limits of fields", () => {
  it("of a document's id are those of Firestore, LiveKit and Cloud Tasks", () => {
    const invalid = ["", x(65), "a/b", "a.b", "é", "a b", "a\n", "__a__", "____"];
    check(documentId, ["a", "A-z_09", x(64), "__a", "a__", "_a_"], invalid);
  });

  it("of a report's or notice's id are those of Firestore", () => {
    const { cursor } = listReports.request.shape;
    check(cursor, ["A-z_09", x(128), "__a"], ["", x(129), "a/b", ".", "__a__", "__proto__"]);
  });

  it("of a uid are those of a path, where it becomes a part of one", () => {
    const invalid = ["", x(129), "a/b", ".", "..", "__a__", "a b", "é", "a\n"];
    check(personId, ["spotify_a.b~c:d-e", x(128), "...", ".a", "a.", "__a"], invalid);
    check(userId, ["a", x(128), "a/b"], ["", x(129)]);
  });

  it("of a moment are whole milliseconds since the epoch, or a Timestamp in a document", () => {
    check(epochMillis, [0, 1_800_000_000_000], [-1, 0.5, "0", null]);
    check(timestamp, [{ toMillis: () => 0 }], [null, undefined, {}, { toMillis: 0 }, "now", 0]);
  });

  it("of a person's card are a name of 1 to 100 characters and a picture or none", () => {
    const named = (displayName: string) => ({ displayName, photoUrl: null });
    const pictured = { displayName: "Ada", photoUrl: "https://a.example/p.jpg" };
    check(personCard, [named("A"), named(x(100)), pictured], [named(""), named(x(101)), {}]);
  });

  it("of money are positive whole amounts up to what Stripe takes, in a currency", () => {
    check(minorUnits, [1, 99_999_999], [0, -1, 0.5, 100_000_000]);
    check(currencyCode, ["eur"], ["EUR", "eu", "euro", "€€€", ""]);
    check(money, [{ amount: 500, currency: "eur" }], [{ amount: 500 }, { currency: "eur" }, {}]);
  });

  it("of a comment are 500 characters, not all blank", () => {
    const text = (value: string) => ({ text: value });
    check(newComment, [text("x"), text(x(500))], [text(""), text(" "), text(x(501)), {}]);
    const replyTo = { commentId: "c", authorUid: "spotify_dan" };
    check(newComment, [{ text: "x", replyTo }], [{ text: "x", replyTo: {} }]);
  });

  it("of a profile are 500 characters and five https links", () => {
    const link = "https://a.example/";
    const long = link.padEnd(200, "x");
    check(
      profileEdit,
      [{}, { bio: "" }, { bio: x(500) }, { links: [] }, { links: Array(5).fill(long) }],
      [{ bio: x(501) }, { links: Array(6).fill(link) }, { links: [`${long}x`] }, { links: ["x"] }],
    );
    check(
      profileEdit,
      ["", link, long].map((supportLink) => ({ supportLink })),
      [`${long}x`, "http://a.example/", " "].map((supportLink) => ({ supportLink })),
    );
  });

  it("of a sign-in are those of OAuth and PKCE", () => {
    const request = { code: "c", redirectUri: "r", codeVerifier: x(43) };
    check(
      signInWithSpotify.request,
      [
        request,
        { ...request, code: x(2_048), redirectUri: x(512), codeVerifier: x(128) },
        { ...request, codeVerifier: `${x(39)}._~-` },
      ],
      [
        { ...request, code: "" },
        { ...request, code: x(2_049) },
        { ...request, redirectUri: "" },
        { ...request, redirectUri: x(513) },
        { ...request, codeVerifier: x(42) },
        { ...request, codeVerifier: x(129) },
        { ...request, codeVerifier: `${x(42)}+` },
        { ...request, codeVerifier: `${x(43)}+` },
        { ...request, codeVerifier: `+${x(43)}` },
      ],
    );
  });

  it("of the stage are its roles, decisions and modes", () => {
    const dan = { showId: "s", uid: "spotify_dan" };
    const becomes = (to: string) => ({ ...dan, role: to });
    check(setRole.request, ["cohost", "speaker", "listener"].map(becomes), [
      ...["creator", ""].map(becomes),
      { role: "speaker" },
      dan,
    ]);
    const decided = (how: string) => ({ ...dan, decision: how });
    check(decideSpeakRequest.request, ["accept", "reject"].map(decided), [
      ...["", "cancel"].map(decided),
      { decision: "accept" },
      dan,
    ]);
    const music = { showId: "s", mode: "music" };
    check(
      setStageMode.request,
      [
        music,
        { ...music, mode: "talk" },
        { ...music, trackIndex: 0 },
        { ...music, trackIndex: 499 },
      ],
      [
        { ...music, mode: "" },
        { ...music, trackIndex: -1 },
        { ...music, trackIndex: 500 },
        { ...music, trackIndex: 0.5 },
        { mode: "music" },
      ],
    );
    check(newSpeakRequest, [{ message: "" }, { message: x(140) }], [{ message: x(141) }, {}]);
    check(removeParticipant.request, [dan, { ...dan, ban: true }], [{ ...dan, ban: 1 }, {}]);
  });

  it("of a role are four, of which two are hosts and three are on the stage", () => {
    check(role, ["creator", "cohost", "speaker", "listener"], ["", "host"]);
    assert.deepEqual(role.options.filter(isHost), ["creator", "cohost"]);
    assert.deepEqual(onStage, ["creator", "cohost", "speaker"]);
  });

  it("of a device are those of FCM, of a language tag and of a time zone", () => {
    const device = { token: "t", platform: "ios", language: "en", timeZone: "UTC" };
    const changed = (changes: readonly object[]) =>
      changes.map((change) => ({ ...device, ...change }));
    check(
      registerDevice.request,
      changed([
        {},
        { token: "a_B9:.-", platform: "android", replaces: x(4_096) },
        { token: x(4_096), platform: "web", language: x(35) },
        { language: "zh-Hant-TW", timeZone: "America/Port-au-Prince" },
        { timeZone: "Etc/GMT+1" },
        { timeZone: x(64) },
      ]),
      changed([
        { token: "" },
        { token: x(4_097) },
        { token: "a/b" },
        { replaces: "" },
        { platform: "" },
        { language: "e" },
        { language: x(36) },
        { language: "de_AT" },
        { language: "de " },
        { timeZone: "" },
        { timeZone: x(65) },
        { timeZone: "Europe/Wien?" },
        { timeZone: " UTC" },
        { showId: "s" },
      ]),
    );
  });

  it("of quiet hours are the minutes of a day", () => {
    const hours = (from: number, until: number) => ({ from, until });
    const invalid = [hours(-1, 0), hours(0, 1_440), hours(1_440, 0), hours(0.5, 0), {}];
    check(quietHours, [hours(0, 1_439), hours(1_439, 0)], invalid);
  });

  it("of a word filter are 100 words of 1 to 40 characters, blanks around them removed", () => {
    const words = (list: readonly string[]) => ({ words: list });
    check(
      setWordFilter.request,
      [words([]), words(["x"]), words([x(40)]), words(Array(100).fill("x")), words([` ${x(40)} `])],
      [words([""]), words([" "]), words([x(41)]), words(Array(101).fill("x")), {}],
    );
    assert.deepEqual(setWordFilter.request.parse(words([" a b "])), words(["a b"]));
  });

  it("of an admin's statement are 1 to 2,000 characters, blanks around them removed", () => {
    check(statement, ["x", x(2_000), ` ${x(2_000)} `], ["", " ", x(2_001)]);
    assert.equal(statement.parse(" rude "), "rude");
    for (const values of [decision, reportCategory]) {
      for (const value of values.options) assert.match(value, /^[a-z_]+$/);
      check(values, [], [""]);
    }
  });

  it("of a person's votes are the latest, each song once", () => {
    assert.deepEqual(withVote(["a", "b"], "c"), ["a", "b", "c"]);
    assert.deepEqual(withVote(["a", "b"], "a"), ["b", "a"]);
    const all = Array.from({ length: MAX_SONG_VOTES }, (_, index) => `song-${index}`);
    assert.deepEqual(withVote(all, "new"), [...all.slice(1), "new"]);
    assert.deepEqual(withVote(all, "song-0"), [...all.slice(1), "song-0"]);
  });
});
