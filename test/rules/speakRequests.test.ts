import assert from "node:assert/strict";
import { collection, collectionGroup, type DocumentData, query, where } from "firebase/firestore";
import {
  draftShow,
  endedShow,
  givenShow,
  gone,
  liveShow,
  newSpeakRequest,
  now,
  participant,
  paths,
  scheduledShow,
  secondsAgo,
  settings,
  showId,
  speakRequest,
  without,
} from "../support/rules/builders.js";
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
  notHosts,
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

const path = paths.speakRequest(dan);
const ask = set(path, newSpeakRequest(dan));
const cancel = update(path, { status: "cancelled" });
const askAgain = merge(path, newSpeakRequest(dan, { decidedAt: null, decidedBy: null }));

const decided = (status: string, ago: number): DocumentData =>
  speakRequest(dan, { status, decidedAt: secondsAgo(ago), decidedBy: ada.uid });

describe("shows/speakRequests", () => {
  beforeEach(async () => {
    await emptyWorld();
    await givenShow();
  });

  describe("asking", () => {
    it("a listener asks", async () => {
      await allows(as(dan).writes(ask));
      assert.equal((await stored(path))?.status, "pending");
    });

    for (const caller of [ada, ben, cleo, ...absent] as const) {
      it(`${nameOf(caller)}, no present listener, does not`, async () => {
        const own = paths.speakRequest(caller);
        await refuses(as(caller).writes(set(own, newSpeakRequest(caller))));
      });
    }

    it("nobody asks for another", async () => {
      for (const caller of [ada, cleo, hal, signedOut]) {
        await refuses(as(caller).writes(ask));
        await refuses(as(caller).writes(set(path, newSpeakRequest(dan, { uid: hal.uid }))));
      }
    });

    it("nor does another listener, who might ask for himself", async () => {
      await given({ [paths.participant(hal)]: participant(hal) });
      await allows(as(hal).writes(set(paths.speakRequest(hal), newSpeakRequest(hal))));
      await refuses(as(hal).writes(ask));
      await given({ [path]: speakRequest(dan, { status: "cancelled" }) });
      await refuses(as(hal).writes(ask));
    });

    const messages: readonly [string, DocumentData][] = [
      ["an empty message", { message: "" }],
      ["a message of 140", { message: "x".repeat(140) }],
      ["no decision, said in so many words", { decidedAt: null, decidedBy: null }],
    ];
    for (const [what, change] of messages) {
      it(`with ${what}`, async () => {
        await allows(as(dan).writes(set(path, newSpeakRequest(dan, change))));
      });
    }

    const refused: readonly [string, DocumentData][] = [
      ["a message of 141", { message: "x".repeat(141) }],
      ["a message that is a number", { message: 7 }],
      ["a message that is null", { message: null }],
      ["a message that is a list", { message: ["x"] }],
      ["another uid", { uid: cleo.uid }],
      ["a uid that is null", { uid: null }],
      ["accepted from the start", { status: "accepted" }],
      ["cancelled from the start", { status: "cancelled" }],
      ["rejected from the start", { status: "rejected" }],
      ["a status of its own", { status: "urgent" }],
      ["a decision", { decidedAt: now(), decidedBy: ada.uid }],
      ["an old decision", { decidedAt: secondsAgo(600) }],
      ["somebody who decided", { decidedBy: ada.uid }],
      ["an earlier time", { createdAt: secondsAgo(600) }],
      ["a later time", { createdAt: secondsAgo(-600) }],
      ["a further key", { priority: 1 }],
    ];
    for (const [what, change] of refused) {
      it(`not with ${what}`, async () => {
        await refuses(as(dan).writes(set(path, newSpeakRequest(dan, change))));
      });
    }

    for (const key of Object.keys(newSpeakRequest(dan))) {
      it(`not without ${key}`, async () => {
        await refuses(as(dan).writes(set(path, without(newSpeakRequest(dan), key))));
      });
    }

    for (const [what, show] of [
      ["requests are closed", liveShow({ settings: settings({ speakRequestsOpen: false }) })],
      ["the setting is a string", liveShow({ settings: settings({ speakRequestsOpen: "yes" }) })],
      ["the setting is missing", liveShow({ settings: without(settings(), "speakRequestsOpen") })],
      ["the show has no settings", without(liveShow(), "settings")],
    ] as const) {
      it(`not while ${what}`, async () => {
        await given({ [paths.show()]: show });
        await refuses(as(dan).writes(ask));
      });
    }

    it("not by opening requests in the same batch", async () => {
      const closed = liveShow({ settings: settings({ speakRequestsOpen: false }) });
      await given({ [paths.show()]: closed });
      const open = update(paths.show(), { settings: settings(), updatedAt: now() });
      await refuses(as(dan).writes(open, ask));
    });

    it("a pending request is still cancelled while requests are closed", async () => {
      const closed = liveShow({ settings: settings({ speakRequestsOpen: false }) });
      await given({ [paths.show()]: closed, [path]: speakRequest(dan) });
      await allows(as(dan).writes(cancel));
      await refuses(as(dan).writes(askAgain));
    });

    for (const invitedTo of ["speaker", "cohost"]) {
      it(`not while invited to be ${invitedTo}: one accepts, or declines first`, async () => {
        await given({ [paths.participant(dan)]: participant(dan, { invitedTo }) });
        await refuses(as(dan).writes(ask));
        for (const past of [
          speakRequest(dan, { status: "cancelled" }),
          decided("rejected", 61),
        ] as const) {
          await given({ [path]: past });
          await refuses(as(dan).writes(ask));
          await refuses(as(dan).writes(askAgain));
        }
        await given({ [paths.participant(dan)]: participant(dan) });
        await allows(as(dan).writes(askAgain));
      });
    }

    it("as one of whom it is not said whether he is invited", async () => {
      await given({ [paths.participant(dan)]: without(participant(dan), "invitedTo") });
      await allows(as(dan).writes(ask));
    });

    it("takes a request back while invited", async () => {
      await given({
        [paths.participant(dan)]: participant(dan, { invitedTo: "speaker" }),
        [path]: speakRequest(dan),
      });
      await allows(as(dan).writes(cancel));
    });

    it("not in a show that is not live", async () => {
      for (const show of [
        draftShow(),
        scheduledShow(),
        endedShow(),
        liveShow({ status: "cancelled" }),
      ]) {
        await given({ [paths.show()]: show });
        await refuses(as(dan).writes(ask));
      }
    });
  });

  describe("cancelling", () => {
    it("one takes back what is pending, all else staying", async () => {
      const pending = speakRequest(dan);
      await given({ [path]: pending });
      await allows(as(dan).writes(cancel));
      assert.deepEqual(await stored(path), { ...pending, status: "cancelled" });
    });

    it("also after the end, or when gone", async () => {
      await given({ [path]: speakRequest(dan), [paths.show()]: endedShow() });
      await allows(as(dan).writes(cancel));
      await given({ [paths.speakRequest(eve)]: speakRequest(eve) });
      await allows(as(eve).writes(update(paths.speakRequest(eve), { status: "cancelled" })));
    });

    it("nobody takes back another's", async () => {
      await given({ [path]: speakRequest(dan) });
      for (const caller of [ada, ben, cleo, hal, signedOut] as const) {
        await refuses(as(caller).writes(cancel));
      }
    });

    it("what is accepted or rejected is not cancelled here", async () => {
      for (const status of ["accepted", "rejected"]) {
        await given({ [path]: decided(status, 5) });
        await refuses(as(dan).writes(cancel));
      }
    });

    const besides: readonly [string, DocumentData][] = [
      ["the message", { message: "Other" }],
      ["the time", { createdAt: now() }],
      ["a decision", { decidedAt: now() }],
      ["a decision away", { decidedAt: gone(), decidedBy: gone() }],
      ["the uid", { uid: cleo.uid }],
      ["a further key", { note: "x" }],
    ];
    for (const [what, change] of besides) {
      it(`changes not ${what} with it`, async () => {
        await given({ [path]: speakRequest(dan) });
        await refuses(as(dan).writes(update(path, { status: "cancelled", ...change })));
      });
    }
  });

  describe("deciding", () => {
    it("nobody decides here: not the asker, not a host", async () => {
      await given({ [path]: speakRequest(dan) });
      for (const status of ["accepted", "rejected"]) {
        for (const caller of [dan, ada, ben, cleo]) {
          await refuses(as(caller).writes(update(path, { status })));
          const decision = { status, decidedAt: now(), decidedBy: caller.uid };
          await refuses(as(caller).writes(update(path, decision)));
        }
      }
    });

    it("nobody turns a rejection, or a cancelled request, into an acceptance", async () => {
      for (const status of ["rejected", "cancelled"]) {
        await given({ [path]: decided(status, 600) });
        await refuses(as(dan).writes(update(path, { status: "accepted" })));
        await refuses(as(dan).writes(set(path, newSpeakRequest(dan, { status: "accepted" }))));
      }
    });
  });

  describe("asking again", () => {
    it("10 seconds after the last request, with a new message", async () => {
      await given({
        [path]: speakRequest(dan, { status: "cancelled", createdAt: secondsAgo(11) }),
      });
      await allows(as(dan).writes(set(path, newSpeakRequest(dan, { message: "Now really" }))));
      const request = await stored(path);
      assert.partialDeepStrictEqual(request, { status: "pending", message: "Now really" });
    });

    it("not within 10 seconds of the last request", async () => {
      for (const ago of [0, 5, 7]) {
        const createdAt = secondsAgo(ago);
        for (const cancelled of [
          speakRequest(dan, { status: "cancelled", createdAt }),
          newSpeakRequest(dan, { status: "cancelled", createdAt }),
          // Decided long ago: the newer time counts.
          speakRequest(dan, { status: "cancelled", createdAt, decidedAt: secondsAgo(61) }),
          speakRequest(dan, { status: "rejected", createdAt, decidedAt: secondsAgo(61) }),
        ]) {
          await given({ [path]: cancelled });
          await refuses(as(dan).writes(ask));
          await refuses(as(dan).writes(askAgain));
        }
      }
    });

    it("after cancelling a request that never had a decision's keys", async () => {
      await given({
        [path]: newSpeakRequest(dan, { status: "cancelled", createdAt: secondsAgo(11) }),
      });
      await allows(as(dan).writes(askAgain));
    });

    it("not by asking and cancelling in turn", async () => {
      await allows(as(dan).writes(ask));
      await allows(as(dan).writes(cancel));
      await refuses(as(dan).writes(ask));
      await refuses(as(dan).writes(askAgain));
    });

    it("not by cancelling and asking in one batch", async () => {
      await given({ [path]: speakRequest(dan, { createdAt: secondsAgo(5) }) });
      await refuses(as(dan).writes(cancel, ask));
      await refuses(as(dan).writes(cancel, askAgain));
      await refuses(as(dan).writes(remove(path), ask));
    });

    it("the 10 seconds are not shortened by changing the time", async () => {
      for (const status of ["pending", "cancelled"]) {
        await given({ [path]: speakRequest(dan, { status, createdAt: secondsAgo(5) }) });
        for (const createdAt of [secondsAgo(60), gone(), null]) {
          await refuses(as(dan).writes(update(path, { createdAt })));
          await refuses(as(dan).writes(update(path, { status: "cancelled", createdAt })));
        }
      }
    });

    it("not within 60 seconds of a rejection", async () => {
      for (const ago of [1, 30, 57]) {
        await given({ [path]: decided("rejected", ago) });
        await refuses(as(dan).writes(ask));
        await refuses(as(dan).writes(askAgain));
      }
    });

    it("60 seconds after a rejection, which clears the decision", async () => {
      await given({ [path]: decided("rejected", 61) });
      await allows(as(dan).writes(askAgain));
      assert.partialDeepStrictEqual(await stored(path), { decidedAt: null, decidedBy: null });
    });

    it("not with the old decision left in place", async () => {
      await given({ [path]: decided("rejected", 61) });
      await refuses(as(dan).writes(merge(path, newSpeakRequest(dan))));
      await refuses(as(dan).writes(merge(path, newSpeakRequest(dan, { decidedAt: null }))));
      await refuses(as(dan).writes(merge(path, newSpeakRequest(dan, { decidedBy: null }))));
    });

    it("cancelled in between, the 60 seconds of a decision still count", async () => {
      await given({ [path]: decided("cancelled", 30) });
      await refuses(as(dan).writes(ask));
      await given({ [path]: decided("cancelled", 61) });
      await allows(as(dan).writes(ask));
    });

    it("the 60 seconds are not dodged through other states", async () => {
      await given({ [path]: decided("rejected", 5) });
      await refuses(as(dan).writes(cancel));
      await refuses(as(dan).writes(remove(path)));
      await refuses(as(dan).writes(update(path, { decidedAt: null })));
      await refuses(as(dan).writes(update(path, { decidedAt: secondsAgo(600) })));
      await refuses(as(dan).writes(update(path, { status: "pending" })));
      await refuses(as(dan).writes(update(path, { status: "cancelled", decidedAt: gone() })));
    });

    it("a request that is asked again and cancelled waits only for its own time", async () => {
      await given({ [path]: decided("rejected", 61) });
      await allows(as(dan).writes(askAgain));
      await allows(as(dan).writes(cancel));
      const cancelled = await stored(path);
      await given({ [path]: { ...cancelled, createdAt: secondsAgo(11) } });
      await allows(as(dan).writes(askAgain));
      await given({ [path]: decided("rejected", 1) });
      await refuses(as(dan).writes(askAgain));
    });

    it("not while it is pending or accepted", async () => {
      for (const status of ["pending", "accepted"]) {
        await given({ [path]: speakRequest(dan, { status }) });
        await refuses(as(dan).writes(ask));
        await refuses(as(dan).writes(askAgain));
      }
    });

    const askedAt = secondsAgo(600);
    const old = speakRequest(dan, { status: "cancelled", createdAt: askedAt });
    const refused: readonly [string, DocumentData][] = [
      ["a message of 141", { message: "x".repeat(141) }],
      ["the old time", { createdAt: askedAt }],
      ["another uid", { uid: cleo.uid }],
      ["a further key", { priority: 1 }],
    ];
    for (const [what, change] of refused) {
      it(`not with ${what}`, async () => {
        await given({ [path]: old });
        await refuses(as(dan).writes(set(path, newSpeakRequest(dan, change))));
      });
    }

    it("not by another, nor for another", async () => {
      await given({ [path]: old });
      for (const caller of [ada, cleo, hal, signedOut] as const) {
        await refuses(as(caller).writes(ask));
      }
    });

    for (const [why, document, data] of [
      ["they left", paths.participant(dan), participant(dan, { state: "left" })],
      ["they are lost", paths.participant(dan), participant(dan, { state: "lost" })],
      ["they were removed", paths.participant(dan), participant(dan, { state: "removed" })],
      ["they already speak", paths.participant(dan), participant(dan, { role: "speaker" })],
      [
        "requests are closed",
        paths.show(),
        liveShow({ settings: settings({ speakRequestsOpen: false }) }),
      ],
      ["the show has no settings", paths.show(), without(liveShow(), "settings")],
      ["the show is over", paths.show(), endedShow()],
    ] as const) {
      it(`not when ${why}, whatever became of the last request`, async () => {
        for (const past of [old, decided("cancelled", 61), decided("rejected", 61)]) {
          await given({ [path]: past });
          await allows(as(dan).writes(askAgain));
          await given({ [path]: past, [document]: data });
          await refuses(as(dan).writes(ask));
          await refuses(as(dan).writes(askAgain));
          await givenShow();
        }
      });
    }
  });

  describe("reading", () => {
    beforeEach(() =>
      given({
        [path]: speakRequest(dan),
        [paths.speakRequest(eve)]: speakRequest(eve, { status: "cancelled" }),
        [paths.speakRequest(dan, "show-2")]: speakRequest(dan, { status: "accepted" }),
      }),
    );
    const collectionPath = `shows/${showId}/speakRequests`;

    it("one's own, or that there is none", async () => {
      assert.ok(await allows(as(dan).gets(path)));
      assert.ok(await allows(as(eve).gets(paths.speakRequest(eve))));
      assert.equal(await allows(as(cleo).gets(paths.speakRequest(cleo))), undefined);
    });

    for (const caller of hosts) {
      it(`${nameOf(caller)}, a host, reads all of the show`, async () => {
        assert.ok(await allows(as(caller).gets(path)));
        const all = await allows(as(caller).lists((db) => collection(db, collectionPath)));
        assert.equal(all.length, 2);
        const pending = await allows(
          as(caller).lists((db) =>
            query(collection(db, collectionPath), where("status", "==", "pending")),
          ),
        );
        assert.deepEqual(pending, [path]);
      });
    }

    for (const caller of notHosts) {
      it(`${nameOf(caller)}, no host, does not read another's`, async () => {
        if (caller !== dan) await refuses(as(caller).gets(path));
        await refuses(as(caller).lists((db) => collection(db, collectionPath)));
      });
    }

    it("one's own across shows", async () => {
      const own = await allows(
        as(dan).lists((db) =>
          query(collectionGroup(db, "speakRequests"), where("uid", "==", dan.uid)),
        ),
      );
      assert.deepEqual(own, [path, paths.speakRequest(dan, "show-2")]);
    });

    it("nobody's else across shows", async () => {
      for (const caller of [cleo, ada, signedOut] as const) {
        await refuses(as(caller).lists((db) => collectionGroup(db, "speakRequests")));
        await refuses(
          as(caller).lists((db) =>
            query(collectionGroup(db, "speakRequests"), where("uid", "==", dan.uid)),
          ),
        );
      }
    });
  });

  it("nobody deletes one, his own included", async () => {
    await given({ [path]: speakRequest(dan) });
    for (const caller of [dan, ada, signedOut] as const) {
      await refuses(as(caller).writes(remove(path)));
    }
  });
});
