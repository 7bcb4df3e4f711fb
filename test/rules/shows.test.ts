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
  suspension,
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

/** Invalid settings, by description. */
const badSettings: readonly [string, unknown][] = [
  ["null", null],
  ["a list", []],
  ["empty", {}],
  ["with an additional field", settings({ vip: true })],
  ["without commentsEnabled", without(settings(), "commentsEnabled")],
  ["without slowModeSeconds", without(settings(), "slowModeSeconds")],
  ["without speakRequestsOpen", without(settings(), "speakRequestsOpen")],
  ["without maxSpeakers", without(settings(), "maxSpeakers")],
  ["with commentsEnabled as a string", settings({ commentsEnabled: "yes" })],
  ["with speakRequestsOpen as a number", settings({ speakRequestsOpen: 1 })],
  ["with slowModeSeconds below 0", settings({ slowModeSeconds: -1 })],
  ["with slowModeSeconds over 300", settings({ slowModeSeconds: 301 })],
  ["with slowModeSeconds as a fraction", settings({ slowModeSeconds: 1.5 })],
  ["with slowModeSeconds as a string", settings({ slowModeSeconds: "1" })],
  ["with maxSpeakers 0", settings({ maxSpeakers: 0 })],
  ["with maxSpeakers 21", settings({ maxSpeakers: 21 })],
  ["with maxSpeakers as a fraction", settings({ maxSpeakers: 2.5 })],
  ["with adaptiveSlowMode null", settings({ adaptiveSlowMode: null })],
  ["with adaptiveSlowMode as a string", settings({ adaptiveSlowMode: "yes" })],
  ["with songRequestsOpen null", settings({ songRequestsOpen: null })],
  ["with songRequestsOpen as a string", settings({ songRequestsOpen: "yes" })],
  ["with adaptiveSlowMode as a number", settings({ adaptiveSlowMode: 1 })],
  [
    "with adaptiveSlowMode instead of slowModeSeconds",
    without(settings({ adaptiveSlowMode: true }), "slowModeSeconds"),
  ],
  ["with the server's adaptedSlowModeSeconds", settings({ adaptedSlowModeSeconds: 0 })],
];

const goodSettings: readonly [string, DocumentData][] = [
  ["at the minimum", settings({ slowModeSeconds: 0, maxSpeakers: 1 })],
  ["with everything off", settings({ commentsEnabled: false, speakRequestsOpen: false })],
  ["at the maximum", settings({ slowModeSeconds: 300, maxSpeakers: 20 })],
  ["with adaptive slow mode on", settings({ adaptiveSlowMode: true })],
  ["with song requests open", settings({ songRequestsOpen: true })],
  ["with song requests closed", settings({ songRequestsOpen: false })],
  ["with adaptive slow mode off", settings({ adaptiveSlowMode: false })],
];

/** Invalid in a draft as well as in an edit. */
const badTexts: readonly [string, DocumentData][] = [
  ["an empty title", { title: "" }],
  ["a title of spaces", { title: "   " }],
  ["a title of line breaks", { title: "\n\t\n" }],
  ["a title of invisible characters", { title: "\u200b\u00a0\u3000\ufeff\u2066\u{13430}" }],
  ["a title of 101 characters", { title: "x".repeat(101) }],
  ["a numeric title", { title: 7 }],
  ["a null title", { title: null }],
  ["a description of 1001 characters", { description: "x".repeat(1001) }],
  ["a numeric description", { description: 7 }],
  ["a null description", { description: null }],
  ["a description that is a list", { description: ["x"] }],
  ["an unknown visibility", { visibility: "secret" }],
  ["a null visibility", { visibility: null }],
  ["a start time that is a string", { scheduledFor: "tomorrow" }],
  ["a start time that is a number", { scheduledFor: 1_900_000_000_000 }],
];

