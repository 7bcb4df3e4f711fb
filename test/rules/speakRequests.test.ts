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
  type Persona,
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
    it("lets a listener ask", async () => {
      await allows(as(dan).writes(ask));
      assert.equal((await stored(path))?.status, "pending");
    });

    for (const caller of [ada, ben, cleo, ...absent] as const) {
      it(`refuses ${nameOf(caller)}, who is not a present listener`, async () => {
        const own = paths.speakRequest(caller);
        await refuses(as(caller).writes(set(own, newSpeakRequest(caller))));
      });
    }

    it("refuses requests on another person's behalf", async () => {
      for (const caller of [ada, cleo, hal, signedOut]) {
        await refuses(as(caller).writes(ask));
        await refuses(as(caller).writes(set(path, newSpeakRequest(dan, { uid: hal.uid }))));
      }
    });

    it("refuses requests on another person's behalf even from a listener", async () => {
      await given({ [paths.participant(hal)]: participant(hal) });
      await allows(as(hal).writes(set(paths.speakRequest(hal), newSpeakRequest(hal))));
      await refuses(as(hal).writes(ask));
      await given({ [path]: speakRequest(dan, { status: "cancelled" }) });
      await refuses(as(hal).writes(ask));
    });

    const messages: readonly [string, DocumentData][] = [
      ["an empty message", { message: "" }],
      ["a message of 140 characters", { message: "x".repeat(140) }],
      ["an explicit null decision", { decidedAt: null, decidedBy: null }],
    ];
    for (const [what, change] of messages) {
      it(`accepts ${what}`, async () => {
        await allows(as(dan).writes(set(path, newSpeakRequest(dan, change))));
      });
    }

    const refused: readonly [string, DocumentData][] = [
      ["a message of 141 characters", { message: "x".repeat(141) }],
      ["a numeric message", { message: 7 }],
      ["a null message", { message: null }],
      ["a message that is a list", { message: ["x"] }],
      ["another uid", { uid: cleo.uid }],
      ["a null uid", { uid: null }],
      ["status accepted from the start", { status: "accepted" }],
      ["status cancelled from the start", { status: "cancelled" }],
      ["status rejected from the start", { status: "rejected" }],
      ["an unknown status", { status: "urgent" }],
      ["a decision", { decidedAt: now(), decidedBy: ada.uid }],
      ["an old decision time", { decidedAt: secondsAgo(600) }],
      ["a deciding host", { decidedBy: ada.uid }],
      ["an earlier time", { createdAt: secondsAgo(600) }],
      ["a later time", { createdAt: secondsAgo(-600) }],
      ["an additional field", { priority: 1 }],
    ];
    for (const [what, change] of refused) {
      it(`refuses ${what}`, async () => {
        await refuses(as(dan).writes(set(path, newSpeakRequest(dan, change))));
      });
    }

    for (const key of Object.keys(newSpeakRequest(dan))) {
      it(`refuses a request without ${key}`, async () => {
        await refuses(as(dan).writes(set(path, without(newSpeakRequest(dan), key))));
      });
    }

    for (const [what, show] of [
      ["requests are closed", liveShow({ settings: settings({ speakRequestsOpen: false }) })],
      ["the setting is a string", liveShow({ settings: settings({ speakRequestsOpen: "yes" }) })],
      ["the setting is missing", liveShow({ settings: without(settings(), "speakRequestsOpen") })],
      ["the show has no settings", without(liveShow(), "settings")],
    ] as const) {
      it(`refuses requests while ${what}`, async () => {
        await given({ [paths.show()]: show });
        await refuses(as(dan).writes(ask));
      });
    }

    it("refuses to open requests in the same batch", async () => {
      const closed = liveShow({ settings: settings({ speakRequestsOpen: false }) });
      await given({ [paths.show()]: closed });
      const open = update(paths.show(), { settings: settings(), updatedAt: now() });
      await refuses(as(dan).writes(open, ask));
    });

    it("lets nobody ask after a host has closed requests, however many ask at that moment", async () => {
      const crowd = Array.from({ length: 42 }, (_, index): Persona => {
        const uid = `spotify_crowd${index}`;
        return { uid, displayName: uid, photoUrl: null };
      });
      await given(
        Object.fromEntries(crowd.map((each) => [paths.participant(each), participant(each)])),
      );
      const asks = (person: Persona) =>
        as(person).writes(set(paths.speakRequest(person), newSpeakRequest(person)));
      const [early, late] = [crowd.slice(0, 40), crowd.slice(40)];
      const answers = Promise.allSettled(early.map((person) => asks(person).send()));
      const closed = { "settings.speakRequestsOpen": false, "updatedAt": now() };
      await allows(as(ben).writes(update(paths.show(), closed)));
      for (const person of late) await refuses(asks(person));

      const outcomes = await answers;
      for (const [index, person] of early.entries()) {
        const request = await stored(paths.speakRequest(person));
        assert.equal(request !== undefined, outcomes[index]?.status === "fulfilled");
      }
    }).timeout(30_000);

    it("still allows cancelling while requests are closed", async () => {
      const closed = liveShow({ settings: settings({ speakRequestsOpen: false }) });
      await given({ [paths.show()]: closed, [path]: speakRequest(dan) });
      await allows(as(dan).writes(cancel));
      await refuses(as(dan).writes(askAgain));
    });

    for (const invitedTo of ["speaker", "cohost"]) {
      it(`refuses requests while the listener is invited as ${invitedTo}`, async () => {
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

    it("accepts a participant document without an invitation field", async () => {
      await given({ [paths.participant(dan)]: without(participant(dan), "invitedTo") });
      await allows(as(dan).writes(ask));
    });

    it("lets an invited listener cancel their request", async () => {
      await given({
        [paths.participant(dan)]: participant(dan, { invitedTo: "speaker" }),
        [path]: speakRequest(dan),
      });
      await allows(as(dan).writes(cancel));
    });

    it("refuses requests in a show that is not live", async () => {
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
    it("cancels a pending request and keeps everything else", async () => {
      const pending = speakRequest(dan);
      await given({ [path]: pending });
      await allows(as(dan).writes(cancel));
      assert.deepEqual(await stored(path), { ...pending, status: "cancelled" });
    });

    it("works after the end, and for people who have left", async () => {
      await given({ [path]: speakRequest(dan), [paths.show()]: endedShow() });
      await allows(as(dan).writes(cancel));
      await given({ [paths.speakRequest(eve)]: speakRequest(eve) });
      await allows(as(eve).writes(update(paths.speakRequest(eve), { status: "cancelled" })));
    });

    it("refuses to cancel another person's request", async () => {
      await given({ [path]: speakRequest(dan) });
      for (const caller of [ada, ben, cleo, hal, signedOut] as const) {
        await refuses(as(caller).writes(cancel));
      }
    });

    it("refuses to cancel an accepted or rejected request", async () => {
      for (const status of ["accepted", "rejected"]) {
        await given({ [path]: decided(status, 5) });
        await refuses(as(dan).writes(cancel));
      }
    });

    const besides: readonly [string, DocumentData][] = [
      ["the message", { message: "Other" }],
      ["the time", { createdAt: now() }],
      ["a decision", { decidedAt: now() }],
      ["a removed decision", { decidedAt: gone(), decidedBy: gone() }],
      ["the uid", { uid: cleo.uid }],
      ["an additional field", { note: "x" }],
    ];
    for (const [what, change] of besides) {
      it(`refuses to change ${what} at the same time`, async () => {
        await given({ [path]: speakRequest(dan) });
        await refuses(as(dan).writes(update(path, { status: "cancelled", ...change })));
      });
    }
  });

  describe("deciding", () => {
    it("is refused for everyone, the asker and the hosts included", async () => {
      await given({ [path]: speakRequest(dan) });
      for (const status of ["accepted", "rejected"]) {
        for (const caller of [dan, ada, ben, cleo]) {
          await refuses(as(caller).writes(update(path, { status })));
          const decision = { status, decidedAt: now(), decidedBy: caller.uid };
          await refuses(as(caller).writes(update(path, decision)));
        }
      }
    });

    it("refuses to turn a rejected or cancelled request into an accepted one", async () => {
      for (const status of ["rejected", "cancelled"]) {
        await given({ [path]: decided(status, 600) });
        await refuses(as(dan).writes(update(path, { status: "accepted" })));
        await refuses(as(dan).writes(set(path, newSpeakRequest(dan, { status: "accepted" }))));
      }
    });
  });

  describe("asking again", () => {
    it("is allowed 10 seconds after the last request, with a new message", async () => {
      await given({
        [path]: speakRequest(dan, { status: "cancelled", createdAt: secondsAgo(11) }),
      });
      await allows(as(dan).writes(set(path, newSpeakRequest(dan, { message: "Now really" }))));
      const request = await stored(path);
      assert.partialDeepStrictEqual(request, { status: "pending", message: "Now really" });
    });

    it("is refused within 10 seconds of the last request", async () => {
      for (const ago of [0, 5, 7]) {
        const createdAt = secondsAgo(ago);
        for (const cancelled of [
          speakRequest(dan, { status: "cancelled", createdAt }),
          newSpeakRequest(dan, { status: "cancelled", createdAt }),
          // With an old decision, the newer time counts.
          speakRequest(dan, { status: "cancelled", createdAt, decidedAt: secondsAgo(61) }),
          speakRequest(dan, { status: "rejected", createdAt, decidedAt: secondsAgo(61) }),
        ]) {
          await given({ [path]: cancelled });
          await refuses(as(dan).writes(ask));
          await refuses(as(dan).writes(askAgain));
        }
      }
    });

    it("is allowed after cancelling a request that has no decision fields", async () => {
      await given({
        [path]: newSpeakRequest(dan, { status: "cancelled", createdAt: secondsAgo(11) }),
      });
      await allows(as(dan).writes(askAgain));
    });

    it("is refused right after asking and cancelling", async () => {
      await allows(as(dan).writes(ask));
      await allows(as(dan).writes(cancel));
      await refuses(as(dan).writes(ask));
      await refuses(as(dan).writes(askAgain));
    });

    it("is refused in one batch with the cancellation", async () => {
      await given({ [path]: speakRequest(dan, { createdAt: secondsAgo(5) }) });
      await refuses(as(dan).writes(cancel, ask));
      await refuses(as(dan).writes(cancel, askAgain));
      await refuses(as(dan).writes(remove(path), ask));
    });

    it("refuses to shorten the 10 seconds by changing the time", async () => {
      for (const status of ["pending", "cancelled"]) {
        await given({ [path]: speakRequest(dan, { status, createdAt: secondsAgo(5) }) });
        for (const createdAt of [secondsAgo(60), gone(), null]) {
          await refuses(as(dan).writes(update(path, { createdAt })));
          await refuses(as(dan).writes(update(path, { status: "cancelled", createdAt })));
        }
      }
    });

    it("is refused within 60 seconds of a rejection", async () => {
      for (const ago of [1, 30, 57]) {
        await given({ [path]: decided("rejected", ago) });
        await refuses(as(dan).writes(ask));
        await refuses(as(dan).writes(askAgain));
      }
    });

    it("is allowed 60 seconds after a rejection, and clears the decision", async () => {
      await given({ [path]: decided("rejected", 61) });
      await allows(as(dan).writes(askAgain));
      assert.partialDeepStrictEqual(await stored(path), { decidedAt: null, decidedBy: null });
    });

    it("is refused while it keeps the old decision", async () => {
      await given({ [path]: decided("rejected", 61) });
      await refuses(as(dan).writes(merge(path, newSpeakRequest(dan))));
      await refuses(as(dan).writes(merge(path, newSpeakRequest(dan, { decidedAt: null }))));
      await refuses(as(dan).writes(merge(path, newSpeakRequest(dan, { decidedBy: null }))));
    });

    it("still requires the 60 seconds when the rejected request was cancelled in between", async () => {
      await given({ [path]: decided("cancelled", 30) });
      await refuses(as(dan).writes(ask));
      await given({ [path]: decided("cancelled", 61) });
      await allows(as(dan).writes(ask));
    });

    it("refuses to bypass the 60 seconds through other states", async () => {
      await given({ [path]: decided("rejected", 5) });
      await refuses(as(dan).writes(cancel));
      await refuses(as(dan).writes(remove(path)));
      await refuses(as(dan).writes(update(path, { decidedAt: null })));
      await refuses(as(dan).writes(update(path, { decidedAt: secondsAgo(600) })));
      await refuses(as(dan).writes(update(path, { status: "pending" })));
      await refuses(as(dan).writes(update(path, { status: "cancelled", decidedAt: gone() })));
    });

    it("requires only the 10 seconds after a repeated request was cancelled", async () => {
      await given({ [path]: decided("rejected", 61) });
      await allows(as(dan).writes(askAgain));
      await allows(as(dan).writes(cancel));
      const cancelled = await stored(path);
      await given({ [path]: { ...cancelled, createdAt: secondsAgo(11) } });
      await allows(as(dan).writes(askAgain));
      await given({ [path]: decided("rejected", 1) });
      await refuses(as(dan).writes(askAgain));
    });

    it("is refused while the request is pending or accepted", async () => {
      for (const status of ["pending", "accepted"]) {
        await given({ [path]: speakRequest(dan, { status }) });
        await refuses(as(dan).writes(ask));
        await refuses(as(dan).writes(askAgain));
      }
    });

    const askedAt = secondsAgo(600);
    const old = speakRequest(dan, { status: "cancelled", createdAt: askedAt });
    const refused: readonly [string, DocumentData][] = [
      ["a message of 141 characters", { message: "x".repeat(141) }],
      ["the unchanged time", { createdAt: askedAt }],
      ["another uid", { uid: cleo.uid }],
      ["an additional field", { priority: 1 }],
    ];
    for (const [what, change] of refused) {
      it(`refuses ${what}`, async () => {
        await given({ [path]: old });
        await refuses(as(dan).writes(set(path, newSpeakRequest(dan, change))));
      });
    }

    it("is refused on another person's behalf", async () => {
      await given({ [path]: old });
      for (const caller of [ada, cleo, hal, signedOut] as const) {
        await refuses(as(caller).writes(ask));
      }
    });

    for (const [why, document, data] of [
      ["they left", paths.participant(dan), participant(dan, { state: "left" })],
      ["the listener is lost", paths.participant(dan), participant(dan, { state: "lost" })],
      ["the listener was removed", paths.participant(dan), participant(dan, { state: "removed" })],
      ["they already speak", paths.participant(dan), participant(dan, { role: "speaker" })],
      [
        "requests are closed",
        paths.show(),
        liveShow({ settings: settings({ speakRequestsOpen: false }) }),
      ],
      ["the show has no settings", paths.show(), without(liveShow(), "settings")],
      ["the show is over", paths.show(), endedShow()],
    ] as const) {
      it(`is refused when ${why}, whatever the state of the last request`, async () => {
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

    it("shows people their own request, or that there is none", async () => {
      assert.ok(await allows(as(dan).gets(path)));
      assert.ok(await allows(as(eve).gets(paths.speakRequest(eve))));
      assert.equal(await allows(as(cleo).gets(paths.speakRequest(cleo))), undefined);
    });

    for (const caller of hosts) {
      it(`shows all requests of the show to ${nameOf(caller)}, a host`, async () => {
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
      it(`hides others' requests from ${nameOf(caller)}, who is not a host`, async () => {
        if (caller !== dan) await refuses(as(caller).gets(path));
        await refuses(as(caller).lists((db) => collection(db, collectionPath)));
      });
    }

    it("lets people list their own requests across shows", async () => {
      const own = await allows(
        as(dan).lists((db) =>
          query(collectionGroup(db, "speakRequests"), where("uid", "==", dan.uid)),
        ),
      );
      assert.deepEqual(own, [path, paths.speakRequest(dan, "show-2")]);
    });

    it("refuses to list other people's requests across shows", async () => {
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

  it("cannot be deleted, not even by its owner", async () => {
    await given({ [path]: speakRequest(dan) });
    for (const caller of [dan, ada, signedOut] as const) {
      await refuses(as(caller).writes(remove(path)));
    }
  });
});
