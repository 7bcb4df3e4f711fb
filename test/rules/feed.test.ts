import assert from "node:assert/strict";
import { collection } from "firebase/firestore";
import { endedShow, givenShow, now, paths, showId } from "../support/rules/builders.js";
import { ada, dan, eve, nameOf, outsiders, present } from "../support/rules/personas.js";
import {
  allows,
  as,
  emptyWorld,
  given,
  refuses,
  remove,
  set,
  update,
} from "../support/rules/world.js";

const digest = { audience: { listeners: 4 }, reactions: {}, comments: [] };

describe("shows/feed", () => {
  beforeEach(async () => {
    await emptyWorld();
    await givenShow();
    await given({ [paths.feed]: digest });
  });

  for (const caller of present) {
    it(`${nameOf(caller)}, present, reads it`, async () => {
      assert.ok(await allows(as(caller).gets(paths.feed)));
    });
  }

  for (const caller of outsiders) {
    it(`${nameOf(caller)}, not present, does not`, async () => {
      await refuses(as(caller).gets(paths.feed));
      await refuses(as(caller).lists((db) => collection(db, `shows/${showId}/feed`)));
    });
  }

  it("stays readable after the end, for those who stayed", async () => {
    await given({ [paths.show()]: endedShow() });
    await allows(as(dan).gets(paths.feed));
    await refuses(as(eve).gets(paths.feed));
  });

  it("nobody writes it", async () => {
    for (const caller of [ada, dan]) {
      await refuses(as(caller).writes(update(paths.feed, { audience: { listeners: 9_000 } })));
      await refuses(as(caller).writes(remove(paths.feed)));
      await refuses(as(caller).writes(set(paths.feed, { ...digest, updatedAt: now() })));
    }
  });
});
