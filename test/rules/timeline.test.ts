import assert from "node:assert/strict";
import { collection } from "firebase/firestore";
import { givenShow, paths, playback, showId } from "../support/rules/builders.js";
import { hosts, nameOf, notHosts } from "../support/rules/personas.js";
import { allows, as, emptyWorld, given, refuses } from "../support/rules/world.js";

const path = paths.timeline(7);

describe("shows/timeline", () => {
  beforeEach(async () => {
    await emptyWorld();
    await givenShow();
    await given({ [path]: playback() });
  });

  for (const caller of hosts) {
    it(`lets ${nameOf(caller)}, a host, read it`, async () => {
      assert.ok(await allows(as(caller).gets(path)));
      await allows(as(caller).lists((db) => collection(db, `shows/${showId}/timeline`)));
    });
  }

  for (const caller of notHosts) {
    it(`hides it from ${nameOf(caller)}, who is not a host`, async () => {
      await refuses(as(caller).gets(path));
      await refuses(as(caller).lists((db) => collection(db, `shows/${showId}/timeline`)));
    });
  }
});
