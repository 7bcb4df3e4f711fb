import assert from "node:assert/strict";
import { collection, collectionGroup, query, where } from "firebase/firestore";
import { givenShow, paths, showId } from "../support/rules/builders.js";
import { ada, gus, hosts, nameOf, notHosts } from "../support/rules/personas.js";
import { allows, as, emptyWorld, refuses } from "../support/rules/world.js";

const path = paths.ban(gus);

describe("shows/bans", () => {
  beforeEach(async () => {
    await emptyWorld();
    await givenShow();
  });

  for (const caller of hosts) {
    it(`lets ${nameOf(caller)}, a host, read them`, async () => {
      assert.ok(await allows(as(caller).gets(path)));
      await allows(as(caller).lists((db) => collection(db, `shows/${showId}/bans`)));
    });
  }

  for (const caller of notHosts) {
    it(`hides them from ${nameOf(caller)}, who is not a host`, async () => {
      await refuses(as(caller).gets(path));
      await refuses(as(caller).lists((db) => collection(db, `shows/${showId}/bans`)));
    });
  }

  it("cannot be listed across shows, not even one's own", async () => {
    for (const caller of [gus, ada]) {
      await refuses(
        as(caller).lists((db) =>
          query(collectionGroup(db, "bans"), where("uid", "==", caller.uid)),
        ),
      );
    }
  });
});
