import assert from "node:assert/strict";
import { collection } from "firebase/firestore";
import { endedShow, givenShow, participant, paths, showId } from "../support/rules/builders.js";
import { ada, everybody, nameOf, signedOut } from "../support/rules/personas.js";
import { allows, as, emptyWorld, given, refuses } from "../support/rules/world.js";

const summary = { durationMs: 3_600_000, listeners: 12, peak: 9, comments: 40, speakers: 3 };

describe("shows/summary", () => {
  beforeEach(async () => {
    await emptyWorld();
    await givenShow(endedShow());
    await given({ [paths.summary]: summary });
  });

  it("lets the creator read it, present or not", async () => {
    assert.ok(await allows(as(ada).gets(paths.summary)));
    await given({ [paths.participant(ada)]: participant(ada, { state: "left" }) });
    assert.ok(await allows(as(ada).gets(paths.summary)));
  });

  for (const caller of [...everybody.filter((person) => person !== ada), signedOut] as const) {
    it(`hides it from ${nameOf(caller)}`, async () => {
      await refuses(as(caller).gets(paths.summary));
    });
  }

  it("cannot be listed", async () => {
    await refuses(as(ada).lists((db) => collection(db, `shows/${showId}/summary`)));
  });
});
