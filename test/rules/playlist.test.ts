import assert from "node:assert/strict";
import { collection } from "firebase/firestore";
import {
  draftShow,
  endedShow,
  givenShow,
  liveShow,
  paths,
  playlist,
  scheduledShow,
  showId,
} from "../support/rules/builders.js";
import { ada, ben, dan, eve, gus, hal, signedOut } from "../support/rules/personas.js";
import { allows, as, emptyWorld, given, refuses } from "../support/rules/world.js";

describe("shows/playlist", () => {
  beforeEach(async () => {
    await emptyWorld();
    await givenShow();
    await given({ [paths.playlist]: playlist(3) });
  });

  for (const show of [
    scheduledShow(),
    liveShow(),
    liveShow({ visibility: "unlisted" }),
    endedShow(),
    scheduledShow({ status: "cancelled" }),
  ]) {
    it(`is readable by anyone signed in for a ${show.visibility} ${show.status} show`, async () => {
      await given({ [paths.show()]: show });
      for (const caller of [ada, dan, eve, gus, hal]) {
        assert.ok(await allows(as(caller).gets(paths.playlist)));
      }
      await refuses(as(signedOut).gets(paths.playlist));
    });
  }

  it("is readable only by the creator for a draft", async () => {
    await given({ [paths.show()]: draftShow() });
    assert.ok(await allows(as(ada).gets(paths.playlist)));
    for (const caller of [ben, dan, hal, signedOut]) await refuses(as(caller).gets(paths.playlist));
  });

  it("is not readable for a show that does not exist", async () => {
    await refuses(as(ada).gets("shows/nowhere/playlist/current"));
  });

  it("cannot be listed", async () => {
    await refuses(as(dan).lists((db) => collection(db, `shows/${showId}/playlist`)));
  });
});
