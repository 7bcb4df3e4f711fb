import assert from "node:assert/strict";
import type { PastShow } from "../../src/shows/shows.js";
import { summaryCsv } from "../../src/shows/summaryCsv.js";

const moment = (ms: number) => ({ seconds: ms / 1_000, nanoseconds: 0, toMillis: () => ms });
const at = moment(Date.UTC(2026, 10, 30, 20));

function show(title: string, summary?: Partial<NonNullable<PastShow["summary"]>>): PastShow {
  const counted = { durationMs: 5_430_000, listeners: 12, peak: 9, comments: 40 };
  return {
    id: "show-1",
    creatorUid: "spotify_ada",
    creator: { displayName: "Ada", photoUrl: null },
    title,
    description: "",
    visibility: "public",
    status: "ended",
    scheduledFor: null,
    startedAt: at,
    createdAt: at,
    updatedAt: at,
    summary: summary && { ...counted, speakers: 3, tracksPlayed: 7, ...summary },
  };
}

const titleIn = (title: string) => {
  const [, line = ""] = summaryCsv([show(title)]).split(/\r\n(?=show-1,|$)/);
  return line.slice("show-1,".length, line.indexOf(",2026-11-30T"));
};

describe("summaries in CSV", () => {
  it("have a line for each show, and no number where none is known", () => {
    const reactions = { clap: 1, heart: 2, fire: 3, laugh: 0, wow: 4 };
    const newer = { listenerMinutes: 900, newFollowers: 5, opens: 2, saves: 1, reactions };
    assert.equal(
      summaryCsv([show("Night drive", newer), show("Older", {}), show("Oldest")]),
      [
        "show,title,started,minutes,listeners,peak,listener minutes,comments,reactions,speakers,new followers,plays in Ambient,opened in Spotify,saved in Spotify",
        "show-1,Night drive,2026-11-30T20:00:00.000Z,91,12,9,900,40,10,3,5,7,2,1",
        "show-1,Older,2026-11-30T20:00:00.000Z,91,12,9,,40,,3,,7,,",
        "show-1,Oldest,2026-11-30T20:00:00.000Z,,,,,,,,,,,",
        "",
      ].join("\r\n"),
    );
    assert.equal(summaryCsv([]).split("\r\n").length, 2);
  });

  it("have a column for each currency of support", () => {
    const both = { jpy: { amount: 400, count: 1 }, eur: { amount: 1_250, count: 2 } };
    const [titles, ...lines] = summaryCsv([
      show("Night drive", { support: both }),
      show("Older", {}),
      show("Oldest"),
    ]).split("\r\n");
    assert.match(titles ?? "", /,saved in Spotify,support in EUR,support in JPY$/);
    assert.deepEqual(
      lines.map((line) => line.split(",").slice(-2).join(" ")),
      ["12.50 400", " ", " ", ""],
    );
  });

  it("quote what RFC 4180 wants quoted", () => {
    assert.equal(titleIn("Slow, slower"), '"Slow, slower"');
    assert.equal(titleIn('The "best" of'), '"The ""best"" of"');
    assert.equal(titleIn("Two\nlines"), '"Two\nlines"');
    assert.equal(titleIn("Two\r\nlines"), '"Two\r\nlines"');
    assert.equal(titleIn("Été 🎧 日本"), "Été 🎧 日本");
  });

  it("contain no formula", () => {
    for (const title of [
      ...["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "＋1", "－1", "＠x"],
      ...['=HYPERLINK("https://example.com")', "=cmd|' /C calc'!A0", "|x", "%0A", "\u200B=1"],
    ]) {
      assert.equal(titleIn(title), `"'${title.replaceAll('"', '""')}"`, JSON.stringify(title));
    }
    for (const title of ["1+1=2", "a@b", "Drum & bass", "10 - 12"]) {
      assert.equal(titleIn(title), title);
    }
  });
});
