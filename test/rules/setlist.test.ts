import assert from "node:assert/strict";
import { collection } from "firebase/firestore";
import {
  draftShow,
  endedShow,
  givenShow,
  liveShow,
  paths,
  showId,
} from "../support/rules/builders.js";
import { ada, ben, dan, fay, gus, hal, signedOut } from "../support/rules/personas.js";
import { allows, as, emptyWorld, given, refuses } from "../support/rules/world.js";

const track = { uri: "spotify:track:1", name: "Harbour Lights", artists: [], imageUrl: null };
const setlist = { tracks: [{ ...track, startedAt: 1, playedMs: 2 }] };

describe("shows/setlist", () => {
  beforeEach(async () => {
    await emptyWorld();
    await givenShow(endedShow());
    await given({ [paths.setlist]: setlist });
  });

  it("is readable by everyone who may read the show, in it or not", async () => {
    for (const show of [endedShow(), endedShow({ visibility: "unlisted" }), liveShow()]) {
      await given({ [paths.show()]: show });
      for (const caller of [ada, dan, fay, gus, hal]) {
        assert.ok(await allows(as(caller).gets(paths.setlist)));
      }
      await refuses(as(signedOut).gets(paths.setlist));
    }
  });

  it("is readable only by the creator if the show is a draft or was taken down, and then by admins", async () => {
    for (const show of [draftShow(), endedShow({ visibility: "taken_down" })]) {
      await given({ [paths.show()]: show });
      assert.ok(await allows(as(ada).gets(paths.setlist)));
      for (const caller of [ben, dan, hal, signedOut] as const) {
        await refuses(as(caller).gets(paths.setlist));
      }
    }
    assert.ok(await allows(as(hal, { admin: true }).gets(paths.setlist)));
  });

  it("reads as missing if the show played nothing, and not at all without a show", async () => {
    await refuses(as(dan).gets("shows/nowhere/setlist/final"));
    await refuses(as(ada).lists((db) => collection(db, `shows/${showId}/setlist`)));
  });
});
