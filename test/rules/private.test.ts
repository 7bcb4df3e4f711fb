import assert from "node:assert/strict";
import { collection, collectionGroup, type Firestore, query, where } from "firebase/firestore";
import { paths } from "../support/rules/builders.js";
import { ada, ben, signedOut } from "../support/rules/personas.js";
import { allows, as, emptyWorld, given, refuses } from "../support/rules/world.js";

describe("users/private", () => {
  beforeEach(async () => {
    await emptyWorld();
    await given({
      [paths.account(ada)]: { spotifyId: "ada", country: "SE", spotifyLinked: true },
      [`users/${ada.uid}/private/other`]: { secret: true },
    });
  });

  it("lets the owner read the account", async () => {
    const account = await allows(as(ada).gets(paths.account(ada)));
    assert.equal(account?.country, "SE");
  });

  it("hides the account from everyone else", async () => {
    for (const caller of [ben, signedOut]) await refuses(as(caller).gets(paths.account(ada)));
    await refuses(as(ben, { admin: true }).gets(paths.account(ada)));
  });

  it("lets only the owner read whom they follow", async () => {
    const path = paths.follows(ada);
    await given({ [path]: { creatorUids: [ben.uid] } });
    assert.deepEqual((await allows(as(ada).gets(path)))?.creatorUids, [ben.uid]);
    for (const caller of [ben, signedOut]) await refuses(as(caller).gets(path));
    const naming = (db: Firestore) =>
      query(collectionGroup(db, "private"), where("creatorUids", "array-contains", ben.uid));
    for (const caller of [ada, ben]) await refuses(as(caller).lists(naming));
  });

  it("hides every other private document, even from its owner", async () => {
    await refuses(as(ada).gets(`users/${ada.uid}/private/other`));
  });

  it("cannot be listed, neither for one user nor across users", async () => {
    await refuses(as(ben).lists((db) => collection(db, `users/${ada.uid}/private`)));
    await refuses(as(ada).lists((db) => collectionGroup(db, "private")));
  });
});