const goodTexts: readonly [string, DocumentData][] = [
  ["a title of 100 characters", { title: "x".repeat(100) }],
  ["a title of one letter", { title: "x" }],
  ["a title of one emoji", { title: "🎧" }],
  ["a title surrounded by spaces and line breaks", { title: " \n Night \n " }],
  ["a description of 1000 characters", { description: "x".repeat(1000) }],
  ["an empty description", { description: "" }],
  ["unlisted", { visibility: "unlisted" }],
  ["no start time", { scheduledFor: null }],
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

  describe("creating a draft", () => {
    beforeEach(givenUsers);

    it("is allowed for signed-in users under their own name", async () => {
      await allows(as(ada).writes(set(path, newDraft())));
      assert.equal((await stored(path))?.title, "Night shift");
    });

    it("is allowed for a user without a picture", async () => {
      const draft = newDraft({ creatorUid: dan.uid, creator: cardOf(dan) });
      await allows(as(dan).writes(set(path, draft)));
    });

    it("accepts a null picture where the profile has no such field", async () => {
      await given({ [paths.user(dan)]: without(user(dan), "photoUrl") });
      const draft = newDraft({ creatorUid: dan.uid, creator: cardOf(dan) });
      await allows(as(dan).writes(set(path, draft)));
    });

    it("is refused for signed-out callers", async () => {
      await refuses(as(signedOut).writes(set(path, newDraft())));
    });

    it("is refused for an account that no longer exists", async () => {
      await given({ "users/placeholder": {} });
      const ghost = { ...ada, uid: "spotify_ghost" };
      await refuses(as(ghost).writes(set(path, newDraft({ creatorUid: ghost.uid }))));
    });

    it("is refused in another person's name", async () => {
      await refuses(as(ben).writes(set(path, newDraft())));
      await refuses(as(ben).writes(set(path, newDraft({ creatorUid: ben.uid }))));
      await refuses(as(ben).writes(set(path, newDraft({ creator: cardOf(ben) }))));
    });

    const creators: readonly [string, unknown][] = [
      ["with another person's name", { ...cardOf(ada), displayName: "Ben" }],
      ["with another person's picture", { ...cardOf(ada), photoUrl: ben.photoUrl }],
      ["without the picture from their profile", { ...cardOf(ada), photoUrl: null }],
      ["without the photoUrl key", without(cardOf(ada), "photoUrl")],
      ["with an additional field", { ...cardOf(ada), verified: true }],
      ["that is a string", "Ada"],
    ];
    for (const [what, creator] of creators) {
      it(`refuses a creator ${what}`, async () => {
        await refuses(as(ada).writes(set(path, newDraft({ creator }))));
      });
    }

    for (const key of Object.keys(newDraft())) {
      it(`refuses a draft without ${key}`, async () => {
        await refuses(as(ada).writes(set(path, without(newDraft(), key))));
      });
    }

    for (const [key, value] of Object.entries({ ...serverFields, extra: 1 })) {
      it(`refuses a draft with the server's field ${key}`, async () => {
        await refuses(as(ada).writes(set(path, newDraft({ [key]: value }))));
        await refuses(as(ada).writes(set(path, newDraft({ [key]: null }))));
      });
    }

    for (const status of ["scheduled", "live", "ended", "cancelled", "other", null]) {
      it(`refuses ${status} as the initial status`, async () => {
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
      ["a future start time", { scheduledFor: inAnHour() }],
      ["a past start time", { scheduledFor: anHourAgo() }],
    ] as const) {
      it(`accepts ${what}`, async () => {
        await allows(as(ada).writes(set(path, newDraft(text))));
      });
    }

    for (const [what, value] of badSettings) {
      it(`refuses settings ${what}`, async () => {
        await refuses(as(ada).writes(set(path, newDraft({ settings: value }))));
      });
    }
    for (const [what, value] of goodSettings) {
      it(`accepts settings ${what}`, async () => {
        await allows(as(ada).writes(set(path, newDraft({ settings: value }))));
      });
    }

    it("refuses times chosen by the client", async () => {
      for (const time of [secondsAgo(60), secondsAgo(-60), null]) {
        await refuses(as(ada).writes(set(path, newDraft({ createdAt: time }))));
        await refuses(as(ada).writes(set(path, newDraft({ updatedAt: time }))));
      }
    });

    it("accepts only plain ids of up to 64 characters", async () => {
      for (const id of ["a", "A_b-9", "x".repeat(64)]) {
        await allows(as(ada).writes(set(paths.show(id), newDraft())));
      }
      for (const id of ["x".repeat(65), "a b", "a.b", "é", "a$b"]) {
        await refuses(as(ada).writes(set(paths.show(id), newDraft())));
      }
    });

    it("refuses the id of an earlier show, even to its creator", async () => {
      await given({ [path.replace("shows", "showIds")]: { takenAt: secondsAgo(60) } });
      await refuses(as(ada).writes(set(path, newDraft())));
      const bens = newDraft({ creatorUid: ben.uid, creator: cardOf(ben) });
      await refuses(as(ben).writes(set(path, bens)));
      await allows(as(ada).writes(set(paths.show("another"), newDraft())));
    });

    describe("limit of 20 open drafts", () => {
      const quotas: readonly [string, DocumentData][] = [
        ["0", { openDrafts: 0 }],
        ["19", { openDrafts: 19 }],
        ["no field", {}],
      ];
      for (const [what, quota] of quotas) {
        it(`accepts another draft with a count of ${what}`, async () => {
          await given({ [paths.quota(ada)]: quota });
          await allows(as(ada).writes(set(path, newDraft())));
        });
      }

      for (const openDrafts of [20, 21, 500]) {
        it(`refuses another draft with a count of ${openDrafts}`, async () => {
          await given({ [paths.quota(ada)]: { openDrafts } });
          await refuses(as(ada).writes(set(path, newDraft())));
        });
      }

      it("counts each creator separately", async () => {
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

      it("still allows editing, announcing, withdrawing and deleting at the limit", async () => {
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

    it("refuses to overwrite another person's show", async () => {
      await given({ [path]: draftShow() });
      const draft = newDraft({ creatorUid: ben.uid, creator: cardOf(ben) });
      await refuses(as(ben).writes(set(path, draft)));
    });
  });

  describe("editing before going live", () => {
    for (const [status, show] of [
      ["draft", draftShow()],
      ["scheduled", scheduledShow()],
    ] as const) {
      describe(`a ${status} show`, () => {
        beforeEach(() => givenShow(show));

        const edits: readonly [string, DocumentData][] = [
          ["the title", { title: "Day shift" }],
          ["the description", { description: "Fast songs" }],
          ["the description by removing it", { description: gone() }],
          ["the visibility", { visibility: "unlisted" }],
          ["the start time", { scheduledFor: secondsAgo(-7200) }],
          ["everything at once", { title: "D", description: "", visibility: "unlisted" }],
        ];
        for (const [what, edit] of edits) {
          it(`lets the creator change ${what}`, async () => {
            await allows(as(ada).writes(update(path, { ...edit, updatedAt: now() })));
          });
        }

        it("lets the creator withdraw or announce it", async () => {
          const calledOff = { status: "draft", scheduledFor: null, updatedAt: now() };
          const announced = { status: "scheduled", scheduledFor: inAnHour(), updatedAt: now() };
          await allows(as(ada).writes(update(path, calledOff)));
          await allows(as(ada).writes(update(path, announced)));
          assert.equal((await stored(path))?.status, "scheduled");
        });

        it("refuses changes by anyone else, cohosts included", async () => {
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
          it(`refuses status ${next}, which only the server sets`, async () => {
            const edit = { status: next, scheduledFor: inAnHour(), updatedAt: now() };
            await refuses(as(ada).writes(update(path, edit)));
          });
        }

        it("refuses to remove the title, the visibility or the status", async () => {
          for (const key of ["title", "visibility", "status"]) {
            await refuses(as(ada).writes(update(path, { [key]: gone(), updatedAt: now() })));
          }
        });

        it("refuses an update time chosen by the client, or the unchanged one", async () => {
          for (const updatedAt of [secondsAgo(60), secondsAgo(-60), null]) {
            await refuses(as(ada).writes(update(path, { title: "Day shift", updatedAt })));
          }
          await refuses(as(ada).writes(update(path, { title: "Day shift" })));
        });
      });
    }

    const startTimes: readonly [string, DocumentData][] = [
      ["a past start time", { scheduledFor: anHourAgo() }],
      ["the time of the request", { scheduledFor: now() }],
      ["no start time", { scheduledFor: null }],
      ["the start time removed", { scheduledFor: gone() }],
    ];
    for (const [what, startTime] of startTimes) {
      it(`does not announce a draft with ${what}`, async () => {
        await givenShow(draftShow({ scheduledFor: inAnHour() }));
        const announced = { status: "scheduled", ...startTime, updatedAt: now() };
        await refuses(as(ada).writes(update(path, announced)));
      });

      it(`does not move an announced show to ${what}`, async () => {
        await givenShow(scheduledShow());
        await refuses(as(ada).writes(update(path, { ...startTime, updatedAt: now() })));
      });

      it(`lets a draft have ${what}`, async () => {
        await givenShow(draftShow({ scheduledFor: inAnHour() }));
        await allows(as(ada).writes(update(path, { ...startTime, updatedAt: now() })));
      });
    }

    it("does not announce a draft with a past start time by its status alone", async () => {
      await givenShow(draftShow({ scheduledFor: anHourAgo() }));
      await refuses(as(ada).writes(update(path, { status: "scheduled", updatedAt: now() })));
    });

    it("announces a draft with a future start time by its status alone", async () => {
      await givenShow(draftShow({ scheduledFor: inAnHour() }));
      await allows(as(ada).writes(update(path, { status: "scheduled", updatedAt: now() })));
    });

    it("lets the creator edit and withdraw an announced show after its start time", async () => {
      await givenShow(scheduledShow({ scheduledFor: anHourAgo() }));
      await allows(as(ada).writes(update(path, { title: "Late shift", updatedAt: now() })));
      await allows(as(ada).writes(update(path, { status: "draft", updatedAt: now() })));
    });
  });

  describe("editing after going live", () => {
    it("lets the creator change title and description while it is live, also while away", async () => {
      await givenShow();
      const words = { title: "Day shift", description: "Fast songs" };
      await allows(as(ada).writes(update(path, { ...words, updatedAt: now() })));
      assert.partialDeepStrictEqual(await stored(path), { ...words, status: "live" });
      await given({ [paths.participant(ada)]: participant(ada, { state: "left" }) });
      await allows(as(ada).writes(update(path, { title: "Night shift", updatedAt: now() })));
    });

    it("checks them as before the start", async () => {
      await givenShow();
      await given({ "config/words": { words: ["spam"], pattern: "(?i).* (?:s+ ?p+ ?a+ ?m+) .*" } });
      for (const edit of [
        { title: "" },
        { title: " \u200b" },
        { title: 7 },
        { title: gone() },
        { title: "x".repeat(101) },
        { title: "Spam" },
        { description: "x".repeat(1001) },
        { description: "s-p-a-m" },
        { description: null },
      ]) {
        await refuses(as(ada).writes(update(path, { ...edit, updatedAt: now() })));
      }
      await refuses(as(ada).writes(update(path, { title: "Day shift" })));
      await refuses(as(ada).writes(update(path, { title: "Day shift", updatedAt: anHourAgo() })));
    });

    it("refuses a new title by anybody else, by a suspended creator, and after a takedown", async () => {
      await givenShow();
      const edit = update(path, { title: "Day shift", updatedAt: now() });
      for (const caller of [ben, cleo, dan, ...outsiders] as const) {
        await refuses(as(caller).writes(edit));
      }
      await given({ [paths.suspension(ada)]: suspension(ada, null) });
      await refuses(as(ada).writes(edit));
      await given({ [paths.suspension(ada)]: suspension(ada, secondsAgo(60)) });
      await given({ [path]: liveShow({ visibility: "taken_down" }) });
      await refuses(as(ada).writes(edit));
      await given({ [path]: liveShow() });
      await allows(as(ada).writes(edit));
    });

    for (const show of [liveShow(), endedShow(), scheduledShow({ status: "cancelled" })]) {
      it(`keeps visibility, start time and status of a show that is ${show.status}`, async () => {
        await givenShow(show);
        for (const edit of [
          ...(show.status === "live" ? [] : [{ title: "Day shift" }, { description: "" }]),
          { title: "Day shift", settings: settings({ slowModeSeconds: 30 }) },
          { title: "Day shift", audience: { listeners: 9, peak: 9, countedAt: now() } },
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
      it(`lets ${nameOf(caller)}, a host, change them`, async () => {
        await allows(as(caller).writes(edit));
      });
    }

    it("lets the creator change them after leaving", async () => {
      await given({ [paths.participant(ada)]: participant(ada, { state: "left" }) });
      await allows(as(ada).writes(edit));
    });

    it("lets the creator change them while lost", async () => {
      await given({ [paths.participant(ada)]: participant(ada, { state: "lost" }) });
      await allows(as(ada).writes(edit));
    });

    for (const caller of [cleo, dan, ...outsiders] as const) {
      it(`does not let ${nameOf(caller)}, who is not a host, change them`, async () => {
        await refuses(as(caller).writes(edit));
      });
    }

    it("gives no host permissions for the role creator in somebody else's show", async () => {
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
      it(`accepts settings ${what}`, async () => {
        await allows(as(ben).writes(update(path, { settings: value, updatedAt: now() })));
      });
    }

    it("accepts one setting and keeps the others", async () => {
      const one = { "settings.commentsEnabled": false, "updatedAt": now() };
      await allows(as(ben).writes(update(path, one)));
      assert.deepEqual((await stored(path))?.settings, settings({ commentsEnabled: false }));
    });

    it("accepts and removes the optional fifth setting", async () => {
      const fifth = (value: unknown) =>
        update(path, { "settings.adaptiveSlowMode": value, "updatedAt": now() });
      await allows(as(ben).writes(fifth(true)));
      await refuses(as(dan).writes(fifth(false)));
      await allows(as(ben).writes(fifth(gone())));
      assert.deepEqual((await stored(path))?.settings, settings());
    });

    it("refuses to remove them, or one of the required ones", async () => {
      await refuses(as(ben).writes(update(path, { settings: gone(), updatedAt: now() })));
      const one = { "settings.maxSpeakers": gone(), "updatedAt": now() };
      await refuses(as(ben).writes(update(path, one)));
    });

    it("refuses an update time chosen by the client, or the unchanged one", async () => {
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
      it(`refuses a change of ${key} along with the settings, by cohost or creator`, async () => {
        const change = {
          settings: settings({ slowModeSeconds: 30 }),
          [key]: value,
          updatedAt: now(),
        };
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
      it(`refuses changes while the show is ${show.status}`, async () => {
        await given({ [path]: show });
        for (const caller of [ada, ben]) await refuses(as(caller).writes(edit));
      });
    }
  });

  describe("pin while live", () => {
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

    it("lets hosts pin and unpin a comment", async () => {
      for (const caller of [ada, ben]) {
        await allows(as(caller).writes(pin("seen")));
        assert.equal((await stored(path))?.pinnedCommentId, "seen");
        await allows(as(caller).writes(pin(null)));
      }
    });

    it("can change together with the settings", async () => {
      const both = { pinnedCommentId: "seen", settings: settings(), updatedAt: now() };
      await allows(as(ben).writes(update(path, both)));
    });

    it("can change next to settings that clients could not write", async () => {
      await given({ [path]: liveShow({ settings: settings({ maxSpeakers: 50 }) }) });
      await allows(as(ben).writes(pin("seen")));
    });

    it("does not block settings when its comment is gone", async () => {
      await given({ [path]: liveShow({ pinnedCommentId: "nowhere" }) });
      const edit = { settings: settings({ slowModeSeconds: 9 }), updatedAt: now() };
      await allows(as(ben).writes(update(path, edit)));
    });

    const pins: readonly [string, unknown][] = [
      ["a hidden comment", "hidden"],
      ["a comment that does not exist", "nowhere"],
      ["a comment of another show", "elsewhere"],
      ["a path out of the collection", "../participants/dan"],
      ["a path below a comment", "hidden/replies/seen"],
      ["an empty id", ""],
      ["a number", 7],
      ["a map", { id: "seen" }],
      ["a missing key", gone()],
    ];
    for (const [what, id] of pins) {
      it(`refuses ${what} as a pin`, async () => {
        for (const caller of [ada, ben]) await refuses(as(caller).writes(pin(id)));
      });
    }

    it("refuses a pin by anyone else, even of their own comment", async () => {
      for (const caller of [cleo, dan, ...outsiders] as const) {
        await refuses(as(caller).writes(pin("seen")));
      }
    });

    it("refuses to pin a comment that the same batch hides", async () => {
      const hide = update(paths.comment("seen"), { hidden: true });
      await refuses(as(ben).writes(pin("seen"), hide));
      await refuses(as(ben).writes(hide, pin("seen")));
    });

    it("accepts a comment that the host sends in the same batch", async () => {
      await allows(as(ben).writes(...commentBatch(ben, {}, "welcome"), pin("welcome")));
    });

    it("cannot change before or after the show", async () => {
      for (const show of [draftShow(), scheduledShow(), endedShow()]) {
        await given({ [path]: show });
        for (const caller of [ada, ben]) await refuses(as(caller).writes(pin("seen")));
      }
    });
  });

  describe("deleting", () => {
    it("lets the creator delete a draft", async () => {
      await givenShow(draftShow());
      await allows(as(ada).writes(remove(path)));
      assert.equal(await stored(path), undefined);
    });

    it("refuses everyone else", async () => {
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
      it(`refuses to delete a show that is ${show.status}`, async () => {
        await givenShow(show);
        for (const caller of [ada, ben]) await refuses(as(caller).writes(remove(path)));
      });
    }
  });

  describe("reading one show", () => {
    for (const show of [
      scheduledShow(),
      liveShow(),
      liveShow({ visibility: "unlisted" }),
      endedShow(),
      scheduledShow({ status: "cancelled" }),
    ]) {
      it(`lets anyone signed in read a ${show.visibility} ${show.status} show`, async () => {
        await givenShow(show);
        for (const caller of everybody) assert.ok(await allows(as(caller).gets(path)));
        await refuses(as(signedOut).gets(path));
      });
    }

    it("lets only the creator read a draft", async () => {
      await givenShow(draftShow());
      assert.ok(await allows(as(ada).gets(path)));
      for (const caller of [ben, dan, ...outsiders] as const) await refuses(as(caller).gets(path));
    });

    it("tells anyone signed in that a show does not exist", async () => {
      assert.equal(await allows(as(hal).gets(path)), undefined);
      await refuses(as(signedOut).gets(path));
    });
  });

  describe("listing shows", () => {
    const live = ["live-1", "live-2"].map((id) => paths.show(id));

    beforeEach(async () => {
      await given({
        [paths.show("live-1")]: liveShow(),
        [paths.show("live-2")]: liveShow({
          audience: { listeners: 9, peak: 9 },
          tags: ["folk", "jazz"],
        }),
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
        "live shows",
        (db) => query(collection(db, "shows"), isPublic, where("status", "==", "live")),
        live,
      ],
      [
        "live shows by audience",
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
        "upcoming shows",
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
        "live and upcoming shows",
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
        "live shows with a tag, by audience",
        (db) =>
          query(
            collection(db, "shows"),
            isPublic,
            where("status", "==", "live"),
            where("tags", "array-contains", "jazz"),
            orderBy("audience.listeners", "desc"),
          ),
        [paths.show("live-2")],
      ],
      [
        "upcoming shows with a tag",
        (db) =>
          query(
            collection(db, "shows"),
            isPublic,
            where("status", "==", "scheduled"),
            where("tags", "array-contains", "jazz"),
            where("scheduledFor", ">", secondsAgo(3_600)),
            orderBy("scheduledFor"),
          ),
        [],
      ],
      [
        "live shows of several creators",
        (db) =>
          query(
            collection(db, "shows"),
            isPublic,
            where("status", "==", "live"),
            where("creatorUid", "in", [ben.uid, ada.uid]),
            orderBy("startedAt", "desc"),
          ),
        live,
      ],
      [
        "upcoming shows of several creators",
        (db) =>
          query(
            collection(db, "shows"),
            isPublic,
            where("status", "==", "scheduled"),
            where("creatorUid", "in", [ben.uid, ada.uid]),
            where("scheduledFor", ">", secondsAgo(3_600)),
            orderBy("scheduledFor"),
          ),
        [paths.show("soon")],
      ],
      [
        "a creator's ended shows",
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
        "all public shows",
        (db) => query(collection(db, "shows"), isPublic, isNotDraft),
        [...live, paths.show("over"), paths.show("soon")],
      ],
    ];
    for (const [what, list, expected] of lists) {
      it(`lets anyone signed in list ${what}`, async () => {
        for (const caller of [ada, hal, gus, eve]) {
          assert.deepEqual(await allows(as(caller).lists(list)), expected);
        }
        await refuses(as(signedOut).lists(list));
      });
    }

    it("lets creators list their own shows, including drafts and unlisted ones", async () => {
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
      ["all shows", (db) => collection(db, "shows")],
      ["one show, without a filter", (db) => query(collection(db, "shows"), limit(1))],
      ["public shows, including drafts", (db) => query(collection(db, "shows"), isPublic)],
      [
        "public drafts",
        (db) => query(collection(db, "shows"), isPublic, where("status", "==", "draft")),
      ],
      [
        "shows with drafts among them",
        (db) => query(collection(db, "shows"), isPublic, where("status", "in", ["live", "draft"])),
      ],
      [
        "drafts by excluding another status",
        (db) => query(collection(db, "shows"), isPublic, where("status", "!=", "live")),
      ],
      [
        "withheld shows",
        (db) =>
          query(
            collection(db, "shows"),
            where("visibility", "==", "withheld"),
            where("status", "==", "scheduled"),
          ),
      ],
      [
        "unlisted shows by tag",
        (db) =>
          query(
            collection(db, "shows"),
            where("status", "==", "live"),
            where("tags", "array-contains", "jazz"),
          ),
      ],
      [
        "live shows, including unlisted ones",
        (db) => query(collection(db, "shows"), where("status", "==", "live")),
      ],
      [
        "unlisted shows",
        (db) =>
          query(
            collection(db, "shows"),
            where("visibility", "==", "unlisted"),
            where("status", "==", "live"),
          ),
      ],
      ["another creator's shows", (db) => query(collection(db, "shows"), isAdas)],
      [
        "another creator's drafts",
        (db) => query(collection(db, "shows"), isAdas, where("status", "==", "draft")),
      ],
      [
        "an unlisted show by its id",
        (db) => query(collection(db, "shows"), where(documentId(), "==", "unlisted")),
      ],
    ];
    for (const [what, list] of refusedLists) {
      it(`refuses to list ${what}`, async () => {
        for (const caller of [ben, hal, removedCohost, leftCohost, signedOut] as const) {
          await refuses(as(caller).lists(list));
        }
      });
    }
  });
});

describe("a show that was taken down", () => {
  const plan = "show-2";
  const takenDown = { visibility: "taken_down", takenDown: { reportId: "report-1" } };
  const scheduled = scheduledShow(takenDown);

  beforeEach(async () => {
    await emptyWorld();
    await givenShow();
    await given({ [paths.show(plan)]: scheduled });
  });

  it("is readable only by its creator and admins", async () => {
    assert.ok(await allows(as(ada).gets(paths.show(plan))));
    assert.ok(await allows(as(dan, { admin: true }).gets(paths.show(plan))));
    await given({ [paths.admin(hal)]: { uid: hal.uid, isAdmin: false } });
    const dismissed = as(hal, { admin: true });
    for (const requests of [as(dan), as(ben), as(dan, { admin: false }), dismissed]) {
      await refuses(requests.gets(paths.show(plan)));
    }
    const playlist = `${paths.show(plan)}/playlist/current`;
    await given({ [playlist]: { revision: 1, tracks: [] } });
    assert.ok(await allows(as(ada).gets(playlist)));
    await refuses(as(dan).gets(playlist));
  });

  it("cannot be put back, changed or deleted by its creator", async () => {
    const creator = as(ada);
    for (const changes of [
      { visibility: "public" },
      { visibility: "public", takenDown: null },
      { title: "Another name", visibility: "unlisted" },
      { status: "draft", visibility: "public" },
    ]) {
      await refuses(creator.writes(update(paths.show(plan), { ...changes, updatedAt: now() })));
    }
    await given({ [paths.show(plan)]: draftShow(takenDown) });
    await refuses(creator.writes(remove(paths.show(plan))));
    await refuses(creator.writes(update(paths.show(plan), { title: "New", updatedAt: now() })));
    // The same edits of a show that was not taken down.
    await given({ [paths.show(plan)]: draftShow() });
    await allows(creator.writes(update(paths.show(plan), { title: "New", updatedAt: now() })));
    await allows(creator.writes(remove(paths.show(plan))));
  });

  it("cannot be faked: nobody creates a show as taken down", async () => {
    await refuses(as(ada).writes(set(paths.show("show-3"), newDraft(takenDown))));
    await refuses(
      as(ada).writes(set(paths.show("show-3"), newDraft({ visibility: "taken_down" }))),
    );
  });
});

describe("a show for adults", () => {
  beforeEach(async () => {
    await emptyWorld();
    await givenUsers();
  });

  it("is marked by its creator, until it is live", async () => {
    await allows(as(ada).writes(set(paths.show(), newDraft({ adultsOnly: true }))));
    await refuses(as(ada).writes(set(paths.show("show-2"), newDraft({ adultsOnly: "yes" }))));
    await given({ [paths.show()]: scheduledShow() });
    await allows(as(ada).writes(update(paths.show(), { adultsOnly: true, updatedAt: now() })));
    await refuses(as(ada).writes(update(paths.show(), { adultsOnly: 1, updatedAt: now() })));
    await refuses(as(ben).writes(update(paths.show(), { adultsOnly: false, updatedAt: now() })));
    await givenShow();
    await refuses(as(ada).writes(update(paths.show(), { adultsOnly: true, updatedAt: now() })));
  });
});
