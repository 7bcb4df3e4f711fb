import assert from "node:assert/strict";
import { collection } from "firebase/firestore";
import {
  anHourAgo,
  endedShow,
  givenShow,
  gone,
  now,
  paths,
  secondsAgo,
  showId,
  suspension,
  without,
} from "../support/rules/builders.js";
import {
  ada,
  ben,
  cleo,
  dan,
  eve,
  fay,
  gus,
  hal,
  kim,
  outsiders,
  removedCohost,
  signedOut,
} from "../support/rules/personas.js";
import {
  allows,
  as,
  emptyWorld,
  given,
  merge,
  refuses,
  remove,
  set,
  stored,
  update,
} from "../support/rules/world.js";

const path = paths.saves(dan);
const use = (opened: boolean, saved: boolean) => ({ opened, saved, at: now() });
const before = (opened: boolean, saved: boolean) => ({ opened, saved, at: anHourAgo() });
const yes = true;
const no = false;

describe("shows/saves", () => {
  beforeEach(async () => {
    await emptyWorld();
    await givenShow();
  });

  it("lets everyone who was in the audience say what they did, during the show and after it", async () => {
    for (const caller of [ben, cleo, dan, eve, kim]) {
      await allows(as(caller).writes(set(paths.saves(caller), use(true, false))));
    }
    await given({ [paths.show()]: endedShow() });
    await allows(as(dan).writes(set(path, use(true, true))));
    assert.partialDeepStrictEqual(await stored(path), { opened: true, saved: true });
  });

  it("refuses the creator, strangers, removed people and the suspended", async () => {
    for (const caller of [ada, hal, fay, gus, removedCohost]) {
      await refuses(as(caller).writes(set(paths.saves(caller), use(true, true))));
    }
    await given({ [paths.suspension(dan)]: suspension(dan, null) });
    await refuses(as(dan).writes(set(path, use(true, true))));
    await refuses(as(cleo).writes(set(path, use(true, true))));
    await refuses(as(signedOut).writes(set(path, use(true, true))));
  });

  it("accepts each of the two once, in either order, and takes nothing back", async () => {
    for (const [old, next, isAllowed] of [
      [before(yes, no), use(yes, yes), true],
      [before(no, yes), use(yes, yes), true],
      [before(yes, no), use(yes, no), false],
      [before(yes, yes), use(yes, yes), false],
      [before(yes, no), use(no, yes), false],
      [before(yes, yes), use(no, yes), false],
      [before(yes, yes), use(yes, no), false],
    ] as const) {
      await given({ [path]: old });
      const attempt = as(dan).writes(set(path, next));
      await (isAllowed ? allows(attempt) : refuses(attempt));
    }
    await given({ [path]: before(true, false) });
    await allows(as(dan).writes(update(path, { saved: true, at: now() })));
    await refuses(as(dan).writes(update(path, { saved: gone(), at: now() })));
    await refuses(as(dan).writes(remove(path)));
  });

  it("refuses a first write that says nothing, other keys, values and times", async () => {
    await refuses(as(dan).writes(set(path, use(false, false))));
    for (const wrong of [
      { ...use(true, false), note: "x" },
      { ...use(true, false), uid: dan.uid },
      ...["opened", "saved", "at"].map((key) => without(use(true, true), key)),
      ...[1, "true", null, [true]].map((opened) => ({ ...use(true, true), opened })),
      ...[secondsAgo(10), secondsAgo(-60), null, 0].map((at) => ({ ...use(true, true), at })),
    ]) {
      await refuses(as(dan).writes(set(path, wrong)));
      await refuses(as(dan).writes(merge(path, wrong)));
    }
    await allows(as(dan).writes(set(path, use(false, true))));
  });

  it("shows people their own, and nobody a list", async () => {
    assert.equal(await allows(as(dan).gets(path)), undefined);
    await given({ [path]: before(true, false) });
    assert.ok(await allows(as(dan).gets(path)));
    for (const caller of [ada, ben, cleo, ...outsiders] as const) {
      await refuses(as(caller).gets(path));
    }
    for (const caller of [ada, dan]) {
      await refuses(as(caller).lists((db) => collection(db, `shows/${showId}/saves`)));
    }
  });
});
