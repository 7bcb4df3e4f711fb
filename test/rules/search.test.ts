import assert from "node:assert/strict";
import {
  collection,
  collectionGroup,
  type Firestore,
  limit,
  orderBy,
  query,
  where,
} from "firebase/firestore";
import { paths, secondsAgo } from "../support/rules/builders.js";
import { ada, hal, signedOut } from "../support/rules/personas.js";
import { allows, as, emptyWorld, given, refuses } from "../support/rules/world.js";

const show = paths.showSearch();
const creator = paths.creatorSearch(ada);
const shows = (db: Firestore, size: number) =>
  query(
    collection(db, "showSearch"),
    where("prefixes", "array-contains", "ni"),
    orderBy("rank"),
    orderBy("at", "desc"),
    limit(size),
  );
const creators = (db: Firestore, size: number) =>
  query(
    collection(db, "creatorSearch"),
    where("prefixes", "array-contains", "ad"),
    orderBy("followerCount", "desc"),
    limit(size),
  );

describe("the search", () => {
  beforeEach(async () => {
    await emptyWorld();
    await given({
      [show]: { rank: 0, at: secondsAgo(60), prefixes: ["n", "ni"], creatorUid: ada.uid },
      [creator]: { followerCount: 3, prefixes: ["a", "ad"] },
    });
  });

  it("finds shows and creators for everyone who is signed in", async () => {
    assert.deepEqual(await allows(as(hal).lists((db) => shows(db, 50))), [show]);
    assert.deepEqual(await allows(as(hal).lists((db) => creators(db, 50))), [creator]);
    for (const list of [shows, creators]) {
      await refuses(as(signedOut).lists((db) => list(db, 50)));
    }
  });

  it("refuses pages of more than 50, and lists without a limit", async () => {
    for (const list of [shows, creators]) await refuses(as(hal).lists((db) => list(db, 51)));
    for (const name of ["showSearch", "creatorSearch"]) {
      await refuses(as(hal).lists((db) => collection(db, name)));
      await refuses(as(hal).lists((db) => query(collectionGroup(db, name), limit(10))));
    }
  });
});
