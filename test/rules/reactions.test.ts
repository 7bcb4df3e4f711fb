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

  describe("the first time", () => {
    for (const caller of present) {
      it(`${nameOf(caller)}, present, reacts`, async () => {
        const own = paths.reactions(caller);
        await allows(as(caller).writes(set(own, newReactions({ ...none, clap: 1 }))));
        assert.equal((await stored(own))?.clap, 1);
      });
    }

    for (const caller of absent) {
      it(`${nameOf(caller)}, not present, does not`, async () => {
        const own = paths.reactions(caller);
        await refuses(as(caller).writes(set(own, newReactions({ ...none, clap: 1 }))));
      });
    }

    for (const kind of kinds) {
      it(`takes up to 50 of ${kind}, and not 51`, async () => {
        await refuses(as(dan).writes(set(path, newReactions({ ...none, [kind]: 51 }))));
        await allows(as(dan).writes(set(path, newReactions({ ...none, [kind]: 50 }))));
      });
    }

    it("takes 50 together, and not 51", async () => {
      const each = { clap: 10, heart: 10, fire: 10, laugh: 10, wow: 10 };
      await refuses(as(dan).writes(set(path, newReactions({ ...each, wow: 11 }))));
      await allows(as(dan).writes(set(path, newReactions(each))));
    });

    it("is at least one", async () => {
      await refuses(as(dan).writes(set(path, newReactions(none))));
      await refuses(as(dan).writes(set(path, {})));
    });
  });

  describe("later", () => {
    beforeEach(() => given({ [path]: reactions() }));

    for (const caller of present) {
      it(`${nameOf(caller)}, present, adds to their own`, async () => {
        await given({ [paths.reactions(caller)]: reactions() });
        await allows(as(caller).writes(set(paths.reactions(caller), newReactions())));
        assert.equal((await stored(paths.reactions(caller)))?.clap, 45);
      });
    }

    for (const state of ["left", "lost", "removed"]) {
      it(`nobody adds once they are ${state}`, async () => {
        for (const person of [dan, ada]) {
          await given({
            [paths.reactions(person)]: reactions(),
            [paths.participant(person)]: participant(person, { state }),
          });
          await refuses(as(person).writes(set(paths.reactions(person), newReactions())));
        }
      });
    }

    it("nobody adds for another person", async () => {
      for (const caller of [ada, ben, cleo, hal, signedOut] as const) {
        await refuses(as(caller).writes(set(path, newReactions())));
        await refuses(as(caller).writes(update(path, { clap: increment(1), at: now() })));
      }
      await refuses(as(dan).writes(set(paths.reactions(cleo), newReactions({ ...none, clap: 1 }))));
    });

    it("nobody adds in a show that is not live", async () => {
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

    it("nobody adds within 5 seconds", async () => {
      for (const ago of [0, 1, 2]) {
        await given({ [path]: reactions({ at: secondsAgo(ago) }) });
        await refuses(as(dan).writes(set(path, newReactions())));
        await refuses(as(dan).writes(update(path, { clap: 45, at: now() })));
      }
      await given({ [path]: reactions({ at: secondsAgo(6) }) });
      await allows(as(dan).writes(set(path, newReactions())));
    });

    it("a flood passes once, whether it comes in turn or from two devices", async () => {
      const taps = Array.from({ length: 20 }, (_, index) =>
        as(dan, { device: index % 2 })
          .writes(set(path, newReactions({ clap: 41 + index })))
          .send(),
      );
      const answers = await Promise.allSettled(taps);
      assert.equal(answers.filter(({ status }) => status === "fulfilled").length, 1);
      await refuses(as(dan).writes(set(path, newReactions({ clap: 80 }))));
    });

    it("a batch does not carry two steps", async () => {
      await refuses(
        as(dan).writes(
          set(path, newReactions({ clap: 90 })),
          set(path, newReactions({ clap: 140 })),
        ),
      );
    });

    it("adds from 1 to 50, of one kind or of several", async () => {
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
      it(`never shrinks ${kind}, whatever else grows`, async () => {
        await given({ [path]: reactions({ clap: 9, heart: 9, fire: 9, laugh: 9, wow: 9 }) });
        const others = kinds.filter((other) => other !== kind);
        const grown = Object.fromEntries(others.map((other) => [other, 12]));
        await refuses(as(dan).writes(set(path, newReactions({ ...grown, [kind]: 8 }))));
        await refuses(as(dan).writes(set(path, newReactions({ ...grown, [kind]: -1 }))));
        await allows(as(dan).writes(set(path, newReactions({ ...grown, [kind]: 9 }))));
      });

      it(`not without ${kind}`, async () => {
        await refuses(as(dan).writes(set(path, without(newReactions(), kind))));
      });
    }

    const values: readonly [string, unknown][] = [
      ["a fraction", 41.5],
      ["a negative number", -5],
      ["a negative zero, which is a float", -0],
      ["not a number", NaN],
      ["infinite", Infinity],
      ["a huge jump", 1_000_000],
      ["the largest safe integer", Number.MAX_SAFE_INTEGER],
      ["a string", "41"],
      ["a truth", true],
      ["null", null],
      ["a list", [41]],
      ["a map", { count: 41 }],
      ["a time", now()],
      ["increased by 51", increment(51)],
      ["increased by nothing", increment(0)],
      ["decreased", increment(-1)],
      ["increased by a fraction", increment(0.5)],
      ["increased by a huge number", increment(Number.MAX_SAFE_INTEGER)],
      ["decreased by a huge number", increment(-Number.MAX_SAFE_INTEGER)],
      ["taken away", gone()],
    ];
    for (const [what, value] of values) {
      it(`refuses a total that is ${what}`, async () => {
        for (const kind of kinds) {
          await refuses(as(dan).writes(merge(path, { [kind]: value, at: now() })));
        }
      });
    }

    it("judges an increment by what it leads to", async () => {
      await refuses(
        as(dan).writes(update(path, { clap: increment(50), wow: increment(1), at: now() })),
      );
      await allows(
        as(dan).writes(update(path, { clap: increment(49), wow: increment(1), at: now() })),
      );
      assert.partialDeepStrictEqual(await stored(path), { clap: 89, wow: 1 });
    });

    const times: readonly [string, unknown][] = [
      ["that is past", secondsAgo(10)],
      ["to come", secondsAgo(-60)],
      ["far in the past, to skip every wait", secondsAgo(86_400)],
      ["that is a string", "now"],
      ["that is a number", 0],
      ["that is null", null],
      ["taken away", gone()],
    ];
    for (const [what, at] of times) {
      it(`refuses a time ${what}`, async () => {
        await refuses(as(dan).writes(merge(path, { clap: 45, at })));
        await refuses(as(dan).writes(merge(path, { at })));
      });
    }

    it("refuses the old time, and a time alone", async () => {
      await refuses(as(dan).writes(update(path, { clap: 45 })));
      await refuses(as(dan).writes(update(path, { at: now() })));
    });

    const besides: readonly [string, DocumentData][] = [
      ["a kind of its own", { boo: 1 }],
      ["a kind of its own that is zero", { boo: 0 }],
      ["a payload", { note: "x" }],
      ["a uid", { uid: dan.uid }],
    ];
    for (const [what, change] of besides) {
      it(`refuses ${what} beside the six keys`, async () => {
        await refuses(as(dan).writes(set(path, newReactions(change))));
        await refuses(as(dan).writes(merge(path, { clap: 45, at: now(), ...change })));
      });
    }

    it("nobody deletes one, which would start again from zero", async () => {
      for (const caller of [dan, ada, signedOut] as const) {
        await refuses(as(caller).writes(remove(path)));
      }
      await refuses(as(dan).writes(remove(path), set(path, newReactions({ ...none, clap: 1 }))));
    });
  });

  describe("reading", () => {
    it("one's own, or that there is none, here or gone", async () => {
      assert.equal(await allows(as(dan).gets(path)), undefined);
      await given({ [path]: reactions() });
      assert.equal((await allows(as(dan).gets(path)))?.clap, 40);
      await given({ [paths.participant(dan)]: participant(dan, { state: "lost" }) });
      assert.equal((await allows(as(dan).gets(path)))?.clap, 40);
    });

    it("nobody else's, hosts included", async () => {
      await given({ [path]: reactions() });
      for (const caller of [ada, ben, cleo, ...outsiders] as const) {
        await refuses(as(caller).gets(path));
      }
    });

    it("no list of it", async () => {
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
