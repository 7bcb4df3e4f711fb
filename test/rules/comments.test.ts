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

const path = paths.comment();
const collectionPath = `shows/${showId}/comments`;

describe("shows/comments", () => {
  beforeEach(async () => {
    await emptyWorld();
    await givenShow();
  });

  describe("saying something", () => {
    for (const caller of present) {
      it(`${nameOf(caller)}, present, may`, async () => {
        await allows(as(caller).writes(...commentBatch(caller)));
        assert.deepEqual((await stored(path))?.author, cardOf(caller));
      });
    }

    for (const caller of absent) {
      it(`${nameOf(caller)}, not present, may not`, async () => {
        await refuses(as(caller).writes(...commentBatch(caller)));
      });
    }

    it("somebody signed out may not", async () => {
      await refuses(as(signedOut).writes(...commentBatch(dan)));
    });

    it("somebody whose participant document has no picture may", async () => {
      await given({ [paths.participant(dan)]: without(participant(dan), "photoUrl") });
      await allows(as(dan).writes(...commentBatch(dan)));
    });

    const texts: readonly [string, string][] = [
      ["one letter", "x"],
      ["500 letters", "x".repeat(500)],
      ["an emoji", "👋"],
      ["lines", "\nGood\nevening\n"],
    ];
    for (const [what, text] of texts) {
      it(`${what} will do`, async () => {
        await allows(as(dan).writes(...commentBatch(dan, { text })));
      });
    }

    const refused: readonly [string, DocumentData][] = [
      ["no text", { text: "" }],
      ["spaces only", { text: "   " }],
      ["line breaks only", { text: "\n\t\r\n" }],
      ["invisible characters only", { text: "\u200b\u00a0\u2060\ufeff" }],
      ["501 letters", { text: "x".repeat(501) }],
      ["a text that is a number", { text: 7 }],
      ["a text that is null", { text: null }],
      ["a text that is a list", { text: ["x"] }],
      ["a foreign author", { authorUid: cleo.uid }],
      ["a foreign author with his name", { authorUid: cleo.uid, author: cardOf(cleo) }],
      ["a foreign name", { author: { ...cardOf(dan), displayName: "Ada" } }],
      ["a foreign picture", { author: { ...cardOf(dan), photoUrl: ada.photoUrl } }],
      ["an author with more", { author: { ...cardOf(dan), role: "creator" } }],
      ["an author with less", { author: { displayName: "Dan" } }],
      ["an author that is a string", { author: "Dan" }],
      ["hidden from the start", { hidden: true }],
      ["hidden that is null", { hidden: null }],
      ["hidden that is a string", { hidden: "no" }],
      ["an earlier time", { createdAt: secondsAgo(60) }],
      ["a later time", { createdAt: secondsAgo(-60) }],
      ["a time that is null", { createdAt: null }],
      ["a further key", { pinned: true }],
    ];
    for (const [what, change] of refused) {
      it(`not with ${what}`, async () => {
        await refuses(as(dan).writes(...commentBatch(dan, change)));
      });
    }

    for (const key of Object.keys(newComment(dan))) {
      it(`not without ${key}`, async () => {
        await refuses(
          as(dan).writes(
            set(path, without(newComment(dan), key)),
            set(paths.activity(dan), stamp()),
          ),
        );
      });
    }

    it("under a plain id of up to 64 characters only", async () => {
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

    it("not without a stamp", async () => {
      await refuses(as(dan).writes(set(path, newComment(dan))));
    });

    it("not on an old stamp that names it", async () => {
      const old = { lastCommentAt: secondsAgo(60), lastCommentId: "comment-1" };
      await given({ [paths.activity(dan)]: old });
      await refuses(as(dan).writes(set(path, newComment(dan))));
      await refuses(
        as(dan).writes(set(path, newComment(dan)), merge(paths.activity(dan), { seenAt: now() })),
      );
    });

    it("not two on one stamp", async () => {
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

    it("not on another's stamp", async () => {
      await refuses(as(dan).writes(set(path, newComment(dan)), set(paths.activity(cleo), stamp())));
    });

    it("in two shows at once, each with its stamp", async () => {
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

    it("not in a show that is not live", async () => {
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

    it("not while comments are off, hosts included", async () => {
      await given({ [paths.show()]: liveShow({ settings: settings({ commentsEnabled: false }) }) });
      for (const caller of [ada, dan]) {
        await refuses(as(caller).writes(...commentBatch(caller)));
      }
    });

    it("not over a comment that is there", async () => {
      await given({ [path]: comment(dan) });
      await refuses(as(dan).writes(...commentBatch(dan, { text: "Something else" })));
      await given({ [path]: comment(cleo) });
      await refuses(as(dan).writes(...commentBatch(dan)));
    });
  });

  describe("hiding", () => {
    beforeEach(() => given({ [path]: comment(dan) }));

    for (const caller of hosts) {
      it(`${nameOf(caller)}, a host, hides and shows again`, async () => {
        await allows(as(caller).writes(update(path, { hidden: true })));
        assert.equal((await stored(path))?.hidden, true);
        await allows(as(caller).writes(update(path, { hidden: false })));
      });
    }

    for (const caller of notHosts) {
      it(`${nameOf(caller)}, no host, does not`, async () => {
        await refuses(as(caller).writes(update(path, { hidden: true })));
      });
    }

    it("goes on after the end", async () => {
      await given({ [paths.show()]: endedShow() });
      await allows(as(ben).writes(update(path, { hidden: true })));
    });

    it("is a yes or a no", async () => {
      for (const hidden of ["yes", 1, null, gone()]) {
        await refuses(as(ada).writes(update(path, { hidden })));
      }
    });

    const rewrites: readonly [string, DocumentData][] = [
      ["the text", { text: "Something else" }],
      ["the author", { authorUid: ada.uid }],
      ["the name", { author: cardOf(ada) }],
      ["the time", { createdAt: now() }],
      ["a further key", { note: "x" }],
    ];
    for (const [what, change] of rewrites) {
      it(`nobody rewrites ${what}: not the author, not a host`, async () => {
        for (const caller of [ada, ben, dan]) {
          await refuses(as(caller).writes(update(path, change)));
          await refuses(as(caller).writes(update(path, { ...change, hidden: true })));
        }
      });
    }

    it("an author does not show again what a host has hidden", async () => {
      await given({ [path]: comment(dan, { hidden: true }) });
      await refuses(as(dan).writes(update(path, { hidden: false })));
    });

    it("what is not there is not hidden", async () => {
      await refuses(as(ada).writes(set(paths.comment("nowhere"), { hidden: true })));
    });
  });

  describe("deleting", () => {
    for (const author of [dan, eve, fay, gus, hal, kim]) {
      it(`${nameOf(author)} deletes their own`, async () => {
        await given({ [path]: comment(author) });
        await allows(as(author).writes(remove(path)));
        assert.equal(await stored(path), undefined);
      });
    }

    it("also hidden, also after the end", async () => {
      await given({ [path]: comment(dan, { hidden: true }), [paths.show()]: endedShow() });
      await allows(as(dan).writes(remove(path)));
    });

    it("nobody else does: hosts hide", async () => {
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
      it(`${nameOf(caller)}, present, reads what is not hidden`, async () => {
        assert.ok(await allows(as(caller).gets(seen)));
        assert.deepEqual(await allows(as(caller).lists(visible)), [seen]);
      });
    }

    for (const caller of outsiders) {
      it(`${nameOf(caller)}, not present, reads nothing of others`, async () => {
        await refuses(as(caller).gets(seen));
        await refuses(as(caller).gets(hidden));
        await refuses(as(caller).lists(visible));
        await refuses(as(caller).lists(everything));
        await refuses(as(caller).lists(by(dan.uid)));
      });
    }

    for (const caller of hosts) {
      it(`${nameOf(caller)}, a host, reads everything`, async () => {
        assert.ok(await allows(as(caller).gets(hidden)));
        assert.equal((await allows(as(caller).lists(everything))).length, 3);
        assert.equal((await allows(as(caller).lists(by(dan.uid)))).length, 2);
      });
    }

    for (const caller of presentButNoHosts) {
      it(`${nameOf(caller)}, no host, does not read what is hidden`, async () => {
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

    it("the author reads his own, hidden or not, here or gone", async () => {
      assert.ok(await allows(as(dan).gets(hidden)));
      assert.deepEqual(await allows(as(dan).lists(by(dan.uid))), [hidden, seen]);
      assert.deepEqual(await allows(as(eve).lists(by(eve.uid))), [evesHidden]);
    });

    it("what is not there says so to those present", async () => {
      assert.equal(await allows(as(dan).gets(paths.comment("nowhere"))), undefined);
      await refuses(as(hal).gets(paths.comment("nowhere")));
    });

    it("goes on after the end for those who stayed", async () => {
      await given({ [paths.show()]: endedShow() });
      await allows(as(dan).lists(visible));
      await refuses(as(eve).lists(visible));
    });

    it("nobody reads across shows, not even his own", async () => {
      for (const caller of [dan, ada]) {
        await refuses(
          as(caller).lists((db) =>
            query(collectionGroup(db, "comments"), where("authorUid", "==", caller.uid)),
          ),
        );
      }
    });
  });
});
