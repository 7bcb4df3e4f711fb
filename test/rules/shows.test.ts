import assert from "node:assert/strict";
import {
  collection,
  documentId,
  type DocumentData,
  type Firestore,
  limit,
  orderBy,
  query,
  type Query,
  where,
} from "firebase/firestore";
import {
  anHourAgo,
  cardOf,
  comment,
  commentBatch,
  draftShow,
  endedShow,
  givenShow,
  givenUsers,
  gone,
  inAnHour,
  liveShow,
  newDraft,
  now,
  participant,
  paths,
  scheduledShow,
  secondsAgo,
  settings,
  user,
  without,
} from "../support/rules/builders.js";
import {
  ada,
  ben,
  cleo,
  dan,
  eve,
  everybody,
  gus,
  hal,
  leftCohost,
  nameOf,
  outsiders,
  removedCohost,
  signedOut,
} from "../support/rules/personas.js";
import {
  allows,
  as,
  emptyWorld,
  given,
  refuses,
  remove,
  set,
  stored,
  update,
} from "../support/rules/world.js";

const path = paths.show();

/** Values that are no text, no time and no truth, by name. */
const badSettings: readonly [string, unknown][] = [
  ["null", null],
  ["a list", []],
  ["empty", {}],
  ["with a further key", settings({ vip: true })],
  ["without commentsEnabled", without(settings(), "commentsEnabled")],
  ["without slowModeSeconds", without(settings(), "slowModeSeconds")],
  ["without speakRequestsOpen", without(settings(), "speakRequestsOpen")],
  ["without maxSpeakers", without(settings(), "maxSpeakers")],
  ["with commentsEnabled a string", settings({ commentsEnabled: "yes" })],
  ["with speakRequestsOpen a number", settings({ speakRequestsOpen: 1 })],
  ["with slowModeSeconds below 0", settings({ slowModeSeconds: -1 })],
  ["with slowModeSeconds over 300", settings({ slowModeSeconds: 301 })],
  ["with slowModeSeconds a fraction", settings({ slowModeSeconds: 1.5 })],
  ["with slowModeSeconds a string", settings({ slowModeSeconds: "1" })],
  ["with maxSpeakers 0", settings({ maxSpeakers: 0 })],
  ["with maxSpeakers 21", settings({ maxSpeakers: 21 })],
  ["with maxSpeakers a fraction", settings({ maxSpeakers: 2.5 })],
  ["with adaptiveSlowMode null", settings({ adaptiveSlowMode: null })],
  ["with adaptiveSlowMode a string", settings({ adaptiveSlowMode: "yes" })],
  ["with adaptiveSlowMode a number", settings({ adaptiveSlowMode: 1 })],
  [
    "with adaptiveSlowMode in another's place",
    without(settings({ adaptiveSlowMode: true }), "slowModeSeconds"),
  ],
  ["with the server's adapted seconds", settings({ adaptedSlowModeSeconds: 0 })],
];

const goodSettings: readonly [string, DocumentData][] = [
  ["at the lower ends", settings({ slowModeSeconds: 0, maxSpeakers: 1 })],
  ["with everything off", settings({ commentsEnabled: false, speakRequestsOpen: false })],
  ["at the upper ends", settings({ slowModeSeconds: 300, maxSpeakers: 20 })],
  ["with a slow mode that adapts", settings({ adaptiveSlowMode: true })],
  ["with a slow mode that does not adapt", settings({ adaptiveSlowMode: false })],
];

/** What is wrong in a draft is wrong in an edit. */
const badTexts: readonly [string, DocumentData][] = [
  ["an empty title", { title: "" }],
  ["a title of spaces", { title: "   " }],
  ["a title of line breaks", { title: "\n\t\n" }],
  ["a title of invisible characters", { title: "\u200b\u00a0\u3000\ufeff" }],
  ["a title of 101", { title: "x".repeat(101) }],
  ["a title that is a number", { title: 7 }],
  ["a title that is null", { title: null }],
  ["a description of 1001", { description: "x".repeat(1001) }],
  ["a description that is a number", { description: 7 }],
  ["a description that is null", { description: null }],
  ["a description that is a list", { description: ["x"] }],
  ["a visibility of its own", { visibility: "secret" }],
  ["a visibility that is null", { visibility: null }],
  ["an hour that is a string", { scheduledFor: "tomorrow" }],
  ["an hour that is a number", { scheduledFor: 1_900_000_000_000 }],
];

