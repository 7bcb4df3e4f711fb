import assert from "node:assert/strict";
import {
  collection,
  collectionGroup,
  type DocumentData,
  query,
  Timestamp,
  where,
} from "firebase/firestore";
import {
  comment,
  commentBatch,
  endedShow,
  givenShow,
  gone,
  liveShow,
  newComment,
  now,
  participant,
  paths,
  secondsAgo,
  settings,
  showId,
  stamp,
} from "../support/rules/builders.js";
import { sendAtOnce } from "../support/rules/crowd.js";
import {
  absent,
  ada,
  ben,
  cleo,
  dan,
  eve,
  hal,
  nameOf,
  outsiders,
  type Persona,
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

const path = paths.activity(dan);

const said = (ago: number): DocumentData => ({
  lastCommentAt: secondsAgo(ago),
  lastCommentId: "comment-0",
});

/** When the comments that passed were sent, in order. */
async function timesOf(ids: readonly string[]): Promise<number[]> {
  const comments = await Promise.all(ids.map((id) => stored(paths.comment(id))));
  return comments
    .flatMap((sent) => (sent?.createdAt instanceof Timestamp ? [sent.createdAt.toMillis()] : []))
    .sort((a, b) => a - b);
}

/** Measured on the times, not on the refusals: a write that a slow machine delays may pass. */
async function assertSecondsApart(ids: readonly string[]): Promise<void> {
  const times = await timesOf(ids);
  assert.notEqual(times.length, 0, "nothing passed");
  times.slice(1).forEach((time, index) => {
    assert.ok(time - (times[index] ?? 0) >= 1_000, `passed at ${times.join(" and ")}`);
  });
}

async function sendFromTwoDevices(author: Persona): Promise<void> {
  await Promise.allSettled(
    ["phone", "laptop"].map((device) =>
      as(author, { device })
        .writes(...commentBatch(author, {}, device))
        .send(),
    ),
  );
}

describe("shows/activity", () => {
  beforeEach(async () => {
    await emptyWorld();
    await givenShow();
  });

  describe("reading", () => {
    it("one's own, or that there is none", async () => {
      assert.equal(await allows(as(dan).gets(path)), undefined);
      await given({ [path]: { seenAt: secondsAgo(60) } });
      assert.ok(await allows(as(dan).gets(path)));
    });

    it("nobody else's, hosts included", async () => {
      await given({ [path]: { seenAt: secondsAgo(60) } });
      for (const caller of [ada, ben, cleo, ...outsiders] as const) {
        await refuses(as(caller).gets(path));
      }
    });

    it("no list of it", async () => {
      await given({ [path]: { seenAt: secondsAgo(60) } });
      await refuses(as(ada).lists((db) => collection(db, `shows/${showId}/activity`)));
      await refuses(
        as(dan).lists((db) =>
          query(collectionGroup(db, "activity"), where("seenAt", "<", secondsAgo(0))),
        ),
      );
    });
  });

  describe("the sign of being there", () => {
    for (const caller of present) {
      it(`${nameOf(caller)}, present, gives it`, async () => {
        await allows(as(caller).writes(set(paths.activity(caller), { seenAt: now() })));
      });
    }

    for (const caller of absent) {
      it(`${nameOf(caller)}, not present, does not`, async () => {
        await refuses(as(caller).writes(set(paths.activity(caller), { seenAt: now() })));
      });
    }

    it("nobody gives it for another", async () => {
      for (const caller of [ada, cleo, hal, signedOut]) {
        await refuses(as(caller).writes(set(path, { seenAt: now() })));
      }
    });

    it("not again within 20 seconds", async () => {
      for (const ago of [1, 10, 17]) {
        await given({ [path]: { seenAt: secondsAgo(ago) } });
        await refuses(as(dan).writes(merge(path, { seenAt: now() })));
        await refuses(as(dan).writes(set(path, { seenAt: now() })));
      }
    });

    it("again after 20 seconds", async () => {
      await given({ [path]: { seenAt: secondsAgo(21) } });
      await allows(as(dan).writes(merge(path, { seenAt: now() })));
    });

    it("for the first time beside a stamp of a comment", async () => {
      await given({ [path]: { lastCommentAt: secondsAgo(1), lastCommentId: "comment-0" } });
      await allows(as(dan).writes(merge(path, { seenAt: now() })));
      assert.equal((await stored(path))?.lastCommentId, "comment-0");
    });

    it("where the server left none", async () => {
      await given({ [path]: { seenAt: null } });
      await allows(as(dan).writes(merge(path, { seenAt: now() })));
    });

    const times: readonly [string, unknown][] = [
      ["of one's own", secondsAgo(10)],
      ["to come", secondsAgo(-60)],
      ["that is a string", "now"],
      ["that is null", null],
      ["taken away", gone()],
    ];
    for (const [what, seenAt] of times) {
      it(`not with a time ${what}`, async () => {
        await given({ [path]: { seenAt: secondsAgo(60) } });
        await refuses(as(dan).writes(merge(path, { seenAt })));
      });
    }

    it("not with anything beside it", async () => {
      await refuses(as(dan).writes(set(path, { seenAt: now(), note: "x" })));
      await given({ [path]: { seenAt: secondsAgo(60) } });
      await refuses(as(dan).writes(merge(path, { seenAt: now(), note: "x" })));
    });

    it("not by an empty document", async () => {
      await refuses(as(dan).writes(set(path, {})));
    });

    it("and not by a write that says nothing new", async () => {
      const seenAt = secondsAgo(60);
      await given({ [path]: { seenAt } });
      await refuses(as(dan).writes(merge(path, { seenAt })));
    });
  });

  describe("the stamp of a comment", () => {
    it("comes with its comment", async () => {
      await allows(as(dan).writes(...commentBatch(dan)));
      const activity = await stored(path);
      const said = await stored(paths.comment());
      assert.equal(activity?.lastCommentId, "comment-1");
      assert.deepEqual(activity.lastCommentAt, said?.createdAt);
    });

    it("in either order", async () => {
      const [said, stamped] = commentBatch(dan);
      await allows(as(dan).writes(stamped, said));
    });

    it("together with the sign of being there", async () => {
      const [said] = commentBatch(dan);
      await allows(as(dan).writes(said, set(path, { ...stamp(), seenAt: now() })));
    });

    it("keeps the sign of being there", async () => {
      const seenAt = secondsAgo(5);
      await given({ [path]: { seenAt } });
      await allows(as(dan).writes(...commentBatch(dan)));
      assert.deepEqual((await stored(path))?.seenAt, seenAt);
    });

    it("does not take that sign away, which would shorten the 20 seconds", async () => {
      await given({ [path]: { seenAt: secondsAgo(5) } });
      const [said] = commentBatch(dan);
      await refuses(as(dan).writes(said, set(path, stamp())));
      await refuses(as(dan).writes(said, set(path, { ...stamp(), seenAt: now() })));
    });

    it("not without its comment", async () => {
      await refuses(as(dan).writes(set(path, stamp())));
    });

    it("not for a comment that was there before", async () => {
      await given({ [paths.comment()]: comment(dan) });
      await refuses(as(dan).writes(set(path, stamp())));
    });

    it("not for another's comment, also of this moment", async () => {
      await given({ [paths.comment()]: comment(cleo) });
      await refuses(as(dan).writes(set(path, stamp())));
      const [said] = commentBatch(cleo);
      await refuses(as(dan).writes(said, set(path, stamp())));
    });

    it("not for a comment that the batch deletes", async () => {
      await given({ [paths.comment()]: comment(dan) });
      await refuses(as(dan).writes(remove(paths.comment()), set(path, stamp())));
    });

    it("not in one half only", async () => {
      const [said] = commentBatch(dan);
      await refuses(as(dan).writes(said, set(path, { lastCommentAt: now() })));
      await refuses(as(dan).writes(said, set(path, { lastCommentId: "comment-1" })));
      await refuses(as(dan).writes(set(path, { lastCommentAt: now() })));
      await refuses(as(dan).writes(set(path, { lastCommentId: "comment-1" })));
    });

    const stamps: readonly [string, DocumentData][] = [
      ["a time of one's own", { lastCommentAt: secondsAgo(60) }],
      ["a time to come", { lastCommentAt: secondsAgo(-60) }],
      ["another id", { lastCommentId: "comment-2" }],
      ["a path out of the collection", { lastCommentId: `../../${showId}/comments/comment-1` }],
      ["a path beneath a comment", { lastCommentId: "comment-1/replies/reply-1" }],
      ["an empty id", { lastCommentId: "" }],
      ["an id that is a number", { lastCommentId: 1 }],
      ["something beside it", { note: "x" }],
    ];
    for (const [what, change] of stamps) {
      it(`not with ${what}`, async () => {
        const [said] = commentBatch(dan);
        await refuses(as(dan).writes(said, set(path, { ...stamp(), ...change })));
      });
    }

    it("not through a plain document with a path for its id", async () => {
      const beneath = `${paths.comment()}/replies/reply-1`;
      await given({ [beneath]: comment(dan, { createdAt: secondsAgo(0) }) });
      await refuses(
        as(dan).writes(set(path, { ...stamp(), lastCommentId: "comment-1/replies/reply-1" })),
      );
    });

    it("not by somebody who is gone, though the comment were his", async () => {
      for (const caller of absent) {
        await refuses(as(caller).writes(...commentBatch(caller)));
      }
    });
  });

  describe("slow mode", () => {
    beforeEach(() =>
      given({ [paths.show()]: liveShow({ settings: settings({ slowModeSeconds: 30 }) }) }),
    );
    it("lets the first comment through at once", async () => {
      await allows(as(dan).writes(...commentBatch(dan)));
    });

    it("lets the first one through beside a sign of being there", async () => {
      await given({ [path]: { seenAt: secondsAgo(5) } });
      await allows(as(dan).writes(...commentBatch(dan)));
    });

    it("refuses one too early", async () => {
      for (const ago of [1, 15, 27]) {
        await given({ [path]: said(ago) });
        await refuses(as(dan).writes(...commentBatch(dan)));
      }
    });

    it("lets one through in time", async () => {
      await given({ [path]: said(31) });
      await allows(as(dan).writes(...commentBatch(dan)));
    });

    it("holds for hosts as well", async () => {
      await given({ [paths.activity(ada)]: said(5) });
      await refuses(as(ada).writes(...commentBatch(ada)));
    });

    it("reaches as far as 300 seconds", async () => {
      await given({
        [paths.show()]: liveShow({ settings: settings({ slowModeSeconds: 300 }) }),
        [path]: said(290),
      });
      await refuses(as(dan).writes(...commentBatch(dan)));
      await given({ [path]: said(301) });
      await allows(as(dan).writes(...commentBatch(dan)));
    });

    it("is not dodged by deleting the stamp, whole or in part", async () => {
      await given({ [path]: { ...said(5), seenAt: secondsAgo(60) } });
      await refuses(as(dan).writes(remove(path)));
      await refuses(as(dan).writes(set(path, { seenAt: now() })));
      await refuses(as(dan).writes(update(path, { lastCommentAt: gone(), seenAt: now() })));
      await refuses(
        as(dan).writes(
          update(path, { lastCommentAt: gone(), lastCommentId: gone(), seenAt: now() }),
        ),
      );
      await refuses(as(dan).writes(update(path, { lastCommentId: gone(), seenAt: now() })));
    });

    it("is not dodged by dating the stamp back", async () => {
      await given({ [path]: said(5), [paths.comment("comment-0")]: comment(dan) });
      await refuses(as(dan).writes(update(path, { lastCommentAt: secondsAgo(60) })));
      await refuses(as(dan).writes(update(path, { lastCommentAt: null })));
    });

    it("is not dodged by deleting the comment and saying it again", async () => {
      await given({ [path]: said(5), [paths.comment("comment-0")]: comment(dan) });
      await allows(as(dan).writes(remove(paths.comment("comment-0"))));
      await refuses(as(dan).writes(...commentBatch(dan, {}, "comment-0")));
    });

    it("is not dodged through another show's stamp", async () => {
      await given({
        [path]: said(5),
        [paths.show("show-2")]: liveShow(),
        [paths.participant(dan, "show-2")]: participant(dan),
      });
      await refuses(
        as(dan).writes(
          set(paths.comment(), newComment(dan)),
          set(paths.activity(dan, "show-2"), stamp()),
        ),
      );
    });
  });

  describe("the floor of one comment per second", () => {
    for (const caller of present) {
      it(`holds for ${nameOf(caller)} with slow mode off, on two devices at once`, async () => {
        await sendFromTwoDevices(caller);
        await assertSecondsApart(["phone", "laptop"]);
        await given({ [paths.activity(caller)]: said(1.1) });
        await allows(as(caller).writes(...commentBatch(caller)));
      });
    }

    it("counts for each show alone", async () => {
      await given({
        [path]: said(0),
        [paths.show("show-2")]: liveShow(),
        [paths.participant(dan, "show-2")]: participant(dan),
      });
      await allows(
        as(dan).writes(
          set(paths.comment("comment-1", "show-2"), newComment(dan)),
          set(paths.activity(dan, "show-2"), stamp()),
        ),
      );
    });

    it("holds in a flood from 200 accounts, which stops none of them", async () => {
      const crowd = Array.from({ length: 200 }, (_, index) => ({
        uid: `spotify_crowd-${index}`,
        displayName: `Crowd ${index}`,
        photoUrl: null,
      }));
      await given(
        Object.fromEntries(crowd.map((one) => [paths.participant(one), participant(one)])),
      );
      const idsOf = ({ uid }: Persona) => [`${uid}-1`, `${uid}-2`];
      await Promise.all(crowd.map((one) => sendAtOnce(one, idsOf(one))));
      await Promise.all(crowd.map((one) => assertSecondsApart(idsOf(one))));
    });
  });

  describe("slow mode that adapts", () => {
    const adapted = (seconds: unknown, own: DocumentData = {}) =>
      liveShow({
        settings: settings({ adaptiveSlowMode: true, ...own }),
        adaptedSlowModeSeconds: seconds,
      });

    it("waits as long as the server says", async () => {
      for (const seconds of [5, 10, 30]) {
        await given({ [paths.show()]: adapted(seconds), [path]: said(seconds - 3) });
        await refuses(as(dan).writes(...commentBatch(dan)));
        await given({ [path]: said(seconds + 1) });
        await allows(as(dan).writes(...commentBatch(dan, {}, `after-${seconds}`)));
      }
    });

    it("waits no less than the hosts say", async () => {
      await given({ [paths.show()]: adapted(5, { slowModeSeconds: 30 }), [path]: said(15) });
      await refuses(as(dan).writes(...commentBatch(dan)));
      await given({ [path]: said(31) });
      await allows(as(dan).writes(...commentBatch(dan)));
    });

    it("never goes below the floor", async () => {
      await given({ [paths.show()]: adapted(0) });
      await sendFromTwoDevices(dan);
      await assertSecondsApart(["phone", "laptop"]);
      await given({ [path]: said(1.1) });
      await allows(as(dan).writes(...commentBatch(dan)));
    });

    it("has nothing to say before the server has set it", async () => {
      await given({
        [paths.show()]: liveShow({ settings: settings({ adaptiveSlowMode: true }) }),
        [path]: said(2),
      });
      await allows(as(dan).writes(...commentBatch(dan)));
    });

    it("counts only while the hosts allow it", async () => {
      for (const own of [settings({ adaptiveSlowMode: false }), settings()]) {
        await given({
          [paths.show()]: liveShow({ settings: own, adaptedSlowModeSeconds: 30 }),
          [path]: said(2),
        });
        await allows(
          as(dan).writes(...commentBatch(dan, {}, `comment-${String(own.adaptiveSlowMode)}`)),
        );
      }
      await given({ [paths.show()]: adapted(30), [path]: said(2) });
      await refuses(as(dan).writes(...commentBatch(dan)));
    });

    it("is not switched off by a listener in the same batch", async () => {
      await given({ [paths.show()]: adapted(30), [path]: said(2) });
      const off = update(paths.show(), { settings: settings(), updatedAt: now() });
      await refuses(as(dan).writes(off, ...commentBatch(dan)));
    });
  });

  it("stays as it is after the end, but for the sign of those who stayed", async () => {
    await given({ [paths.show()]: endedShow() });
    await refuses(as(dan).writes(...commentBatch(dan)));
    await allows(as(dan).writes(set(path, { seenAt: now() })));
    await refuses(as(eve).writes(set(paths.activity(eve), { seenAt: now() })));
  });

  it("nobody deletes one, his own included", async () => {
    await given({ [path]: { seenAt: secondsAgo(60) } });
    for (const caller of [dan, ada, signedOut]) await refuses(as(caller).writes(remove(path)));
  });
});
