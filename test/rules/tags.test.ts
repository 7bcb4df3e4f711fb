import assert from "node:assert/strict";
import type { DocumentData } from "firebase/firestore";
import {
  draftShow,
  endedShow,
  givenShow,
  givenUsers,
  gone,
  liveShow,
  newDraft,
  now,
  paths,
  scheduledShow,
} from "../support/rules/builders.js";
import { ada, ben } from "../support/rules/personas.js";
import {
  allows,
  as,
  emptyWorld,
  given,
  refuses,
  set,
  stored,
  update,
} from "../support/rules/world.js";

const path = paths.show();
const offered = ["folk", "jazz", "soul", "talk"];
const config = (tags: unknown) => ({ minVersions: {}, features: {}, tags });

const bad: readonly [string, unknown][] = [
  ["four tags", offered],
  ["an unknown tag", ["jazz", "free money"]],
  ["a tag twice", ["jazz", "jazz"]],
  ["a tag in another case", ["Jazz"]],
  ["a tag that is a number", [7]],
  ["a tag that is null", [null]],
  ["a string", "jazz"],
  ["a map", { jazz: true }],
  ["null", null],
];

describe("a show's tags", () => {
  beforeEach(async () => {
    await emptyWorld();
    await givenUsers();
    await given({ "config/client": config(offered) });
  });

  for (const [what, tags] of [
    ["none", []],
    ["one", ["jazz"]],
    ["three", ["talk", "jazz", "folk"]],
  ] as const) {
    it(`can be ${what} of those on offer, from the beginning and later`, async () => {
      await allows(as(ada).writes(set(path, newDraft({ tags }))));
      assert.deepEqual((await stored(path))?.tags, tags);
      await given({ [path]: scheduledShow() });
      await allows(as(ada).writes(update(path, { tags, updatedAt: now() })));
    });
  }

  for (const [what, tags] of bad) {
    it(`cannot be ${what}`, async () => {
      await refuses(as(ada).writes(set(path, newDraft({ tags }))));
      await given({ [path]: draftShow() });
      await refuses(as(ada).writes(update(path, { tags, updatedAt: now() })));
    });
  }

  for (const [what, configuration] of [
    ["no list", { minVersions: {}, features: {} }],
    ["no configuration", undefined],
  ] as const satisfies readonly [string, DocumentData | undefined][]) {
    it(`cannot be any where the service has ${what}`, async () => {
      await emptyWorld();
      await givenUsers();
      if (configuration) await given({ "config/client": configuration });
      await refuses(as(ada).writes(set(path, newDraft({ tags: ["jazz"] }))));
      await allows(as(ada).writes(set(path, newDraft({ tags: [] }))));
    });
  }

  it("can be taken away, and one that is no longer on offer does not stop other edits", async () => {
    await given({ [path]: scheduledShow({ tags: ["disco"] }) });
    await allows(as(ada).writes(update(path, { title: "Day shift", updatedAt: now() })));
    await refuses(as(ada).writes(update(path, { tags: ["disco", "jazz"], updatedAt: now() })));
    await allows(as(ada).writes(update(path, { tags: gone(), updatedAt: now() })));
  });

  it("are the creator's alone, also while the show is live, and fixed once it is over", async () => {
    const edit = (tags: unknown) => update(path, { tags, updatedAt: now() });
    await given({ [path]: scheduledShow() });
    await refuses(as(ben).writes(edit(["jazz"])));
    await givenShow(liveShow());
    await refuses(as(ben).writes(edit(["jazz"])));
    for (const [, tags] of bad) await refuses(as(ada).writes(edit(tags)));
    await allows(as(ada).writes(edit(["jazz"])));
    await givenShow(endedShow());
    await refuses(as(ada).writes(edit(["soul"])));
  });
});
