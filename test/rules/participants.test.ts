import assert from "node:assert/strict";
import { collection, collectionGroup, type DocumentData, query, where } from "firebase/firestore";
import {
  endedShow,
  givenShow,
  now,
  participant,
  paths,
  showId,
} from "../support/rules/builders.js";
import {
  absent,
  ada,
  ben,
  cleo,
  dan,
  eve,
  everybody,
  fay,
  gus,
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
  refuses,
  remove,
  set,
  update,
} from "../support/rules/world.js";

const collectionPath = `shows/${showId}/participants`;

describe("shows/participants", () => {
  beforeEach(async () => {
    await emptyWorld();
    await givenShow();
  });

  describe("reading", () => {
    for (const caller of present) {
      it(`shows all participants to ${nameOf(caller)}, who is present`, async () => {
        assert.ok(await allows(as(caller).gets(paths.participant(ada))));
        const list = await allows(as(caller).lists((db) => collection(db, collectionPath)));
        assert.equal(list.length, everybody.length - 1);
      });
    }

    for (const caller of outsiders) {
      it(`hides them from ${nameOf(caller)}, who is not present`, async () => {
        await refuses(as(caller).gets(paths.participant(ada)));
        await refuses(as(caller).lists((db) => collection(db, collectionPath)));
        await refuses(
          as(caller).lists((db) =>
            query(collection(db, collectionPath), where("state", "==", "present")),
          ),
        );
      });
    }

    for (const caller of absent) {
      it(`still shows ${nameOf(caller)} their own document, or that there is none`, async () => {
        const own = await allows(as(caller).gets(paths.participant(caller)));
        assert.equal(own?.state, caller.part?.state);
      });
    }

    it("still works after the end for those who stayed", async () => {
      await given({ [paths.show()]: endedShow() });
      await allows(as(dan).lists((db) => collection(db, collectionPath)));
      await refuses(as(eve).lists((db) => collection(db, collectionPath)));
    });

    it("does not extend from one show to another", async () => {
      await given({ [paths.participant(hal, "show-2")]: participant(hal, { state: "present" }) });
      await refuses(as(hal).gets(paths.participant(ada)));
      await refuses(as(hal).lists((db) => collection(db, collectionPath)));
    });
  });

  describe("across shows", () => {
    beforeEach(async () => {
      await given({ [paths.participant(fay, "show-2")]: participant(fay, { state: "present" }) });
    });

    it("lets users list their own participations, present or not", async () => {
      const own = await allows(
        as(fay).lists((db) =>
          query(collectionGroup(db, "participants"), where("uid", "==", fay.uid)),
        ),
      );
      assert.deepEqual(own, [paths.participant(fay), paths.participant(fay, "show-2")]);
    });

    it("refuses to list another user's participations, or all of them", async () => {
      for (const caller of [dan, ada, signedOut]) {
        await refuses(
          as(caller).lists((db) =>
            query(collectionGroup(db, "participants"), where("uid", "==", fay.uid)),
          ),
        );
        await refuses(as(caller).lists((db) => collectionGroup(db, "participants")));
      }
    });
  });

  describe("writing", () => {
    const promotions: readonly [string, DocumentData][] = [
      ["role to cohost", { role: "cohost" }],
      ["role to creator", { role: "creator" }],
      ["permission to publish", { canPublish: true }],
      ["invitation", { invitedTo: "cohost" }],
      ["name", { displayName: "Ada" }],
      ["state to left", { state: "left", leftAt: now() }],
    ];
    for (const [what, change] of promotions) {
      it(`refuses to let participants change their own ${what}`, async () => {
        for (const caller of [dan, cleo, ben]) {
          await refuses(as(caller).writes(update(paths.participant(caller), change)));
        }
      });
    }

    it("refuses to let absent people make themselves present", async () => {
      for (const caller of absent) {
        const back = set(paths.participant(caller), participant(caller, { state: "present" }));
        await refuses(as(caller).writes(back));
      }
      await refuses(as(gus).writes(update(paths.participant(gus), { state: "present" })));
    });

    it("refuses hosts' writes to other participants: the server changes roles and removes people", async () => {
      for (const caller of [ada, ben, signedOut]) {
        await refuses(as(caller).writes(update(paths.participant(dan), { role: "speaker" })));
        await refuses(as(caller).writes(update(paths.participant(dan), { state: "removed" })));
        await refuses(as(caller).writes(remove(paths.participant(dan))));
        await refuses(as(caller).writes(set(paths.participant(hal), participant(hal))));
      }
    });

    it("refuses deletion of one's own document, which would hide a removal", async () => {
      for (const caller of [dan, fay]) {
        await refuses(as(caller).writes(remove(paths.participant(caller))));
      }
    });
  });
});
