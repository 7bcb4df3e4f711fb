import assert from "node:assert/strict";
import {
  collection,
  collectionGroup,
  type DocumentData,
  type Firestore,
  limit,
  orderBy,
  query,
  type Query,
  where,
} from "firebase/firestore";
import {
  cardOf,
  comment,
  commentBatch,
  draftShow,
  endedShow,
  givenShow,
  gone,
  liveShow,
  newComment,
  now,
  participant,
  paths,
  scheduledShow,
  secondsAgo,
  settings,
  showId,
  stamp,
  without,
} from "../support/rules/builders.js";
import {
  absent,
  ada,
  ben,
  cleo,
  dan,
  eve,
  fay,
  gus,
  hal,
  hosts,
  kim,
  nameOf,
  notHosts,
  outsiders,
  present,
  presentButNoHosts,
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

/** The engine of the rules and that of the server once judged some of them differently. */
const invisibleTexts = [
  ["invisible characters only", "\u200b\u00a0\u2060\ufeff"],
  ["a bidirectional isolate only", "\u2066"],
  ["an Arabic letter mark only", "\u061c"],
  ["an Arabic number mark only", "\u0605"],
  ["an Arabic end of ayah only", "\u08e2"],
  ["a hieroglyph joiner only", "\u{13430}"],
  ["a tag only", "\u{e0041}"],
  ["a Hangul filler only", "\u3164"],
  ["a Braille blank only", "\u2800"],
  ["a control character only", "\u0085"],
] as const;

const path = paths.comment();
const collectionPath = `shows/${showId}/comments`;

describe("shows/comments", () => {
  beforeEach(async () => {
    await emptyWorld();
    await givenShow();
  });

  describe("creating", () => {
    for (const caller of present) {
      it(`lets ${nameOf(caller)}, who is present, comment`, async () => {
        await allows(as(caller).writes(...commentBatch(caller)));
        assert.deepEqual((await stored(path))?.author, cardOf(caller));
      });
    }

    for (const caller of absent) {
      it(`refuses a comment from ${nameOf(caller)}, who is not present`, async () => {
        await refuses(as(caller).writes(...commentBatch(caller)));
      });
    }

    it("refuses a comment from a signed-out caller", async () => {
      await refuses(as(signedOut).writes(...commentBatch(dan)));
    });

    it("accepts an author whose participant document has no picture", async () => {
      await given({ [paths.participant(dan)]: without(participant(dan), "photoUrl") });
      await allows(as(dan).writes(...commentBatch(dan)));
    });

    const texts: readonly [string, string][] = [
      ["one letter", "x"],
      ["500 letters", "x".repeat(500)],
      ["an emoji", "👋"],
      ["several lines", "\nGood\nevening\n"],
      ["invisible characters around a letter", "\u2066\u{13430}x\u2069"],
      ["a sign with its variation selector", "❤️"],
    ];
    for (const [what, text] of texts) {
      it(`accepts ${what}`, async () => {
        await allows(as(dan).writes(...commentBatch(dan, { text })));
      });
    }

    const refused: readonly [string, DocumentData][] = [
      ["no text", { text: "" }],
      ["spaces only", { text: "   " }],
      ["line breaks only", { text: "\n\t\r\n" }],
      ...invisibleTexts.map(([what, text]): [string, DocumentData] => [what, { text }]),
      ["501 letters", { text: "x".repeat(501) }],
      ["a numeric text", { text: 7 }],
      ["a null text", { text: null }],
      ["a text that is a list", { text: ["x"] }],
      ["another person's uid", { authorUid: cleo.uid }],
      ["another person's uid and card", { authorUid: cleo.uid, author: cardOf(cleo) }],
      ["another person's name", { author: { ...cardOf(dan), displayName: "Ada" } }],
      ["another person's picture", { author: { ...cardOf(dan), photoUrl: ada.photoUrl } }],
      ["an author with an additional field", { author: { ...cardOf(dan), role: "creator" } }],
      ["an author with a missing field", { author: { displayName: "Dan" } }],
      ["an author that is a string", { author: "Dan" }],
      ["a comment that is hidden from the start", { hidden: true }],
      ["hidden set to null", { hidden: null }],
      ["hidden set to a string", { hidden: "no" }],
      ["an earlier time", { createdAt: secondsAgo(60) }],
      ["a later time", { createdAt: secondsAgo(-60) }],
      ["a null time", { createdAt: null }],
      ["an additional field", { pinned: true }],
      ["support that nobody paid", { support: { amount: 500, currency: "eur" } }],
    ];
    for (const [what, change] of refused) {
      it(`refuses ${what}`, async () => {
        await refuses(as(dan).writes(...commentBatch(dan, change)));
      });
    }

    for (const key of Object.keys(newComment(dan))) {
      it(`refuses a comment without ${key}`, async () => {
        await refuses(
          as(dan).writes(
            set(path, without(newComment(dan), key)),
            set(paths.activity(dan), stamp()),
          ),
        );
      });
    }

    it("accepts only plain ids of up to 64 characters", async () => {
      for (const [author, id] of [
        [dan, "a"],
        [cleo, "A_b-9"],
        [ben, "x".repeat(64)],
      ] as const) {
        await allows(as(author).writes(...commentBatch(author, {}, id)));
      }
      for (const id of ["x".repeat(65), "a b", "a.b", "é"]) {
        await refuses(as(dan).writes(...commentBatch(dan, {}, id)));
      }
    });

    it("requires a stamp", async () => {
      await refuses(as(dan).writes(set(path, newComment(dan))));
    });

    it("requires a new stamp, not an old one that names the same id", async () => {
      const old = { lastCommentAt: secondsAgo(60), lastCommentId: "comment-1" };
      await given({ [paths.activity(dan)]: old });
      await refuses(as(dan).writes(set(path, newComment(dan))));
      await refuses(
        as(dan).writes(set(path, newComment(dan)), merge(paths.activity(dan), { seenAt: now() })),
      );
    });

    it("requires a separate timestamp for each comment", async () => {
      await refuses(
        as(dan).writes(
          set(paths.comment("comment-1"), newComment(dan)),
          set(paths.comment("comment-2"), newComment(dan)),
          set(paths.activity(dan), stamp("comment-1")),
        ),
      );
      await refuses(
        as(dan).writes(
          ...commentBatch(dan, {}, "comment-1"),
          ...commentBatch(dan, {}, "comment-2"),
        ),
      );
    });

    it("refuses another person's stamp", async () => {
      await refuses(as(dan).writes(set(path, newComment(dan)), set(paths.activity(cleo), stamp())));
    });

    it("accepts comments in two shows at once, each with its stamp", async () => {
      await given({
        [paths.show("show-2")]: liveShow(),
        [paths.participant(dan, "show-2")]: participant(dan),
      });
      await allows(
        as(dan).writes(
          ...commentBatch(dan),
          set(paths.comment("comment-1", "show-2"), newComment(dan)),
          set(paths.activity(dan, "show-2"), stamp()),
        ),
      );
    });

    it("refuses comments in a show that is not live", async () => {
      for (const show of [
        draftShow(),
        scheduledShow(),
        endedShow(),
        liveShow({ status: "cancelled" }),
      ]) {
        await given({ [paths.show()]: show });
        for (const caller of [ada, dan]) {
          await refuses(as(caller).writes(...commentBatch(caller)));
        }
      }
    });

    it("refuses comments while they are disabled, even from hosts", async () => {
      await given({ [paths.show()]: liveShow({ settings: settings({ commentsEnabled: false }) }) });
      for (const caller of [ada, dan]) {
        await refuses(as(caller).writes(...commentBatch(caller)));
      }
    });

    it("refuses a comment in the batch that enables comments", async () => {
      await given({ [paths.show()]: liveShow({ settings: settings({ commentsEnabled: false }) }) });
      const enable = { "settings.commentsEnabled": true, "updatedAt": now() };
      await refuses(as(ada).writes(update(paths.show(), enable), ...commentBatch(ada)));
      await allows(as(ada).writes(update(paths.show(), enable)));
    });

    it("refuses to overwrite an existing comment", async () => {
      await given({ [path]: comment(dan) });
      await refuses(as(dan).writes(...commentBatch(dan, { text: "Something else" })));
      await given({ [path]: comment(cleo) });
      await refuses(as(dan).writes(...commentBatch(dan)));
    });
  });

  describe("replying", () => {
    const original = "original";
    const replyTo = { commentId: original, authorUid: cleo.uid };
    beforeEach(() => given({ [paths.comment(original)]: comment(cleo) }));

    for (const caller of present) {
      it(`lets ${nameOf(caller)}, who is present, reply to a visible comment`, async () => {
        await allows(as(caller).writes(...commentBatch(caller, { replyTo })));
        assert.deepEqual((await stored(path))?.replyTo, replyTo);
      });
    }

    it("refuses people who are not present", async () => {
      for (const caller of absent) {
        await refuses(as(caller).writes(...commentBatch(caller, { replyTo })));
      }
    });

    const refused: readonly [string, unknown][] = [
      ["to a comment that does not exist", { ...replyTo, commentId: "nowhere" }],
      ["to itself", { commentId: "comment-1", authorUid: dan.uid }],
      ["that names another author", { ...replyTo, authorUid: ada.uid }],
      ["that names no author", { commentId: original }],
      ["that names no comment", { authorUid: cleo.uid }],
      ["that copies the text", { ...replyTo, text: "Good evening" }],
      ["with a path as the id", { ...replyTo, commentId: `../comments/${original}` }],
      ["with an empty id", { ...replyTo, commentId: "" }],
      ["that is only an id", original],
      ["that is null", null],
      ["that is empty", {}],
    ];
    for (const [what, value] of refused) {
      it(`refuses a reply ${what}`, async () => {
        await refuses(as(dan).writes(...commentBatch(dan, { replyTo: value })));
      });
    }

    it("refuses a reply to a comment of another show", async () => {
      await given({ [paths.comment("elsewhere", "show-2")]: comment(cleo) });
      const elsewhere = { ...replyTo, commentId: "elsewhere" };
      await refuses(as(dan).writes(...commentBatch(dan, { replyTo: elsewhere })));
    });

    it("refuses a reply to a hidden comment, even by its author or a host", async () => {
      await given({ [paths.comment(original)]: comment(cleo, { hidden: true }) });
      for (const caller of present) {
        await refuses(as(caller).writes(...commentBatch(caller, { replyTo })));
      }
    });

    it("refuses to add, change or remove the original later", async () => {
      await given({ [path]: comment(dan, { replyTo }), [paths.comment("other")]: comment(dan) });
      for (const caller of [ada, dan]) {
        await refuses(as(caller).writes(update(path, { replyTo: gone() })));
        await refuses(as(caller).writes(update(path, { "replyTo.authorUid": ada.uid })));
        await refuses(as(caller).writes(update(paths.comment("other"), { replyTo })));
      }
    });
  });

  describe("mentioning", () => {
    const people = Array.from({ length: 6 }, (_, index) => `spotify_person-${index}`);

    it("accepts one to five people", async () => {
      await allows(as(dan).writes(...commentBatch(dan, { mentions: [ada.uid] })));
      assert.deepEqual((await stored(path))?.mentions, [ada.uid]);
      const five = ["spotify_a.b~c:d", `spotify_${"x".repeat(120)}`, ...people.slice(0, 3)];
      await allows(as(cleo).writes(...commentBatch(cleo, { mentions: five }, "comment-2")));
    });

    const refused: readonly [string, unknown][] = [
      ["six people", people],
      ["nobody", []],
      ["a person twice", [ada.uid, ada.uid]],
      ["a blank uid", [""]],
      ["a blank uid among others", [ada.uid, "", ben.uid]],
      ["a uid of spaces", [" "]],
      ["two uids in one string", [`${ada.uid} ${ben.uid}`]],
      ["a name", ["Ada"]],
      ["a uid that is too long", [`spotify_${"x".repeat(121)}`]],
      ["a uid with an invisible character", ["spotify_a\u200b"]],
      ["a number", [1]],
      ["null", [null]],
      ["a map", [{ uid: ada.uid }]],
      ["a list in a map", { uids: [ada.uid] }],
      ["a uid that is no list", ada.uid],
      ["null in place of a list", null],
    ];
    for (const [what, mentions] of refused) {
      it(`refuses ${what}`, async () => {
        await refuses(as(dan).writes(...commentBatch(dan, { mentions })));
      });
    }

    it("refuses people who are not present", async () => {
      for (const caller of absent) {
        await refuses(as(caller).writes(...commentBatch(caller, { mentions: [ada.uid] })));
      }
    });

    it("refuses to add, change or remove a mention later", async () => {
      await given({ [path]: comment(dan, { mentions: [ada.uid] }) });
      for (const caller of [ada, dan]) {
        for (const mentions of [[ben.uid], [], gone()]) {
          await refuses(as(caller).writes(update(path, { mentions })));
        }
      }
    });
  });

  describe("hiding", () => {
    beforeEach(() => given({ [path]: comment(dan) }));

    for (const caller of hosts) {
      it(`lets ${nameOf(caller)}, a host, hide and unhide a comment`, async () => {
        await allows(as(caller).writes(update(path, { hidden: true })));
        assert.equal((await stored(path))?.hidden, true);
        await allows(as(caller).writes(update(path, { hidden: false })));
      });
    }

    for (const caller of notHosts) {
      it(`does not let ${nameOf(caller)}, who is not a host, hide a comment`, async () => {
        await refuses(as(caller).writes(update(path, { hidden: true })));
      });
    }

    it("still works after the end", async () => {
      await given({ [paths.show()]: endedShow() });
      await allows(as(ben).writes(update(path, { hidden: true })));
    });

    it("accepts only a boolean", async () => {
      for (const hidden of ["yes", 1, null, gone()]) {
        await refuses(as(ada).writes(update(path, { hidden })));
      }
    });

    const rewrites: readonly [string, DocumentData][] = [
      ["the text", { text: "Something else" }],
      ["the author", { authorUid: ada.uid }],
      ["the name", { author: cardOf(ada) }],
      ["the time", { createdAt: now() }],
      ["an additional field", { note: "x" }],
      ["the support", { support: { amount: 500, currency: "eur" } }],
    ];
    for (const [what, change] of rewrites) {
      it(`refuses a change of ${what}, by the author or by a host`, async () => {
        for (const caller of [ada, ben, dan]) {
          await refuses(as(caller).writes(update(path, change)));
          await refuses(as(caller).writes(update(path, { ...change, hidden: true })));
        }
      });
    }

    it("does not let the author unhide what a host has hidden", async () => {
      await given({ [path]: comment(dan, { hidden: true }) });
      await refuses(as(dan).writes(update(path, { hidden: false })));
    });

    it("refuses to hide a comment that does not exist", async () => {
      await refuses(as(ada).writes(set(paths.comment("nowhere"), { hidden: true })));
    });
  });

  describe("deleting", () => {
    for (const author of [dan, eve, fay, gus, hal, kim]) {
      it(`lets ${nameOf(author)} delete their own comment`, async () => {
        await given({ [path]: comment(author) });
        await allows(as(author).writes(remove(path)));
        assert.equal(await stored(path), undefined);
      });
    }

    it("includes hidden comments, even after the end", async () => {
      await given({ [path]: comment(dan, { hidden: true }), [paths.show()]: endedShow() });
      await allows(as(dan).writes(remove(path)));
    });

    it("refuses everyone else, hosts included: they can only hide", async () => {
      await given({ [path]: comment(dan) });
      for (const caller of [ada, ben, cleo, ...outsiders] as const) {
        await refuses(as(caller).writes(remove(path)));
      }
    });
  });

  describe("reading", () => {
    const seen = paths.comment("seen");
    const hidden = paths.comment("hidden");
    const evesHidden = paths.comment("eves");

    beforeEach(async () => {
      await given({
        [seen]: comment(dan),
        [hidden]: comment(dan, { hidden: true }),
        [evesHidden]: comment(eve, { hidden: true }),
      });
    });

    const visible = (db: Firestore): Query =>
      query(
        collection(db, collectionPath),
        where("hidden", "==", false),
        orderBy("createdAt", "desc"),
        limit(50),
      );
    const everything = (db: Firestore): Query =>
      query(collection(db, collectionPath), orderBy("createdAt", "desc"));
    const by =
      (uid: string) =>
      (db: Firestore): Query =>
        query(collection(db, collectionPath), where("authorUid", "==", uid));

    for (const caller of present) {
      it(`shows visible comments to ${nameOf(caller)}, who is present`, async () => {
        assert.ok(await allows(as(caller).gets(seen)));
        assert.deepEqual(await allows(as(caller).lists(visible)), [seen]);
      });
    }

    for (const caller of outsiders) {
      it(`hides others' comments from ${nameOf(caller)}, who is not present`, async () => {
        await refuses(as(caller).gets(seen));
        await refuses(as(caller).gets(hidden));
        await refuses(as(caller).lists(visible));
        await refuses(as(caller).lists(everything));
        await refuses(as(caller).lists(by(dan.uid)));
      });
    }

    for (const caller of hosts) {
      it(`shows everything to ${nameOf(caller)}, a host`, async () => {
        assert.ok(await allows(as(caller).gets(hidden)));
        assert.equal((await allows(as(caller).lists(everything))).length, 3);
        assert.equal((await allows(as(caller).lists(by(dan.uid)))).length, 2);
      });
    }

    for (const caller of presentButNoHosts) {
      it(`hides others' hidden comments from ${nameOf(caller)}, who is not a host`, async () => {
        await refuses(as(caller).gets(evesHidden));
        await refuses(as(caller).lists(everything));
        await refuses(as(caller).lists(by(eve.uid)));
        await refuses(
          as(caller).lists((db) =>
            query(collection(db, collectionPath), where("hidden", "==", true)),
          ),
        );
      });
    }

    it("shows authors their own comments, hidden or not, present or not", async () => {
      assert.ok(await allows(as(dan).gets(hidden)));
      assert.deepEqual(await allows(as(dan).lists(by(dan.uid))), [hidden, seen]);
      assert.deepEqual(await allows(as(eve).lists(by(eve.uid))), [evesHidden]);
    });

    it("tells participants, and nobody else, that a comment does not exist", async () => {
      assert.equal(await allows(as(dan).gets(paths.comment("nowhere"))), undefined);
      await refuses(as(hal).gets(paths.comment("nowhere")));
    });

    it("still works after the end for those who stayed", async () => {
      await given({ [paths.show()]: endedShow() });
      await allows(as(dan).lists(visible));
      await refuses(as(eve).lists(visible));
    });

    it("is refused across shows, even for one's own comments", async () => {
      for (const caller of [dan, ada]) {
        await refuses(
          as(caller).lists((db) =>
            query(collectionGroup(db, "comments"), where("authorUid", "==", caller.uid)),
          ),
        );
      }
    });
  });

  it("cannot be shown again by a host after an admin has hidden it", async () => {
    const path = paths.comment("comment-9");
    await given({ [path]: comment(dan, { hidden: true, hiddenByReport: "report-1" }) });
    for (const host of hosts) {
      await refuses(as(host).writes(update(path, { hidden: false })));
      await refuses(as(host).writes(update(path, { hidden: false, hiddenByReport: gone() })));
    }
    await given({ [path]: comment(dan, { hidden: true }) });
    await refuses(as(ada).writes(update(path, { hidden: false, hiddenByReport: "report-1" })));
    await allows(as(ada).writes(update(path, { hidden: false })));
  });
});
