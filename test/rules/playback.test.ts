import assert from "node:assert/strict";
import { collection, type DocumentData } from "firebase/firestore";
import {
  draftShow,
  endedShow,
  givenShow,
  gone,
  now,
  participant,
  paths,
  playback,
  playlist,
  scheduledShow,
  secondsAgo,
  showId,
  track,
} from "../support/rules/builders.js";
import {
  ada,
  ben,
  dan,
  eve,
  hosts,
  nameOf,
  notHosts,
  outsiders,
  present,
} from "../support/rules/personas.js";
import {
  allows,
  as,
  emptyWorld,
  given,
  givenGone,
  refuses,
  remove,
  set,
  stored,
  update,
  type Write,
} from "../support/rules/world.js";

const path = paths.playback;

/** The next step, by Ada, on the track that plays. */
function step(changes: DocumentData = {}, by = ada): Write {
  return update(path, { at: now(), by: by.uid, sequence: 8, ...changes });
}

describe("shows/playback", () => {
  beforeEach(async () => {
    await emptyWorld();
    await givenShow();
    await given({ [path]: playback(), [paths.playlist]: playlist(3) });
  });

  describe("reading", () => {
    for (const caller of present) {
      it(`${nameOf(caller)}, present, reads it`, async () => {
        assert.ok(await allows(as(caller).gets(path)));
      });
    }

    for (const caller of outsiders) {
      it(`${nameOf(caller)}, not present, does not`, async () => {
        await refuses(as(caller).gets(path));
      });
    }

    it("is not listed", async () => {
      await refuses(as(ada).lists((db) => collection(db, `shows/${showId}/playback`)));
    });

    it("goes on after the end for those who stayed", async () => {
      await given({ [paths.show()]: endedShow() });
      await allows(as(dan).gets(path));
      await refuses(as(eve).gets(path));
    });
  });

  describe("steps", () => {
    for (const caller of hosts) {
      it(`${nameOf(caller)}, a host, pauses`, async () => {
        await allows(as(caller).writes(step({ paused: true, positionMs: 30_000 }, caller)));
        assert.partialDeepStrictEqual(await stored(path), { paused: true, sequence: 8 });
      });
    }

    for (const caller of notHosts) {
      it(`${nameOf(caller)}, no host, does not`, async () => {
        const by = typeof caller === "string" ? ada : caller;
        await refuses(as(caller).writes(step({ paused: true, positionMs: 30_000 }, by)));
      });
    }

    it("the creator who is away does not: he hears nothing of it", async () => {
      await given({ [paths.participant(ada)]: participant(ada, { state: "left" }) });
      await refuses(as(ada).writes(step({ paused: true })));
    });

    const steps: readonly [string, DocumentData][] = [
      ["play", { paused: false }],
      ["seek", { positionMs: 90_000 }],
      ["seek to the start", { positionMs: 0 }],
      ["seek to the very end", { positionMs: 180_000 }],
      ["skip", { trackIndex: 1, trackUri: "spotify:track:1", positionMs: 0 }],
      ["skip to the last", { trackIndex: 2, trackUri: "spotify:track:2", positionMs: 0 }],
    ];
    for (const [what, change] of steps) {
      it(`takes ${what}`, async () => {
        await allows(as(ben).writes(step(change, ben)));
      });
    }

    it("takes the whole document in one", async () => {
      const next = playback({ at: now(), by: ben.uid, sequence: 8, paused: true });
      await allows(as(ben).writes(set(path, next)));
    });

    const refused: readonly [string, DocumentData][] = [
      ["the same sequence", { sequence: 7 }],
      ["an older sequence", { sequence: 6 }],
      ["a sequence that leaps", { sequence: 9 }],
      ["a sequence that is a fraction", { sequence: 8.5 }],
      ["a sequence that is a string", { sequence: "8" }],
      ["a sequence that is null", { sequence: null }],
      ["no sequence", { sequence: gone() }],
      ["an earlier time", { at: secondsAgo(60) }],
      ["a later time", { at: secondsAgo(-60) }],
      ["no time", { at: gone() }],
      ["another's name", { by: ben.uid }],
      ["no name", { by: gone() }],
      ["paused that is a string", { paused: "yes" }],
      ["paused that is null", { paused: null }],
      ["no paused", { paused: gone() }],
      ["a position before the start", { positionMs: -1 }],
      ["a position beyond the end", { positionMs: 180_001 }],
      ["a pause beyond the end", { positionMs: 180_001, paused: true }],
      ["a position that is a fraction", { positionMs: 1.5 }],
      ["a position that is a string", { positionMs: "1" }],
      ["no position", { positionMs: gone() }],
      ["an index beyond the list", { trackIndex: 3, trackUri: "spotify:track:3" }],
      ["an index before the list", { trackIndex: -1, trackUri: "spotify:track:2" }],
      ["an index that is a fraction", { trackIndex: 0.5 }],
      ["an index that is a string", { trackIndex: "0" }],
      ["another's index", { trackIndex: 1 }],
      ["another's address", { trackUri: "spotify:track:1" }],
      ["an address that is not in the list", { trackUri: "spotify:track:99" }],
      ["no address", { trackUri: null }],
      ["an older list", { playlistRevision: 3 }],
      ["a newer list", { playlistRevision: 5 }],
      ["no list", { playlistRevision: gone() }],
      ["talk", { mode: "talk" }],
      ["talk, with nothing playing", { mode: "talk", trackUri: null, trackIndex: null }],
      ["a mode of its own", { mode: "both" }],
      ["no mode", { mode: gone() }],
      ["a further key", { volume: 11 }],
    ];
    for (const [what, change] of refused) {
      it(`refuses ${what}`, async () => {
        await refuses(as(ada).writes(step(change)));
      });
    }

    it("refuses a number that only equals a whole one", async () => {
      // Minus zero is the one such number that a client sends as a fraction.
      await allows(as(ada).writes(step({ positionMs: 0 })));
      await refuses(as(ada).writes(step({ sequence: 9, positionMs: -0 })));
      await refuses(as(ada).writes(step({ sequence: 9, trackIndex: -0 })));
      await given({ [path]: playback({ sequence: -1 }) });
      await refuses(as(ada).writes(step({ sequence: -0 })));
    });

    it("refuses the second of two that were made at once", async () => {
      await allows(as(ada).writes(step({ positionMs: 1_000 })));
      await refuses(as(ben).writes(step({ positionMs: 90_000 }, ben)));
    });

    it("refuses everything in talk", async () => {
      await given({
        [path]: playback({ mode: "talk", trackUri: null, trackIndex: null, paused: true }),
      });
      await refuses(as(ada).writes(step({ positionMs: 0 })));
      await refuses(
        as(ada).writes(step({ trackUri: "spotify:track:0", trackIndex: 0, paused: false })),
      );
      await refuses(
        as(ada).writes(step({ mode: "music", trackUri: "spotify:track:0", trackIndex: 0 })),
      );
      await given({ [path]: playback({ mode: "talk" }) });
      await refuses(as(ada).writes(step({ paused: true })));
    });

    it("refuses everything in a show that is not live", async () => {
      for (const show of [draftShow(), scheduledShow(), endedShow()]) {
        await given({ [paths.show()]: show });
        await refuses(as(ada).writes(step({ paused: true })));
      }
    });
  });

  describe("after an edit of the list", () => {
    const edited = playlist(3, { revision: 5, tracks: [track(2), track(1)] });
    beforeEach(() => given({ [paths.playlist]: edited }));

    it("what plays may be paused", async () => {
      await allows(as(ben).writes(step({ paused: true, positionMs: 40_000 }, ben)));
      await allows(
        as(ben).writes(step({ paused: true, positionMs: 86_400_000, sequence: 9 }, ben)),
      );
    });

    it("but not played on, nor moved on", async () => {
      await refuses(as(ada).writes(step({ paused: false, positionMs: 40_000 })));
      await refuses(
        as(ada).writes(step({ paused: true, trackIndex: 1, trackUri: "spotify:track:1" })),
      );
      await refuses(as(ada).writes(step({ paused: true, trackUri: "spotify:track:2" })));
      await refuses(as(ada).writes(step({ paused: true, trackIndex: 1 })));
      for (const playlistRevision of [3, 5]) {
        await refuses(as(ada).writes(step({ paused: true, playlistRevision })));
      }
    });

    it("nor paused at no moment at all", async () => {
      for (const positionMs of [-1, 86_400_001, 1.5]) {
        await refuses(as(ada).writes(step({ paused: true, positionMs })));
      }
    });

    it("the pause is held to the rest: its sequence, its time, its name", async () => {
      for (const change of [{ sequence: 7 }, { at: secondsAgo(60) }, { by: ben.uid }]) {
        await refuses(as(ada).writes(step({ paused: true, ...change })));
      }
    });

    it("the new list is played from", async () => {
      await allows(
        as(ada).writes(
          step({ trackIndex: 0, trackUri: "spotify:track:2", positionMs: 0, playlistRevision: 5 }),
        ),
      );
    });

    it("an old entry of the list is not", async () => {
      await refuses(
        as(ada).writes(
          step({ trackIndex: 0, trackUri: "spotify:track:0", positionMs: 0, playlistRevision: 5 }),
        ),
      );
    });
  });

  it("nobody plays from a list that is empty, or not there", async () => {
    await given({ [paths.playlist]: playlist(0) });
    await refuses(as(ada).writes(step({ positionMs: 0 })));
    await givenGone(paths.playlist);
    await refuses(as(ada).writes(step({ positionMs: 0 })));
    await refuses(as(ada).writes(step({ positionMs: 0, paused: true })));
  });

  it("nobody makes or deletes it, hosts included", async () => {
    for (const caller of [ada, ben, dan]) await refuses(as(caller).writes(remove(path)));
    await given({ [paths.show("show-2")]: draftShow({ status: "live" }) });
    await given({ "shows/show-2/playlist/current": playlist(3) });
    await given({ [paths.participant(ada, "show-2")]: participant(ada) });
    const first = playback({ at: now(), sequence: 1 });
    await refuses(as(ada).writes(set("shows/show-2/playback/now", first)));
  });
});
