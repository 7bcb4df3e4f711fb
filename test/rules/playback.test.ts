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

/** A valid next step by Ada on the current track. */
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
      it(`lets ${nameOf(caller)}, who is present, read it`, async () => {
        assert.ok(await allows(as(caller).gets(path)));
      });
    }

    for (const caller of outsiders) {
      it(`hides it from ${nameOf(caller)}, who is not present`, async () => {
        await refuses(as(caller).gets(path));
      });
    }

    it("cannot be listed", async () => {
      await refuses(as(ada).lists((db) => collection(db, `shows/${showId}/playback`)));
    });

    it("still works after the end for those who stayed", async () => {
      await given({ [paths.show()]: endedShow() });
      await allows(as(dan).gets(path));
      await refuses(as(eve).gets(path));
    });
  });

  describe("steps", () => {
    for (const caller of hosts) {
      it(`lets ${nameOf(caller)}, a host, pause`, async () => {
        await allows(as(caller).writes(step({ paused: true, positionMs: 30_000 }, caller)));
        assert.partialDeepStrictEqual(await stored(path), { paused: true, sequence: 8 });
      });
    }

    for (const caller of notHosts) {
      it(`does not let ${nameOf(caller)}, who is not a host, pause`, async () => {
        const by = typeof caller === "string" ? ada : caller;
        await refuses(as(caller).writes(step({ paused: true, positionMs: 30_000 }, by)));
      });
    }

    it("refuses a creator who has left, because they do not hear the music", async () => {
      await given({ [paths.participant(ada)]: participant(ada, { state: "left" }) });
      await refuses(as(ada).writes(step({ paused: true })));
    });

    const steps: readonly [string, DocumentData][] = [
      ["resuming", { paused: false }],
      ["a seek", { positionMs: 90_000 }],
      ["a seek to the start", { positionMs: 0 }],
      ["a seek to the very end", { positionMs: 180_000 }],
      ["a skip", { trackIndex: 1, trackUri: "spotify:track:1", positionMs: 0 }],
      ["a skip to the last track", { trackIndex: 2, trackUri: "spotify:track:2", positionMs: 0 }],
    ];
    for (const [what, change] of steps) {
      it(`accepts ${what}`, async () => {
        await allows(as(ben).writes(step(change, ben)));
      });
    }

    it("accepts a write of the whole document", async () => {
      const next = playback({ at: now(), by: ben.uid, sequence: 8, paused: true });
      await allows(as(ben).writes(set(path, next)));
    });

    const refused: readonly [string, DocumentData][] = [
      ["the same sequence", { sequence: 7 }],
      ["an older sequence", { sequence: 6 }],
      ["a sequence that skips a number", { sequence: 9 }],
      ["a fractional sequence", { sequence: 8.5 }],
      ["a sequence that is a string", { sequence: "8" }],
      ["a null sequence", { sequence: null }],
      ["no sequence", { sequence: gone() }],
      ["an earlier time", { at: secondsAgo(60) }],
      ["a later time", { at: secondsAgo(-60) }],
      ["no time", { at: gone() }],
      ["another host's name", { by: ben.uid }],
      ["no name", { by: gone() }],
      ["paused set to a string", { paused: "yes" }],
      ["paused set to null", { paused: null }],
      ["no paused", { paused: gone() }],
      ["a position before the start", { positionMs: -1 }],
      ["a position beyond the end", { positionMs: 180_001 }],
      ["a pause beyond the end", { positionMs: 180_001, paused: true }],
      ["a fractional position", { positionMs: 1.5 }],
      ["a position that is a string", { positionMs: "1" }],
      ["no position", { positionMs: gone() }],
      ["an index beyond the playlist", { trackIndex: 3, trackUri: "spotify:track:3" }],
      ["an index before the playlist", { trackIndex: -1, trackUri: "spotify:track:2" }],
      ["a fractional index", { trackIndex: 0.5 }],
      ["an index that is a string", { trackIndex: "0" }],
      ["another track's index", { trackIndex: 1 }],
      ["another track's URI", { trackUri: "spotify:track:1" }],
      ["a track URI that is not in the playlist", { trackUri: "spotify:track:99" }],
      ["no track URI", { trackUri: null }],
      ["an older playlist revision", { playlistRevision: 3 }],
      ["a newer playlist revision", { playlistRevision: 5 }],
      ["no playlist revision", { playlistRevision: gone() }],
      ["talk mode", { mode: "talk" }],
      ["talk mode with nothing playing", { mode: "talk", trackUri: null, trackIndex: null }],
      ["an unknown mode", { mode: "both" }],
      ["no mode", { mode: gone() }],
      ["an additional field", { volume: 11 }],
    ];
    for (const [what, change] of refused) {
      it(`refuses ${what}`, async () => {
        await refuses(as(ada).writes(step(change)));
      });
    }

    it("refuses floating-point numbers, even ones equal to an integer", async () => {
      // The client SDK sends only minus zero as a float.
      await allows(as(ada).writes(step({ positionMs: 0 })));
      await refuses(as(ada).writes(step({ sequence: 9, positionMs: -0 })));
      await refuses(as(ada).writes(step({ sequence: 9, trackIndex: -0 })));
      await given({ [path]: playback({ sequence: -1 }) });
      await refuses(as(ada).writes(step({ sequence: -0 })));
    });

    it("refuses the second of two simultaneous steps", async () => {
      await allows(as(ada).writes(step({ positionMs: 1_000 })));
      await refuses(as(ben).writes(step({ positionMs: 90_000 }, ben)));
    });

    it("refuses every step in talk mode", async () => {
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

    it("refuses every step in a show that is not live", async () => {
      for (const show of [draftShow(), scheduledShow(), endedShow()]) {
        await given({ [paths.show()]: show });
        await refuses(as(ada).writes(step({ paused: true })));
      }
    });
  });

  describe("after an edit of the playlist", () => {
    const edited = playlist(3, { revision: 5, tracks: [track(2), track(1)] });
    beforeEach(() => given({ [paths.playlist]: edited }));

    it("allows a pause of the current track", async () => {
      await allows(as(ben).writes(step({ paused: true, positionMs: 40_000 }, ben)));
      await allows(
        as(ben).writes(step({ paused: true, positionMs: 86_400_000, sequence: 9 }, ben)),
      );
    });

    it("refuses to resume, or to change the track within the old revision", async () => {
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

    it("refuses a pause at an impossible position", async () => {
      for (const positionMs of [-1, 86_400_001, 1.5]) {
        await refuses(as(ada).writes(step({ paused: true, positionMs })));
      }
    });

    it("still requires the sequence, the time and the name of a pause", async () => {
      for (const change of [{ sequence: 7 }, { at: secondsAgo(60) }, { by: ben.uid }]) {
        await refuses(as(ada).writes(step({ paused: true, ...change })));
      }
    });

    it("allows a track of the new playlist", async () => {
      await allows(
        as(ada).writes(
          step({ trackIndex: 0, trackUri: "spotify:track:2", positionMs: 0, playlistRevision: 5 }),
        ),
      );
    });

    it("refuses a track of the old playlist", async () => {
      await refuses(
        as(ada).writes(
          step({ trackIndex: 0, trackUri: "spotify:track:0", positionMs: 0, playlistRevision: 5 }),
        ),
      );
    });
  });

  it("refuses to play from an empty or missing playlist", async () => {
    await given({ [paths.playlist]: playlist(0) });
    await refuses(as(ada).writes(step({ positionMs: 0 })));
    await givenGone(paths.playlist);
    await refuses(as(ada).writes(step({ positionMs: 0 })));
    await refuses(as(ada).writes(step({ positionMs: 0, paused: true })));
  });

  it("cannot be created or deleted, not even by hosts", async () => {
    for (const caller of [ada, ben, dan]) await refuses(as(caller).writes(remove(path)));
    await given({ [paths.show("show-2")]: draftShow({ status: "live" }) });
    await given({ "shows/show-2/playlist/current": playlist(3) });
    await given({ [paths.participant(ada, "show-2")]: participant(ada) });
    const first = playback({ at: now(), sequence: 1 });
    await refuses(as(ada).writes(set("shows/show-2/playback/now", first)));
  });
});
