import assert from "node:assert/strict";
import { collection, collectionGroup, query, where } from "firebase/firestore";
import {
  comment,
  endedShow,
  givenShow,
  participant,
  paths,
  secondsAgo,
  showId,
} from "../support/rules/builders.js";
import { ada, dan, eve, hal, nameOf, outsiders, present } from "../support/rules/personas.js";
import { allows, as, emptyWorld, given, refuses } from "../support/rules/world.js";

const quoted = comment(dan);
const digest = {
  audience: { listeners: 4, peak: 9, countedAt: secondsAgo(5) },
  reactions: { clap: 12, heart: 3, fire: 0, laugh: 1, wow: 0 },
  comments: [{ id: "comment-1", ...quoted }],
  pinned: { id: "comment-1", ...quoted },
  updatedAt: secondsAgo(2),
};

describe("shows/feed", () => {
  beforeEach(async () => {
    await emptyWorld();
    await givenShow();
    await given({ [paths.feed]: digest });
  });

  for (const caller of present) {
    it(`lets ${nameOf(caller)}, who is present, read it`, async () => {
      assert.ok(await allows(as(caller).gets(paths.feed)));
    });
  }

  for (const caller of outsiders) {
    it(`hides it from ${nameOf(caller)}, who is not present`, async () => {
      await refuses(as(caller).gets(paths.feed));
      await refuses(as(caller).lists((db) => collection(db, `shows/${showId}/feed`)));
    });
  }

  for (const state of ["left", "lost", "removed"]) {
    it(`closes at once for a participant who is ${state}, the creator included`, async () => {
      for (const person of [dan, ada]) {
        await allows(as(person).gets(paths.feed));
        await given({ [paths.participant(person)]: participant(person, { state }) });
        await refuses(as(person).gets(paths.feed));
      }
    });
  }

  it("is hidden from people who are present in another show only", async () => {
    await given({ [paths.participant(hal, "show-2")]: participant(hal, { state: "present" }) });
    await refuses(as(hal).gets(paths.feed));
  });

  it("cannot be queried, not even by participants", async () => {
    for (const caller of [ada, dan, hal]) {
      await refuses(as(caller).lists((db) => collection(db, `shows/${showId}/feed`)));
      await refuses(
        as(caller).lists((db) =>
          query(collectionGroup(db, "feed"), where("audience.listeners", ">", 0)),
        ),
      );
    }
  });

  it("stays readable after the end for those who stayed", async () => {
    await given({ [paths.show()]: endedShow() });
    await allows(as(dan).gets(paths.feed));
    await refuses(as(eve).gets(paths.feed));
  });
});
