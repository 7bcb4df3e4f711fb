import { Timestamp } from "firebase-admin/firestore";
import { activityRef, commentRef, feedRef, showWordsRef } from "../../../src/collections.js";
import { noReactions } from "../../../src/contract/reactions.js";
import { hideComments } from "../../../src/moderation/hideComments.js";
import { setWordFilter } from "../../../src/wordFilter/setWordFilter.js";
import { by, byAdmin, calling, inThisShow, type Operation } from "../operation.js";

const oldFilter = (fault: string, runs: number) => ({
  fault,
  runs,
  differences: ["effect.isInForce is false instead of true"],
  meaning: "live shows keep the old filter until the admin saves the words again",
});

export const conversationOperations: readonly Operation[] = [
  {
    name: "comment",
    healers: ["write", "sweepShow"],
    perform: ({ person, showId }, { firestore: db }) => {
      const { uid, displayName, photoUrl } = person("dan");
      const at = Timestamp.now();
      return db
        .batch()
        .set(commentRef(db, showId(), "comment"), {
          authorUid: uid,
          author: { displayName, photoUrl },
          text: "Hello",
          createdAt: at,
          hidden: false,
        })
        .set(
          activityRef(db, showId(), uid),
          { lastCommentAt: at, lastCommentId: "comment" },
          { merge: true },
        )
        .commit();
    },
  },
  {
    name: "react",
    healers: ["write", "sweepShow"],
    perform: ({ person, showId }, { firestore: db }) =>
      db
        .doc(`shows/${showId()}/reactions/${person("dan").uid}`)
        .set({ ...noReactions, heart: 3, at: Timestamp.now() }),
    effect: async ({ firestore: db, showId }) =>
      (await feedRef(db, showId()).get()).data()?.reactions,
  },
  {
    name: "hide a person's comments",
    healers: ["call"],
    async prepare(scene) {
      for (const id of ["one", "two", "three"]) await scene.comment("dan", id);
    },
    ...calling(hideComments, by("ada"), inThisShow("dan")),
  },
  {
    name: "filter words everywhere",
    healers: ["call"],
    ...calling(setWordFilter, byAdmin("eve"), () => ({ words: ["boo"] })),
    async effect({ firestore: db, showId }) {
      const [service, live] = await Promise.all([
        db.doc("config/words").get(),
        showWordsRef(db, showId()).get(),
      ]);
      return { isStored: service.exists, isInForce: live.exists };
    },
    losses: [
      oldFilter("The function: is killed before each of its requests", 3),
      oldFilter("Firestore: fails at each request (`UNAVAILABLE`)", 1),
    ],
  },
];
