import { assertFails } from "@firebase/rules-unit-testing";
import type { Timestamp } from "firebase/firestore";
import {
  givenShow,
  newReactions,
  newSongVotes,
  newSpeakRequest,
  now,
  paths,
  reactions,
  secondsAgo,
  songId,
  speakRequest,
} from "../support/rules/builders.js";
import { dan } from "../support/rules/personas.js";
import { allows, as, emptyWorld, given, merge, set } from "../support/rules/world.js";

const request = paths.speakRequest(dan);

/** What a person may do again after some seconds: the document as it was written at a time, and the next write. */
const waits = [
  {
    what: "a heartbeat",
    seconds: 20,
    path: paths.activity(dan),
    before: (at: Timestamp) => ({ seenAt: at }),
    next: merge(paths.activity(dan), { seenAt: now() }),
  },
  {
    what: "a request to speak",
    seconds: 10,
    path: request,
    before: (at: Timestamp) => speakRequest(dan, { status: "cancelled", createdAt: at }),
    next: set(request, newSpeakRequest(dan)),
  },
  {
    what: "a request to speak after a rejection",
    seconds: 60,
    path: request,
    before: (at: Timestamp) => speakRequest(dan, { status: "rejected", decidedAt: at }),
    next: set(request, newSpeakRequest(dan)),
  },
  {
    what: "a vote",
    seconds: 5,
    path: paths.songVotes(dan),
    before: (at: Timestamp) => newSongVotes([], { at }),
    next: set(paths.songVotes(dan), newSongVotes([songId])),
  },
  {
    what: "a reaction",
    seconds: 5,
    path: paths.reactions(dan),
    before: (at: Timestamp) => reactions({ at }),
    next: set(paths.reactions(dan), newReactions()),
  },
] as const;

describe("the wait for another write", () => {
  beforeEach(async () => {
    await emptyWorld();
    await givenShow();
  });

  for (const { what, seconds, path, before, next } of waits) {
    it(`of ${what} lasts ${seconds} seconds to the end, and no longer`, async () => {
      let hasArrivedInTime = false;
      while (!hasArrivedInTime) {
        const at = secondsAgo(seconds - 0.95);
        await given({ [path]: before(at) });
        const refused = assertFails(as(dan).writes(next).send());
        const isRefused = await refused.then(
          () => true,
          () => false,
        );
        // On a busy machine, the wait may be over by now.
        hasArrivedInTime = Date.now() < at.toMillis() + seconds * 1_000;
        if (hasArrivedInTime && !isRefused) throw new Error("the last second was not waited for");
      }
      await given({ [path]: before(secondsAgo(seconds + 0.02)) });
      await allows(as(dan).writes(next));
    });
  }
});
