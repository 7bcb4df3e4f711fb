import assert from "node:assert/strict";
import { collection, collectionGroup, query, where } from "firebase/firestore";
import {
  draftShow,
  endedShow,
  givenShow,
  gone,
  liveShow,
  newSongVotes,
  now,
  participant,
  paths,
  scheduledShow,
  secondsAgo,
  settings,
  showId,
  songId,
  suspension,
} from "../support/rules/builders.js";
import {
  absent,
  ada,
  ben,
  cleo,
  dan,
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
  merge,
  refuses,
  remove,
  set,
  stored,
  update,
} from "../support/rules/world.js";

const path = paths.songVotes(dan);
const vote = set(path, newSongVotes([songId]));
const ids = (count: number) =>
  Array.from({ length: count }, (_, index) => String(index).padStart(22, "A"));

describe("shows/songVotes", () => {
  beforeEach(async () => {
    await emptyWorld();
    await givenShow();
  });

  for (const caller of present) {
    it(`lets ${nameOf(caller)}, who is present, vote and take the vote back`, async () => {
      const own = paths.songVotes(caller);
      await allows(as(caller).writes(set(own, newSongVotes([songId]))));
      assert.deepEqual((await stored(own))?.requestIds, [songId]);
      await given({ [own]: newSongVotes([songId], { at: secondsAgo(6) }) });
      await allows(as(caller).writes(set(own, newSongVotes([]))));
    });
  }

  for (const caller of absent) {
    it(`refuses ${nameOf(caller)}, who is not present`, async () => {
      await refuses(as(caller).writes(set(paths.songVotes(caller), newSongVotes([songId]))));
    });
  }

  it("refuses votes on another person's behalf", async () => {
    for (const caller of [ada, ben, cleo, signedOut] as const) {
      await refuses(as(caller).writes(vote));
    }
  });

  it("refuses a suspended person", async () => {
    await given({ [paths.suspension(dan)]: suspension(dan, null) });
    await refuses(as(dan).writes(vote));
  });

  it("refuses a person who has not accepted the terms in force", async () => {
    await given({ [paths.participant(dan)]: participant(dan, { hasAcceptedTerms: false }) });
    await refuses(as(dan).writes(vote));
    await given({ [paths.participant(dan)]: participant(dan, { hasAcceptedTerms: true }) });
    await allows(as(dan).writes(vote));
  });

  it("refuses votes while the hosts are not taking song requests", async () => {
    for (const [isOpen, check] of [
      [false, refuses],
      [true, allows],
    ] as const) {
      await given({
        [paths.show()]: liveShow({ settings: settings({ songRequestsOpen: isOpen }) }),
      });
      await check(as(dan).writes(vote));
    }
  });

  it("accepts votes only while the show is live", async () => {
    for (const show of [
      draftShow(),
      scheduledShow(),
      endedShow(),
      liveShow({ status: "cancelled" }),
    ]) {
      await given({ [paths.show()]: show });
      await refuses(as(dan).writes(vote));
      await refuses(as(ada).writes(set(paths.songVotes(ada), newSongVotes([songId]))));
    }
    await given({ [paths.show()]: liveShow() });
    await allows(as(dan).writes(vote));
  });

  it("accepts 20 votes, but not 21", async () => {
    await refuses(as(dan).writes(set(path, newSongVotes(ids(21)))));
    await allows(as(dan).writes(set(path, newSongVotes(ids(20)))));
  });

  for (const [what, votes] of [
    ["a song twice", newSongVotes([songId, songId])],
    ["an id that is no track's", newSongVotes(["request-1"])],
    ["a long text", newSongVotes(["x".repeat(100_000)])],
    ["two ids in one", newSongVotes([ids(2).join(",")])],
    ["an empty id", newSongVotes([songId, ""])],
    ["a number", newSongVotes([7])],
    ["a map", newSongVotes([{ id: songId }])],
    ["no list", newSongVotes(songId)],
    ["null", newSongVotes(null)],
    ["no requestIds", { at: now() }],
    ["no time", { requestIds: [songId] }],
    ["a time of one's own choosing", newSongVotes([songId], { at: secondsAgo(60) })],
    ["another field", newSongVotes([songId], { weight: 1_000 })],
  ] as const) {
    it(`refuses ${what}`, async () => {
      await refuses(as(dan).writes(set(path, votes)));
    });
  }

  it("accepts one change within five seconds", async () => {
    await given({ [path]: newSongVotes([], { at: secondsAgo(1) }) });
    await refuses(as(dan).writes(vote));
    await refuses(as(dan).writes(merge(path, newSongVotes([songId]))));
    await given({ [path]: newSongVotes([], { at: secondsAgo(6) }) });
    await allows(as(dan).writes(vote));
  });

  it("keeps its time: nobody removes it or the document to skip the wait", async () => {
    await given({ [path]: newSongVotes([songId], { at: secondsAgo(60) }) });
    await refuses(as(dan).writes(update(path, { at: gone() })));
    for (const caller of [ada, dan]) await refuses(as(caller).writes(remove(path)));
  });

  it("is readable only by its owner, and listed by nobody", async () => {
    await given({ [path]: newSongVotes([songId], { at: secondsAgo(60) }) });
    assert.ok(await allows(as(dan).gets(path)));
    for (const caller of [ada, ben, cleo, ...outsiders] as const) {
      await refuses(as(caller).gets(path));
    }
    for (const caller of [ada, dan]) {
      await refuses(as(caller).lists((db) => collection(db, `shows/${showId}/songVotes`)));
      await refuses(
        as(caller).lists((db) =>
          query(collectionGroup(db, "songVotes"), where("requestIds", "array-contains", songId)),
        ),
      );
    }
  });
});
