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
  hosts,
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

const commentedAgo = (ago: number): DocumentData => ({
  lastCommentAt: secondsAgo(ago),
  lastCommentId: "comment-0",
});

/** When the accepted comments were created, in ascending order. */
async function timesOf(ids: readonly string[]): Promise<number[]> {
  const comments = await Promise.all(ids.map((id) => stored(paths.comment(id))));
  return comments
    .flatMap((sent) => (sent?.createdAt instanceof Timestamp ? [sent.createdAt.toMillis()] : []))
    .sort((a, b) => a - b);
}

/**
 * Measures the stored times, not the number of refusals: on a slow machine, a delayed write may
 * pass.
 */
async function assertSecondsApart(ids: readonly string[]): Promise<void> {
  const times = await timesOf(ids);
  assert.notEqual(times.length, 0, "nothing passed");
  times.slice(1).forEach((time, index) => {
    assert.ok(time - (times[index] ?? 0) >= 1_000, `accepted at ${times.join(" and ")}`);
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
    it("shows participants their own activity, or that there is none", async () => {
      assert.equal(await allows(as(dan).gets(path)), undefined);
      await given({ [path]: { seenAt: secondsAgo(60) } });
      assert.ok(await allows(as(dan).gets(path)));
    });

    it("hides it from everyone else, hosts included", async () => {
      await given({ [path]: { seenAt: secondsAgo(60) } });
      for (const caller of [ada, ben, cleo, ...outsiders] as const) {
        await refuses(as(caller).gets(path));
      }
    });

    it("cannot be listed", async () => {
      await given({ [path]: { seenAt: secondsAgo(60) } });
      await refuses(as(ada).lists((db) => collection(db, `shows/${showId}/activity`)));
      await refuses(
        as(dan).lists((db) =>
          query(collectionGroup(db, "activity"), where("seenAt", "<", secondsAgo(0))),
        ),
      );
    });
  });

  describe("heartbeat", () => {
    for (const caller of present) {
      it(`accepts one from ${nameOf(caller)}, who is present`, async () => {
        await allows(as(caller).writes(set(paths.activity(caller), { seenAt: now() })));
      });
    }

    for (const caller of absent) {
      it(`refuses one from ${nameOf(caller)}, who is not present`, async () => {
        await refuses(as(caller).writes(set(paths.activity(caller), { seenAt: now() })));
      });
    }

    it("refuses one on another person's behalf", async () => {
      for (const caller of [ada, cleo, hal, signedOut]) {
        await refuses(as(caller).writes(set(path, { seenAt: now() })));
      }
    });

    it("refuses another within 20 seconds", async () => {
      for (const ago of [1, 10, 17]) {
        await given({ [path]: { seenAt: secondsAgo(ago) } });
        await refuses(as(dan).writes(merge(path, { seenAt: now() })));
        await refuses(as(dan).writes(set(path, { seenAt: now() })));
      }
    });

    it("accepts another after 20 seconds", async () => {
      await given({ [path]: { seenAt: secondsAgo(21) } });
      await allows(as(dan).writes(merge(path, { seenAt: now() })));
    });

    it("accepts the first one next to a comment stamp", async () => {
      await given({ [path]: { lastCommentAt: secondsAgo(1), lastCommentId: "comment-0" } });
      await allows(as(dan).writes(merge(path, { seenAt: now() })));
      assert.equal((await stored(path))?.lastCommentId, "comment-0");
    });

    it("accepts one where the server stored null", async () => {
      await given({ [path]: { seenAt: null } });
      await allows(as(dan).writes(merge(path, { seenAt: now() })));
    });

    const times: readonly [string, unknown][] = [
      ["chosen by the client", secondsAgo(10)],
      ["in the future", secondsAgo(-60)],
      ["that is a string", "now"],
      ["that is null", null],
      ["that is removed", gone()],
    ];
    for (const [what, seenAt] of times) {
      it(`refuses a time ${what}`, async () => {
        await given({ [path]: { seenAt: secondsAgo(60) } });
        await refuses(as(dan).writes(merge(path, { seenAt })));
      });
    }

    it("refuses additional fields", async () => {
      await refuses(as(dan).writes(set(path, { seenAt: now(), note: "x" })));
      await given({ [path]: { seenAt: secondsAgo(60) } });
      await refuses(as(dan).writes(merge(path, { seenAt: now(), note: "x" })));
    });

    it("refuses an empty document", async () => {
      await refuses(as(dan).writes(set(path, {})));
    });

    it("refuses a write that changes nothing", async () => {
      const seenAt = secondsAgo(60);
      await given({ [path]: { seenAt } });
      await refuses(as(dan).writes(merge(path, { seenAt })));
    });
  });

  describe("comment stamp", () => {
    it("is written together with its comment", async () => {
      await allows(as(dan).writes(...commentBatch(dan)));
      const activity = await stored(path);
      const written = await stored(paths.comment());
      assert.equal(activity?.lastCommentId, "comment-1");
      assert.deepEqual(activity.lastCommentAt, written?.createdAt);
    });

    it("works in either order within the batch", async () => {
      const [commentWrite, stampWrite] = commentBatch(dan);
      await allows(as(dan).writes(stampWrite, commentWrite));
    });

    it("works together with a heartbeat", async () => {
      const [commentWrite] = commentBatch(dan);
      await allows(as(dan).writes(commentWrite, set(path, { ...stamp(), seenAt: now() })));
    });

    it("keeps the heartbeat", async () => {
      const seenAt = secondsAgo(5);
      await given({ [path]: { seenAt } });
      await allows(as(dan).writes(...commentBatch(dan)));
      assert.deepEqual((await stored(path))?.seenAt, seenAt);
    });

    it("cannot remove the heartbeat, which would shorten the 20 seconds", async () => {
      await given({ [path]: { seenAt: secondsAgo(5) } });
      const [commentWrite] = commentBatch(dan);
      await refuses(as(dan).writes(commentWrite, set(path, stamp())));
      await refuses(as(dan).writes(commentWrite, set(path, { ...stamp(), seenAt: now() })));
    });

    it("is refused without its comment", async () => {
      await refuses(as(dan).writes(set(path, stamp())));
    });

    it("is refused for an existing comment", async () => {
      await given({ [paths.comment()]: comment(dan) });
      await refuses(as(dan).writes(set(path, stamp())));
    });

    it("is refused for another person's comment, even one in the same batch", async () => {
      await given({ [paths.comment()]: comment(cleo) });
      await refuses(as(dan).writes(set(path, stamp())));
      const [commentWrite] = commentBatch(cleo);
      await refuses(as(dan).writes(commentWrite, set(path, stamp())));
    });

    it("is refused for a comment that the same batch deletes", async () => {
      await given({ [paths.comment()]: comment(dan) });
      await refuses(as(dan).writes(remove(paths.comment()), set(path, stamp())));
    });

    it("is refused with only one of its two fields", async () => {
      const [commentWrite] = commentBatch(dan);
      await refuses(as(dan).writes(commentWrite, set(path, { lastCommentAt: now() })));
      await refuses(as(dan).writes(commentWrite, set(path, { lastCommentId: "comment-1" })));
      await refuses(as(dan).writes(set(path, { lastCommentAt: now() })));
      await refuses(as(dan).writes(set(path, { lastCommentId: "comment-1" })));
    });

    const stamps: readonly [string, DocumentData][] = [
      ["a time chosen by the client", { lastCommentAt: secondsAgo(60) }],
      ["a future time", { lastCommentAt: secondsAgo(-60) }],
      ["another id", { lastCommentId: "comment-2" }],
      ["a path out of the collection", { lastCommentId: `../../${showId}/comments/comment-1` }],
      ["a path below a comment", { lastCommentId: "comment-1/replies/reply-1" }],
      ["an empty id", { lastCommentId: "" }],
      ["a numeric id", { lastCommentId: 1 }],
      ["an additional field", { note: "x" }],
    ];
    for (const [what, change] of stamps) {
      it(`is refused with ${what}`, async () => {
        const [commentWrite] = commentBatch(dan);
        await refuses(as(dan).writes(commentWrite, set(path, { ...stamp(), ...change })));
      });
    }

    it("is refused for a document below a comment", async () => {
      const beneath = `${paths.comment()}/replies/reply-1`;
      await given({ [beneath]: comment(dan, { createdAt: secondsAgo(0) }) });
      await refuses(
        as(dan).writes(set(path, { ...stamp(), lastCommentId: "comment-1/replies/reply-1" })),
      );
    });

    it("is refused for people who are not present, even with their own comment", async () => {
      for (const caller of absent) {
        await refuses(as(caller).writes(...commentBatch(caller)));
      }
    });
  });

  describe("slow mode", () => {
    beforeEach(() =>
      given({ [paths.show()]: liveShow({ settings: settings({ slowModeSeconds: 30 }) }) }),
    );
    it("allows the first comment immediately", async () => {
      await allows(as(dan).writes(...commentBatch(dan)));
    });

    it("allows the first comment when there is only a heartbeat", async () => {
      await given({ [path]: { seenAt: secondsAgo(5) } });
      await allows(as(dan).writes(...commentBatch(dan)));
    });

    it("refuses a comment that comes too early", async () => {
      for (const ago of [1, 15, 27]) {
        await given({ [path]: commentedAgo(ago) });
        await refuses(as(dan).writes(...commentBatch(dan)));
      }
    });

    it("allows a comment after the wait", async () => {
      await given({ [path]: commentedAgo(31) });
      await allows(as(dan).writes(...commentBatch(dan)));
    });

    for (const host of hosts) {
      it(`does not apply to ${nameOf(host)}, a host`, async () => {
        await given({ [paths.activity(host)]: commentedAgo(1.1) });
        await allows(as(host).writes(...commentBatch(host)));
      });
    }

    it("applies to speakers, and to former hosts", async () => {
      await given({
        [paths.participant(ben)]: participant(ben, { role: "listener" }),
        [paths.activity(ben)]: commentedAgo(5),
        [paths.activity(cleo)]: commentedAgo(5),
      });
      for (const caller of [ben, cleo]) {
        await refuses(as(caller).writes(...commentBatch(caller)));
      }
    });

    it("works up to 300 seconds", async () => {
      await given({
        [paths.show()]: liveShow({ settings: settings({ slowModeSeconds: 300 }) }),
        [path]: commentedAgo(290),
      });
      await refuses(as(dan).writes(...commentBatch(dan)));
      await given({ [path]: commentedAgo(301) });
      await allows(as(dan).writes(...commentBatch(dan)));
    });

    it("cannot be bypassed by deleting the stamp or a part of it", async () => {
      await given({ [path]: { ...commentedAgo(5), seenAt: secondsAgo(60) } });
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

    it("cannot be bypassed by backdating the stamp", async () => {
      await given({ [path]: commentedAgo(5), [paths.comment("comment-0")]: comment(dan) });
      await refuses(as(dan).writes(update(path, { lastCommentAt: secondsAgo(60) })));
      await refuses(as(dan).writes(update(path, { lastCommentAt: null })));
    });

    it("cannot be bypassed by deleting the comment and sending it again", async () => {
      await given({ [path]: commentedAgo(5), [paths.comment("comment-0")]: comment(dan) });
      await allows(as(dan).writes(remove(paths.comment("comment-0"))));
      await refuses(as(dan).writes(...commentBatch(dan, {}, "comment-0")));
    });

    it("cannot be bypassed with another show's stamp", async () => {
      await given({
        [path]: commentedAgo(5),
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

  describe("minimum of one second between comments", () => {
    for (const caller of present) {
      it(`applies to ${nameOf(caller)} with slow mode off, on two devices at once`, async () => {
        await sendFromTwoDevices(caller);
        await assertSecondsApart(["phone", "laptop"]);
        await given({ [paths.activity(caller)]: commentedAgo(1.1) });
        await allows(as(caller).writes(...commentBatch(caller)));
      });
    }

    it("applies to each show separately", async () => {
      await given({
        [path]: commentedAgo(0),
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

    it("applies to each of 60 accounts in a flood, and blocks none of them completely", async () => {
      const crowd = Array.from({ length: 60 }, (_, index) => ({
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

  describe("adaptive slow mode", () => {
    const adapted = (seconds: unknown, own: DocumentData = {}) =>
      liveShow({
        settings: settings({ adaptiveSlowMode: true, ...own }),
        adaptedSlowModeSeconds: seconds,
      });

    it("requires the wait that the server set", async () => {
      for (const seconds of [5, 10, 30]) {
        await given({ [paths.show()]: adapted(seconds), [path]: commentedAgo(seconds - 3) });
        await refuses(as(dan).writes(...commentBatch(dan)));
        await given({ [path]: commentedAgo(seconds + 1) });
        await allows(as(dan).writes(...commentBatch(dan, {}, `after-${seconds}`)));
      }
    });

    for (const host of hosts) {
      it(`does not apply to ${nameOf(host)}, a host`, async () => {
        await given({ [paths.show()]: adapted(30), [paths.activity(host)]: commentedAgo(1.1) });
        await allows(as(host).writes(...commentBatch(host)));
      });
    }

    it("never requires less than the hosts' setting", async () => {
      await given({
        [paths.show()]: adapted(5, { slowModeSeconds: 30 }),
        [path]: commentedAgo(15),
      });
      await refuses(as(dan).writes(...commentBatch(dan)));
      await given({ [path]: commentedAgo(31) });
      await allows(as(dan).writes(...commentBatch(dan)));
    });

    it("never requires less than one second", async () => {
      await given({ [paths.show()]: adapted(0) });
      await sendFromTwoDevices(dan);
      await assertSecondsApart(["phone", "laptop"]);
      await given({ [path]: commentedAgo(1.1) });
      await allows(as(dan).writes(...commentBatch(dan)));
    });

    it("has no effect before the server has set a value", async () => {
      await given({
        [paths.show()]: liveShow({ settings: settings({ adaptiveSlowMode: true }) }),
        [path]: commentedAgo(2),
      });
      await allows(as(dan).writes(...commentBatch(dan)));
    });

    it("applies only while the hosts allow it", async () => {
      for (const own of [settings({ adaptiveSlowMode: false }), settings()]) {
        await given({
          [paths.show()]: liveShow({ settings: own, adaptedSlowModeSeconds: 30 }),
          [path]: commentedAgo(2),
        });
        await allows(
          as(dan).writes(...commentBatch(dan, {}, `comment-${String(own.adaptiveSlowMode)}`)),
        );
      }
      await given({ [paths.show()]: adapted(30), [path]: commentedAgo(2) });
      await refuses(as(dan).writes(...commentBatch(dan)));
    });

    it("cannot be switched off by a listener in the same batch", async () => {
      await given({ [paths.show()]: adapted(30), [path]: commentedAgo(2) });
      const off = update(paths.show(), { settings: settings(), updatedAt: now() });
      await refuses(as(dan).writes(off, ...commentBatch(dan)));
    });
  });

  it("allows only heartbeats from participants after the end", async () => {
    await given({ [paths.show()]: endedShow() });
    await refuses(as(dan).writes(...commentBatch(dan)));
    await allows(as(dan).writes(set(path, { seenAt: now() })));
    await refuses(as(eve).writes(set(paths.activity(eve), { seenAt: now() })));
  });

  it("cannot be deleted, not even by its owner", async () => {
    await given({ [path]: { seenAt: secondsAgo(60) } });
    for (const caller of [dan, ada, signedOut]) await refuses(as(caller).writes(remove(path)));
  });
});
