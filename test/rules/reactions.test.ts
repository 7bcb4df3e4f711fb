import assert from "node:assert/strict";
import {
  collection,
  collectionGroup,
  type DocumentData,
  increment,
  query,
  where,
} from "firebase/firestore";
import {
  draftShow,
  endedShow,
  givenShow,
  gone,
  liveShow,
  newReactions,
  now,
  participant,
  paths,
  reactions,
  scheduledShow,
  secondsAgo,
  showId,
  without,
} from "../support/rules/builders.js";
import {
  absent,
  ada,
  ben,
  cleo,
  dan,
  hal,
  nameOf,
  outsiders,
  present,
  signedOut,
} from "../support/rules/personas.js";
import {
  allows,
  as,
  emptyWorld,
  given,
  givenGone,
  merge,
  refuses,
  remove,
  set,
  stored,
  update,
} from "../support/rules/world.js";

const path = paths.reactions(dan);
const kinds = ["clap", "heart", "fire", "laugh", "wow"] as const;
const none = { clap: 0, heart: 0, fire: 0, laugh: 0, wow: 0 };

describe("shows/reactions", () => {
  beforeEach(async () => {
    await emptyWorld();
    await givenShow();
  });

  describe("first write", () => {
    for (const caller of present) {
      it(`lets ${nameOf(caller)}, who is present, react`, async () => {
        const own = paths.reactions(caller);
        await allows(as(caller).writes(set(own, newReactions({ ...none, clap: 1 }))));
        assert.equal((await stored(own))?.clap, 1);
      });
    }

    for (const caller of absent) {
      it(`refuses ${nameOf(caller)}, who is not present`, async () => {
        const own = paths.reactions(caller);
        await refuses(as(caller).writes(set(own, newReactions({ ...none, clap: 1 }))));
      });
    }

    for (const kind of kinds) {
      it(`accepts up to 50 of ${kind}, but not 51`, async () => {
        await refuses(as(dan).writes(set(path, newReactions({ ...none, [kind]: 51 }))));
        await allows(as(dan).writes(set(path, newReactions({ ...none, [kind]: 50 }))));
      });
    }

    it("accepts 50 in total, but not 51", async () => {
      const each = { clap: 10, heart: 10, fire: 10, laugh: 10, wow: 10 };
      await refuses(as(dan).writes(set(path, newReactions({ ...each, wow: 11 }))));
      await allows(as(dan).writes(set(path, newReactions(each))));
    });

    it("requires at least one reaction", async () => {
      await refuses(as(dan).writes(set(path, newReactions(none))));
      await refuses(as(dan).writes(set(path, {})));
    });
  });

  describe("later writes", () => {
    beforeEach(() => given({ [path]: reactions() }));

    for (const caller of present) {
      it(`lets ${nameOf(caller)}, who is present, add to their own totals`, async () => {
        await given({ [paths.reactions(caller)]: reactions() });
        await allows(as(caller).writes(set(paths.reactions(caller), newReactions())));
        assert.equal((await stored(paths.reactions(caller)))?.clap, 45);
      });
    }

    for (const state of ["left", "lost", "removed"]) {
      it(`refuses a participant who is ${state}`, async () => {
        for (const person of [dan, ada]) {
          await given({
            [paths.reactions(person)]: reactions(),
            [paths.participant(person)]: participant(person, { state }),
          });
          await refuses(as(person).writes(set(paths.reactions(person), newReactions())));
        }
      });
    }

    it("refuses reactions on another person's behalf", async () => {
      for (const caller of [ada, ben, cleo, hal, signedOut] as const) {
        await refuses(as(caller).writes(set(path, newReactions())));
        await refuses(as(caller).writes(update(path, { clap: increment(1), at: now() })));
      }
      await refuses(as(dan).writes(set(paths.reactions(cleo), newReactions({ ...none, clap: 1 }))));
    });

    it("refuses reactions in a show that is not live", async () => {
      for (const show of [
        draftShow(),
        scheduledShow(),
        endedShow(),
        liveShow({ status: "cancelled" }),
      ]) {
        await given({ [paths.show()]: show });
        for (const caller of [ada, dan]) {
          await refuses(as(caller).writes(set(paths.reactions(caller), newReactions())));
        }
      }
      await given({ [paths.show()]: liveShow() });
      await allows(as(dan).writes(set(path, newReactions())));
    });

    it("refuses another write within 5 seconds", async () => {
      for (const ago of [0, 1, 2]) {
        await given({ [path]: reactions({ at: secondsAgo(ago) }) });
        await refuses(as(dan).writes(set(path, newReactions())));
        await refuses(as(dan).writes(update(path, { clap: 45, at: now() })));
      }
      await given({ [path]: reactions({ at: secondsAgo(6) }) });
      await allows(as(dan).writes(set(path, newReactions())));
    });

    it("accepts only one write of a flood, in turn or from two devices", async () => {
      const taps = Array.from({ length: 20 }, (_, index) =>
        as(dan, { device: index % 2 })
          .writes(set(path, newReactions({ clap: 41 + index })))
          .send(),
      );
      const answers = await Promise.allSettled(taps);
      assert.equal(answers.filter(({ status }) => status === "fulfilled").length, 1);
      await refuses(as(dan).writes(set(path, newReactions({ clap: 80 }))));
    });

    it("refuses two steps in one batch", async () => {
      await refuses(
        as(dan).writes(
          set(path, newReactions({ clap: 90 })),
          set(path, newReactions({ clap: 140 })),
        ),
      );
    });

    it("accepts 1 to 50 more, of one kind or of several", async () => {
      for (const [grown, isAllowed] of [
        [{ clap: 91 }, false],
        [{ clap: 90 }, true],
        [{ clap: 66, heart: 28 }, false],
        [{ clap: 65, heart: 28 }, true],
        [{ wow: 51 }, false],
        [{ wow: 1 }, true],
        [{}, false],
      ] as const) {
        await given({ [path]: reactions() });
        const attempt = as(dan).writes(set(path, reactions({ ...grown, at: now() })));
        await (isAllowed ? allows(attempt) : refuses(attempt));
      }
    });

    for (const kind of kinds) {
      it(`never decreases ${kind}, whatever else grows`, async () => {
        await given({ [path]: reactions({ clap: 9, heart: 9, fire: 9, laugh: 9, wow: 9 }) });
        const others = kinds.filter((other) => other !== kind);
        const grown = Object.fromEntries(others.map((other) => [other, 12]));
        await refuses(as(dan).writes(set(path, newReactions({ ...grown, [kind]: 8 }))));
        await refuses(as(dan).writes(set(path, newReactions({ ...grown, [kind]: -1 }))));
        await allows(as(dan).writes(set(path, newReactions({ ...grown, [kind]: 9 }))));
      });

      it(`refuses first totals with a negative ${kind}`, async () => {
        await givenGone(path);
        const first = { clap: 2, heart: 2, fire: 2, laugh: 2, wow: 2 };
        await refuses(as(dan).writes(set(path, newReactions({ ...first, [kind]: -1 }))));
        await allows(as(dan).writes(set(path, newReactions({ ...first, [kind]: 0 }))));
      });

      it(`refuses totals without ${kind}`, async () => {
        await refuses(as(dan).writes(set(path, without(newReactions(), kind))));
      });
    }

    const values: readonly [string, unknown][] = [
      ["a fraction", 41.5],
      ["a negative number", -5],
      ["negative zero, which is a float", -0],
      ["not a number", NaN],
      ["infinite", Infinity],
      ["a huge jump", 1_000_000],
      ["the largest safe integer", Number.MAX_SAFE_INTEGER],
      ["a string", "41"],
      ["a boolean", true],
      ["null", null],
      ["a list", [41]],
      ["a map", { count: 41 }],
      ["a time", now()],
      ["incremented by 51", increment(51)],
      ["incremented by zero", increment(0)],
      ["decreased", increment(-1)],
      ["incremented by a fraction", increment(0.5)],
      ["incremented by a huge number", increment(Number.MAX_SAFE_INTEGER)],
      ["decremented by a huge number", increment(-Number.MAX_SAFE_INTEGER)],
      ["removed", gone()],
    ];
    for (const [what, value] of values) {
      it(`refuses a total that is ${what}`, async () => {
        for (const kind of kinds) {
          await refuses(as(dan).writes(merge(path, { [kind]: value, at: now() })));
        }
      });
    }

    it("checks the result of an increment", async () => {
      await refuses(
        as(dan).writes(update(path, { clap: increment(50), wow: increment(1), at: now() })),
      );
      await allows(
        as(dan).writes(update(path, { clap: increment(49), wow: increment(1), at: now() })),
      );
      assert.partialDeepStrictEqual(await stored(path), { clap: 89, wow: 1 });
    });

    const times: readonly [string, unknown][] = [
      ["in the past", secondsAgo(10)],
      ["in the future", secondsAgo(-60)],
      ["far in the past, which would skip every wait", secondsAgo(86_400)],
      ["that is a string", "now"],
      ["that is a number", 0],
      ["that is null", null],
      ["that is removed", gone()],
    ];
    for (const [what, at] of times) {
      it(`refuses a time ${what}`, async () => {
        await refuses(as(dan).writes(merge(path, { clap: 45, at })));
        await refuses(as(dan).writes(merge(path, { at })));
      });
    }

    it("refuses the unchanged time, and a time without a reaction", async () => {
      await refuses(as(dan).writes(update(path, { clap: 45 })));
      await refuses(as(dan).writes(update(path, { at: now() })));
    });

    const besides: readonly [string, DocumentData][] = [
      ["an unknown kind", { boo: 1 }],
      ["an unknown kind with zero", { boo: 0 }],
      ["a payload", { note: "x" }],
      ["a uid", { uid: dan.uid }],
    ];
    for (const [what, change] of besides) {
      it(`refuses ${what} in addition to the six keys`, async () => {
        await refuses(as(dan).writes(set(path, newReactions(change))));
        await refuses(as(dan).writes(merge(path, { clap: 45, at: now(), ...change })));
      });
    }

    it("cannot be deleted, which would restart the totals from zero", async () => {
      for (const caller of [dan, ada, signedOut] as const) {
        await refuses(as(caller).writes(remove(path)));
      }
      await refuses(as(dan).writes(remove(path), set(path, newReactions({ ...none, clap: 1 }))));
    });
  });

  describe("reading", () => {
    it("shows people their own totals, or that there are none, present or not", async () => {
      assert.equal(await allows(as(dan).gets(path)), undefined);
      await given({ [path]: reactions() });
      assert.equal((await allows(as(dan).gets(path)))?.clap, 40);
      await given({ [paths.participant(dan)]: participant(dan, { state: "lost" }) });
      assert.equal((await allows(as(dan).gets(path)))?.clap, 40);
    });

    it("hides them from everyone else, hosts included", async () => {
      await given({ [path]: reactions() });
      for (const caller of [ada, ben, cleo, ...outsiders] as const) {
        await refuses(as(caller).gets(path));
      }
    });

    it("cannot be listed", async () => {
      await given({ [path]: reactions() });
      for (const caller of [ada, dan]) {
        await refuses(as(caller).lists((db) => collection(db, `shows/${showId}/reactions`)));
        await refuses(
          as(caller).lists((db) => query(collectionGroup(db, "reactions"), where("clap", ">", 0))),
        );
      }
    });
  });
});