const goodTexts: readonly [string, DocumentData][] = [
  ["a title of 100", { title: "x".repeat(100) }],
  ["a title of one letter", { title: "x" }],
  ["a title of one emoji", { title: "🎧" }],
  ["a title with spaces and line breaks around", { title: " \n Night \n " }],
  ["a description of 1000", { description: "x".repeat(1000) }],
  ["an empty description", { description: "" }],
  ["unlisted", { visibility: "unlisted" }],
  ["no hour", { scheduledFor: null }],
];

const serverFields: DocumentData = {
  hostUid: ben.uid,
  startedAt: secondsAgo(7000),
  endedAt: secondsAgo(7000),
  endReason: "creator",
  pinnedCommentId: "comment-1",
  commentFeed: "digest",
  adaptedSlowModeSeconds: 0,
  audience: { listeners: 9_000, peak: 9_000 },
  playlist: { id: "p", name: "P", imageUrl: null, trackCount: 9 },
};

describe("shows", () => {
  beforeEach(emptyWorld);

  describe("making a draft", () => {
    beforeEach(givenUsers);

    it("is for anybody signed in, under his own name", async () => {
      await allows(as(ada).writes(set(path, newDraft())));
      assert.equal((await stored(path))?.title, "Night shift");
    });

    it("is for somebody without a picture too", async () => {
      const draft = newDraft({ creatorUid: dan.uid, creator: cardOf(dan) });
      await allows(as(dan).writes(set(path, draft)));
    });

    it("takes a missing picture as none", async () => {
      await given({ [paths.user(dan)]: without(user(dan), "photoUrl") });
      const draft = newDraft({ creatorUid: dan.uid, creator: cardOf(dan) });
      await allows(as(dan).writes(set(path, draft)));
    });

    it("is not for people who are signed out", async () => {
      await refuses(as(signedOut).writes(set(path, newDraft())));
    });

    it("is not for an account that is gone", async () => {
      await given({ "users/placeholder": {} });
      const ghost = { ...ada, uid: "spotify_ghost" };
      await refuses(as(ghost).writes(set(path, newDraft({ creatorUid: ghost.uid }))));
    });

    it("is not done in another's name", async () => {
      await refuses(as(ben).writes(set(path, newDraft())));
      await refuses(as(ben).writes(set(path, newDraft({ creatorUid: ben.uid }))));
      await refuses(as(ben).writes(set(path, newDraft({ creator: cardOf(ben) }))));
    });

    const creators: readonly [string, unknown][] = [
      ["with another's name", { ...cardOf(ada), displayName: "Ben" }],
      ["with another's picture", { ...cardOf(ada), photoUrl: ben.photoUrl }],
      ["without a picture that he has", { ...cardOf(ada), photoUrl: null }],
      ["without the key for it", without(cardOf(ada), "photoUrl")],
      ["with a further key", { ...cardOf(ada), verified: true }],
      ["that is a string", "Ada"],
    ];
    for (const [what, creator] of creators) {
      it(`refuses a creator ${what}`, async () => {
        await refuses(as(ada).writes(set(path, newDraft({ creator }))));
      });
    }

    for (const key of Object.keys(newDraft())) {
      it(`refuses one without ${key}`, async () => {
        await refuses(as(ada).writes(set(path, without(newDraft(), key))));
      });
    }

    for (const [key, value] of Object.entries({ ...serverFields, extra: 1 })) {
      it(`refuses one with ${key}, which is the server's`, async () => {
        await refuses(as(ada).writes(set(path, newDraft({ [key]: value }))));
        await refuses(as(ada).writes(set(path, newDraft({ [key]: null }))));
      });
    }

    for (const status of ["scheduled", "live", "ended", "cancelled", "other", null]) {
      it(`refuses to begin as ${status}`, async () => {
        await refuses(as(ada).writes(set(path, newDraft({ status, scheduledFor: inAnHour() }))));
      });
    }

    for (const [what, text] of badTexts) {
      it(`refuses ${what}`, async () => {
        await refuses(as(ada).writes(set(path, newDraft(text))));
      });
    }
    for (const [what, text] of [
      ...goodTexts,
      ["an hour to come", { scheduledFor: inAnHour() }],
      ["an hour that is past", { scheduledFor: anHourAgo() }],
    ] as const) {
      it(`takes ${what}`, async () => {
        await allows(as(ada).writes(set(path, newDraft(text))));
      });
    }

    for (const [what, value] of badSettings) {
      it(`refuses settings ${what}`, async () => {
        await refuses(as(ada).writes(set(path, newDraft({ settings: value }))));
      });
    }
    for (const [what, value] of goodSettings) {
      it(`takes settings ${what}`, async () => {
        await allows(as(ada).writes(set(path, newDraft({ settings: value }))));
      });
    }

    it("refuses times of one's own", async () => {
      for (const time of [secondsAgo(60), secondsAgo(-60), null]) {
        await refuses(as(ada).writes(set(path, newDraft({ createdAt: time }))));
        await refuses(as(ada).writes(set(path, newDraft({ updatedAt: time }))));
      }
    });

    it("takes ids of up to 64 plain characters only", async () => {
      for (const id of ["a", "A_b-9", "x".repeat(64)]) {
        await allows(as(ada).writes(set(paths.show(id), newDraft())));
      }
      for (const id of ["x".repeat(65), "a b", "a.b", "é", "a$b"]) {
        await refuses(as(ada).writes(set(paths.show(id), newDraft())));
      }
    });

    describe("up to 20 open ones", () => {
      const quotas: readonly [string, DocumentData][] = [
        ["none", { openDrafts: 0 }],
        ["19", { openDrafts: 19 }],
        ["no number", {}],
      ];
      for (const [what, quota] of quotas) {
        it(`takes another beside ${what}`, async () => {
          await given({ [paths.quota(ada)]: quota });
          await allows(as(ada).writes(set(path, newDraft())));
        });
      }

      for (const openDrafts of [20, 21, 500]) {
        it(`refuses another beside ${openDrafts}`, async () => {
          await given({ [paths.quota(ada)]: { openDrafts } });
          await refuses(as(ada).writes(set(path, newDraft())));
        });
      }

      it("counts each creator alone", async () => {
        await given({ [paths.quota(ada)]: { openDrafts: 20 } });
        const bens = newDraft({ creatorUid: ben.uid, creator: cardOf(ben) });
        await allows(as(ben).writes(set(path, bens)));
      });

      it("refuses a count that the creator changes in the same batch", async () => {
        await given({ [paths.quota(ada)]: { openDrafts: 20 } });
        const draft = set(path, newDraft());
        await refuses(as(ada).writes(update(paths.quota(ada), { openDrafts: 0 }), draft));
        await refuses(as(ada).writes(remove(paths.quota(ada)), draft));
      });

      it("edits, announces, withdraws and deletes at the limit", async () => {
        await givenShow(draftShow());
        await given({ [paths.quota(ada)]: { openDrafts: 20 } });
        for (const edit of [
          { title: "Day shift" },
          { status: "scheduled", scheduledFor: inAnHour() },
          { status: "draft" },
        ]) {
          await allows(as(ada).writes(update(path, { ...edit, updatedAt: now() })));
          await refuses(as(ben).writes(update(path, { ...edit, updatedAt: now() })));
        }
        await allows(as(ada).writes(remove(path)));
        await refuses(as(ada).writes(set(path, newDraft())));
      });
    });

    it("does not fall upon another's show", async () => {
      await given({ [path]: draftShow() });
      const draft = newDraft({ creatorUid: ben.uid, creator: cardOf(ben) });
      await refuses(as(ben).writes(set(path, draft)));
    });
  });

  describe("editing before it is live", () => {
    for (const [status, show] of [
      ["draft", draftShow()],
      ["scheduled", scheduledShow()],
    ] as const) {
      describe(`a ${status} show`, () => {
        beforeEach(() => givenShow(show));

        const edits: readonly [string, DocumentData][] = [
          ["the title", { title: "Day shift" }],
          ["the description", { description: "Fast songs" }],
          ["the description away", { description: gone() }],
          ["the visibility", { visibility: "unlisted" }],
          ["the hour", { scheduledFor: secondsAgo(-7200) }],
          ["all at once", { title: "D", description: "", visibility: "unlisted" }],
        ];
        for (const [what, edit] of edits) {
          it(`the creator changes ${what}`, async () => {
            await allows(as(ada).writes(update(path, { ...edit, updatedAt: now() })));
          });
        }

        it("the creator calls it off or announces it", async () => {
          const calledOff = { status: "draft", scheduledFor: null, updatedAt: now() };
          const announced = { status: "scheduled", scheduledFor: inAnHour(), updatedAt: now() };
          await allows(as(ada).writes(update(path, calledOff)));
          await allows(as(ada).writes(update(path, announced)));
          assert.equal((await stored(path))?.status, "scheduled");
        });

        it("nobody else changes it, a cohost included", async () => {
          for (const caller of [ben, cleo, dan, ...outsiders] as const) {
            await refuses(as(caller).writes(update(path, { title: "Mine", updatedAt: now() })));
          }
        });

        for (const [what, text] of badTexts) {
          it(`refuses ${what}`, async () => {
            await refuses(as(ada).writes(update(path, { ...text, updatedAt: now() })));
          });
        }

        for (const [key, value] of Object.entries({
          ...serverFields,
          creatorUid: ben.uid,
          creator: cardOf(ben),
          createdAt: secondsAgo(7000),
          settings: settings({ maxSpeakers: 9 }),
          extra: 1,
        })) {
          it(`refuses a change of ${key}`, async () => {
            const edit = { title: "Day shift", [key]: value, updatedAt: now() };
            await refuses(as(ada).writes(update(path, edit)));
          });
        }

        for (const next of ["live", "ended", "cancelled", "other", null]) {
          it(`refuses to make it ${next}: only the server does`, async () => {
            const edit = { status: next, scheduledFor: inAnHour(), updatedAt: now() };
            await refuses(as(ada).writes(update(path, edit)));
          });
        }

        it("refuses to take away the title, the visibility or the status", async () => {
          for (const key of ["title", "visibility", "status"]) {
            await refuses(as(ada).writes(update(path, { [key]: gone(), updatedAt: now() })));
          }
        });

        it("refuses a time of one's own, or the old one", async () => {
          for (const updatedAt of [secondsAgo(60), secondsAgo(-60), null]) {
            await refuses(as(ada).writes(update(path, { title: "Day shift", updatedAt })));
          }
          await refuses(as(ada).writes(update(path, { title: "Day shift" })));
        });
      });
    }

    const hours: readonly [string, DocumentData][] = [
      ["an hour that is past", { scheduledFor: anHourAgo() }],
      ["no hour", { scheduledFor: null }],
      ["the hour taken away", { scheduledFor: gone() }],
    ];
    for (const [what, hour] of hours) {
      it(`a draft is not announced with ${what}`, async () => {
        await givenShow(draftShow({ scheduledFor: inAnHour() }));
        const announced = { status: "scheduled", ...hour, updatedAt: now() };
        await refuses(as(ada).writes(update(path, announced)));
      });

      it(`an announced show is not moved to ${what}`, async () => {
        await givenShow(scheduledShow());
        await refuses(as(ada).writes(update(path, { ...hour, updatedAt: now() })));
      });

      it(`a draft may have ${what}`, async () => {
        await givenShow(draftShow({ scheduledFor: inAnHour() }));
        await allows(as(ada).writes(update(path, { ...hour, updatedAt: now() })));
      });
    }

    it("a draft with an old hour is not announced by its status alone", async () => {
      await givenShow(draftShow({ scheduledFor: anHourAgo() }));
      await refuses(as(ada).writes(update(path, { status: "scheduled", updatedAt: now() })));
    });

    it("a draft with its hour to come is announced by its status alone", async () => {
      await givenShow(draftShow({ scheduledFor: inAnHour() }));
      await allows(as(ada).writes(update(path, { status: "scheduled", updatedAt: now() })));
    });

    it("an announced show whose hour has passed is still edited, and called off", async () => {
      await givenShow(scheduledShow({ scheduledFor: anHourAgo() }));
      await allows(as(ada).writes(update(path, { title: "Late shift", updatedAt: now() })));
      await allows(as(ada).writes(update(path, { status: "draft", updatedAt: now() })));
    });
  });

  describe("editing later", () => {
    for (const show of [liveShow(), endedShow(), scheduledShow({ status: "cancelled" })]) {
      it(`a show that is ${show.status} keeps title, hour and status`, async () => {
        await givenShow(show);
        for (const edit of [
          { title: "Day shift" },
          { description: "" },
          { visibility: "unlisted" },
          { scheduledFor: inAnHour() },
          { status: "draft" },
          { status: "scheduled", scheduledFor: inAnHour() },
          { status: "ended" },
        ]) {
          for (const caller of [ada, ben]) {
            await refuses(as(caller).writes(update(path, { ...edit, updatedAt: now() })));
          }
        }
      });
    }
  });

  describe("settings while live", () => {
    beforeEach(() => givenShow());
    const edit = update(path, { settings: settings({ slowModeSeconds: 30 }), updatedAt: now() });

    for (const caller of [ada, ben]) {
      it(`${nameOf(caller)}, a host, sets them`, async () => {
        await allows(as(caller).writes(edit));
      });
    }

    it("the creator sets them also while away", async () => {
      await given({ [paths.participant(ada)]: participant(ada, { state: "left" }) });
      await allows(as(ada).writes(edit));
    });

    it("the creator sets them also while lost", async () => {
      await given({ [paths.participant(ada)]: participant(ada, { state: "lost" }) });
      await allows(as(ada).writes(edit));
    });

    for (const caller of [cleo, dan, ...outsiders] as const) {
      it(`${nameOf(caller)}, no host, does not`, async () => {
        await refuses(as(caller).writes(edit));
      });
    }

    it("a participant document that says creator makes no host of somebody else's show", async () => {
      await given({ [paths.participant(dan)]: participant(dan, { role: "creator" }) });
      await refuses(as(dan).writes(edit));
    });

    for (const [what, value] of badSettings) {
      it(`refuses settings ${what}`, async () => {
        for (const caller of [ada, ben]) {
          await refuses(as(caller).writes(update(path, { settings: value, updatedAt: now() })));
        }
      });
    }
    for (const [what, value] of goodSettings) {
      it(`takes settings ${what}`, async () => {
        await allows(as(ben).writes(update(path, { settings: value, updatedAt: now() })));
      });
    }

    it("takes one setting, the others staying", async () => {
      const one = { "settings.commentsEnabled": false, "updatedAt": now() };
      await allows(as(ben).writes(update(path, one)));
      assert.deepEqual((await stored(path))?.settings, settings({ commentsEnabled: false }));
    });

    it("takes the fifth setting, and takes it away again", async () => {
      const fifth = (value: unknown) =>
        update(path, { "settings.adaptiveSlowMode": value, "updatedAt": now() });
      await allows(as(ben).writes(fifth(true)));
      await refuses(as(dan).writes(fifth(false)));
      await allows(as(ben).writes(fifth(gone())));
      assert.deepEqual((await stored(path))?.settings, settings());
    });

    it("refuses to take them, or one of them, away", async () => {
      await refuses(as(ben).writes(update(path, { settings: gone(), updatedAt: now() })));
      const one = { "settings.maxSpeakers": gone(), "updatedAt": now() };
      await refuses(as(ben).writes(update(path, one)));
    });

    it("refuses a time of one's own, or the old one", async () => {
      const open = settings({ slowModeSeconds: 9 });
      for (const updatedAt of [secondsAgo(60), secondsAgo(-60)]) {
        await refuses(as(ben).writes(update(path, { settings: open, updatedAt })));
      }
      await refuses(as(ben).writes(update(path, { settings: open })));
    });

    for (const [key, value] of Object.entries({
      ...without(serverFields, "pinnedCommentId"),
      creatorUid: ben.uid,
      creator: cardOf(ben),
      title: "Ben's",
      description: "",
      visibility: "unlisted",
      status: "ended",
      scheduledFor: secondsAgo(-7000),
      createdAt: secondsAgo(7000),
      extra: 1,
    })) {
      it(`a cohost does not touch ${key}, and neither does the creator`, async () => {
        const change = { settings: settings(), [key]: value, updatedAt: now() };
        for (const caller of [ben, ada]) {
          await refuses(as(caller).writes(update(path, change)));
        }
      });
    }

    for (const show of [
      draftShow(),
      scheduledShow(),
      endedShow(),
      scheduledShow({ status: "cancelled" }),
    ]) {
      it(`nobody sets them while the show is ${show.status}`, async () => {
        await given({ [path]: show });
        for (const caller of [ada, ben]) await refuses(as(caller).writes(edit));
      });
    }
  });

  describe("the pin while live", () => {
    beforeEach(async () => {
      await givenShow();
      await given({
        [paths.comment("seen")]: comment(dan),
        [paths.comment("hidden")]: comment(dan, { hidden: true }),
        [paths.comment("elsewhere", "show-2")]: comment(dan),
        [`${paths.comment("hidden")}/replies/seen`]: comment(dan),
      });
    });
    const pin = (id: unknown) => update(path, { pinnedCommentId: id, updatedAt: now() });

    it("hosts pin a comment, and take it down", async () => {
      for (const caller of [ada, ben]) {
        await allows(as(caller).writes(pin("seen")));
        assert.equal((await stored(path))?.pinnedCommentId, "seen");
        await allows(as(caller).writes(pin(null)));
      }
    });

    it("together with the settings", async () => {
      const both = { pinnedCommentId: "seen", settings: settings(), updatedAt: now() };
      await allows(as(ben).writes(update(path, both)));
    });

    it("whatever the server has set beside it", async () => {
      await given({ [path]: liveShow({ settings: settings({ maxSpeakers: 50 }) }) });
      await allows(as(ben).writes(pin("seen")));
    });

    it("and a pin whose comment has gone does not stand in the way of settings", async () => {
      await given({ [path]: liveShow({ pinnedCommentId: "nowhere" }) });
      const edit = { settings: settings({ slowModeSeconds: 9 }), updatedAt: now() };
      await allows(as(ben).writes(update(path, edit)));
    });

    const pins: readonly [string, unknown][] = [
      ["one that is hidden", "hidden"],
      ["one that is not there", "nowhere"],
      ["one of another show", "elsewhere"],
      ["a path out of the collection", "../participants/dan"],
      ["a path beneath a comment", "hidden/replies/seen"],
      ["an empty id", ""],
      ["a number", 7],
      ["a map", { id: "seen" }],
      ["nothing, by taking the key away", gone()],
    ];
    for (const [what, id] of pins) {
      it(`hosts do not pin ${what}`, async () => {
        for (const caller of [ada, ben]) await refuses(as(caller).writes(pin(id)));
      });
    }

    it("nobody else pins, not even his own", async () => {
      for (const caller of [cleo, dan, ...outsiders] as const) {
        await refuses(as(caller).writes(pin("seen")));
      }
    });

    it("what the same batch hides is not pinned", async () => {
      const hide = update(paths.comment("seen"), { hidden: true });
      await refuses(as(ben).writes(pin("seen"), hide));
      await refuses(as(ben).writes(hide, pin("seen")));
    });

    it("what a host says in the same batch is pinned", async () => {
      await allows(as(ben).writes(...commentBatch(ben, {}, "welcome"), pin("welcome")));
    });

    it("nobody pins before or after", async () => {
      for (const show of [draftShow(), scheduledShow(), endedShow()]) {
        await given({ [path]: show });
        for (const caller of [ada, ben]) await refuses(as(caller).writes(pin("seen")));
      }
    });
  });

  describe("deleting", () => {
    it("the creator deletes a draft", async () => {
      await givenShow(draftShow());
      await allows(as(ada).writes(remove(path)));
      assert.equal(await stored(path), undefined);
    });

    it("nobody else does", async () => {
      await givenShow(draftShow());
      for (const caller of [ben, dan, ...outsiders] as const) {
        await refuses(as(caller).writes(remove(path)));
      }
    });

    for (const show of [
      scheduledShow(),
      liveShow(),
      endedShow(),
      scheduledShow({ status: "cancelled" }),
    ]) {
      it(`a show that is ${show.status} stays`, async () => {
        await givenShow(show);
        for (const caller of [ada, ben]) await refuses(as(caller).writes(remove(path)));
      });
    }
  });

  describe("reading one", () => {
    for (const show of [
      scheduledShow(),
      liveShow(),
      liveShow({ visibility: "unlisted" }),
      endedShow(),
      scheduledShow({ status: "cancelled" }),
    ]) {
      it(`that is ${show.status} and ${show.visibility} is for anybody signed in`, async () => {
        await givenShow(show);
        for (const caller of everybody) assert.ok(await allows(as(caller).gets(path)));
        await refuses(as(signedOut).gets(path));
      });
    }

    it("that is a draft is for its creator", async () => {
      await givenShow(draftShow());
      assert.ok(await allows(as(ada).gets(path)));
      for (const caller of [ben, dan, ...outsiders] as const) await refuses(as(caller).gets(path));
    });

    it("that is not there says so to anybody signed in", async () => {
      assert.equal(await allows(as(hal).gets(path)), undefined);
      await refuses(as(signedOut).gets(path));
    });
  });

  describe("listing", () => {
    const live = ["live-1", "live-2"].map((id) => paths.show(id));

    beforeEach(async () => {
      await given({
        [paths.show("live-1")]: liveShow(),
        [paths.show("live-2")]: liveShow({ audience: { listeners: 9, peak: 9 } }),
        [paths.show("soon")]: scheduledShow(),
        [paths.show("over")]: endedShow(),
        [paths.show("draft")]: draftShow(),
        [paths.show("unlisted")]: liveShow({ visibility: "unlisted" }),
        [paths.show("bens-draft")]: draftShow({ creatorUid: ben.uid, creator: cardOf(ben) }),
      });
    });

    const isPublic = where("visibility", "==", "public");
    const isNotDraft = where("status", "in", ["scheduled", "live", "ended", "cancelled"]);
    const isAdas = where("creatorUid", "==", ada.uid);

    const lists: readonly [string, (db: Firestore) => Query, readonly string[]][] = [
      [
        "what is live",
        (db) => query(collection(db, "shows"), isPublic, where("status", "==", "live")),
        live,
      ],
      [
        "what is live, the largest audience first",
        (db) =>
          query(
            collection(db, "shows"),
            isPublic,
            where("status", "==", "live"),
            orderBy("audience.listeners", "desc"),
            limit(10),
          ),
        live,
      ],
      [
        "what is coming",
        (db) =>
          query(
            collection(db, "shows"),
            isPublic,
            where("status", "==", "scheduled"),
            orderBy("scheduledFor"),
          ),
        [paths.show("soon")],
      ],
      [
        "what is live or coming",
        (db) =>
          query(
            collection(db, "shows"),
            isPublic,
            where("status", "in", ["live", "scheduled"]),
            orderBy("scheduledFor"),
          ),
        [...live, paths.show("soon")],
      ],
      [
        "what a creator has held",
        (db) =>
          query(
            collection(db, "shows"),
            isPublic,
            where("status", "==", "ended"),
            isAdas,
            orderBy("endedAt", "desc"),
          ),
        [paths.show("over")],
      ],
      [
        "everything public",
        (db) => query(collection(db, "shows"), isPublic, isNotDraft),
        [...live, paths.show("over"), paths.show("soon")],
      ],
    ];
    for (const [what, list, expected] of lists) {
      it(`${what} is for anybody signed in`, async () => {
        for (const caller of [ada, hal, gus, eve]) {
          assert.deepEqual(await allows(as(caller).lists(list)), expected);
        }
        await refuses(as(signedOut).lists(list));
      });
    }

    it("one's own, drafts and unlisted included", async () => {
      const own = await allows(as(ada).lists((db) => query(collection(db, "shows"), isAdas)));
      assert.equal(own.length, 6);
      const drafts = await allows(
        as(ada).lists((db) =>
          query(collection(db, "shows"), isAdas, where("status", "==", "draft"), limit(20)),
        ),
      );
      assert.deepEqual(drafts, [paths.show("draft")]);
    });

    const refusedLists: readonly [string, (db: Firestore) => Query][] = [
      ["everything", (db) => collection(db, "shows")],
      ["one, without a filter", (db) => query(collection(db, "shows"), limit(1))],
      ["what is public, drafts included", (db) => query(collection(db, "shows"), isPublic)],
      [
        "public drafts",
        (db) => query(collection(db, "shows"), isPublic, where("status", "==", "draft")),
      ],
      [
        "drafts among the rest",
        (db) => query(collection(db, "shows"), isPublic, where("status", "in", ["live", "draft"])),
      ],
      [
        "all that is no draft by another word",
        (db) => query(collection(db, "shows"), isPublic, where("status", "!=", "live")),
      ],
      [
        "what is live, unlisted included",
        (db) => query(collection(db, "shows"), where("status", "==", "live")),
      ],
      [
        "what is unlisted",
        (db) =>
          query(
            collection(db, "shows"),
            where("visibility", "==", "unlisted"),
            where("status", "==", "live"),
          ),
      ],
      ["another's", (db) => query(collection(db, "shows"), isAdas)],
      [
        "another's drafts",
        (db) => query(collection(db, "shows"), isAdas, where("status", "==", "draft")),
      ],
      [
        "an unlisted one by its id",
        (db) => query(collection(db, "shows"), where(documentId(), "==", "unlisted")),
      ],
    ];
    for (const [what, list] of refusedLists) {
      it(`${what}: for nobody`, async () => {
        for (const caller of [ben, hal, removedCohost, leftCohost, signedOut] as const) {
          await refuses(as(caller).lists(list));
        }
      });
    }
  });
});
