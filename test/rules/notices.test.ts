import assert from "node:assert/strict";
import { collection, collectionGroup, orderBy, query } from "firebase/firestore";
import { givenUsers, paths, secondsAgo } from "../support/rules/builders.js";
import { ada, dan, eve, signedOut } from "../support/rules/personas.js";
import { allows, as, emptyWorld, given, refuses } from "../support/rules/world.js";

describe("users/notices", () => {
  const path = paths.notice(dan);
  const notice = { kind: "decision", reason: "Against rule 3", createdAt: secondsAgo(60) };

  beforeEach(async () => {
    await emptyWorld();
    await givenUsers();
    await given({ [path]: notice });
  });

  it("are readable only by their owner, not even by admins", async () => {
    assert.ok(await allows(as(dan).gets(path)));
    const own = await allows(
      as(dan).lists((db) =>
        query(collection(db, `users/${dan.uid}/notices`), orderBy("createdAt", "desc")),
      ),
    );
    assert.deepEqual(own, [path]);
    for (const requests of [as(eve), as(signedOut), as(ada, { admin: true })]) {
      await refuses(requests.gets(path));
      await refuses(requests.lists((db) => collection(db, `users/${dan.uid}/notices`)));
      await refuses(requests.lists((db) => collectionGroup(db, "notices")));
    }
  });
});
