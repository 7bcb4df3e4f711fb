import type { DocumentData } from "firebase/firestore";
import {
  comment,
  commentBatch,
  draftShow,
  givenShow,
  inAnHour,
  newDraft,
  newReactions,
  newSpeakRequest,
  now,
  paths,
  playback,
  playlist,
  secondsAgo,
  speakRequest,
  suspension,
} from "../support/rules/builders.js";
import { ada, ben, dan, type Persona } from "../support/rules/personas.js";
import {
  allows,
  as,
  emptyWorld,
  given,
  givenGone,
  refuses,
  remove,
  set,
  stored,
  update,
  type Write,
} from "../support/rules/world.js";
import assert from "node:assert/strict";

const plan = "show-2";
const late = { createdAt: secondsAgo(600) };

const step = { sequence: 8, at: now() };

/** Everything that a suspended person could say to others with an ID token that is still valid. */
const writes: readonly (readonly [string, Persona, readonly Write[], DocumentData?])[] = [
  ["a comment", dan, commentBatch(dan)],
  [
    "reactions",
    dan,
    [set(paths.reactions(dan), newReactions({ clap: 5, heart: 0, fire: 0, laugh: 0 }))],
  ],
  ["a request to speak", dan, [set(paths.speakRequest(dan), newSpeakRequest(dan))]],
  [
    "a request to speak again",
    dan,
    [set(paths.speakRequest(dan), newSpeakRequest(dan))],
    { [paths.speakRequest(dan)]: speakRequest(dan, { status: "cancelled", ...late }) },
  ],
  ["a profile", dan, [update(paths.user(dan), { bio: "Buy now", updatedAt: now() })]],
  ["a new show", ada, [set(paths.show("show-3"), newDraft())]],
  [
    "an announcement",
    ada,
    [
      update(paths.show(plan), {
        status: "scheduled",
        // Mutants are tested by a process that lives for hours.
        scheduledFor: secondsAgo(-24 * 3600),
        updatedAt: now(),
      }),
    ],
    { [paths.show(plan)]: draftShow() },
  ],
  ["a follow", dan, [set(paths.following(dan, ada), { createdAt: now() })]],
  [
    "a step of the music",
    ben,
    [update(paths.playback, { ...step, positionMs: 1000, by: ben.uid })],
    { [paths.playback]: playback(), [paths.playlist]: playlist(3) },
  ],
  [
    "a hidden comment",
    ben,
    [update(paths.comment(), { hidden: true })],
    { [paths.comment()]: comment(dan) },
  ],
  ["a live show's pin", ada, [update(paths.show(), { pinnedCommentId: null, updatedAt: now() })]],
];

describe("a suspended person whose ID token is still valid", () => {
  beforeEach(async () => {
    await emptyWorld();
    await givenShow();
  });

  for (const [what, person, request, before] of writes) {
    it(`cannot write ${what} until the suspension is over`, async () => {
      if (before) await given(before);
      for (const until of [null, inAnHour()]) {
        await given({ [paths.suspension(person)]: suspension(person, until) });
        await refuses(as(person).writes(...request));
        await refuses(as(person, { admin: true }).writes(...request));
      }
      await given({ [paths.suspension(person)]: suspension(person, secondsAgo(5)) });
      await allows(as(person).writes(...request));
    });
  }

  it("is the only one who is refused", async () => {
    await given({ [paths.suspension(ben)]: suspension(ben, null) });
    await allows(as(dan).writes(...commentBatch(dan)));
    await refuses(as(ben).writes(...commentBatch(ben)));
  });

  it("can still take back what they wrote, and read", async () => {
    const [comment] = commentBatch(dan);
    assert.ok(comment.data);
    await given({
      [comment.path]: { ...comment.data, createdAt: secondsAgo(60) },
      [paths.speakRequest(dan)]: speakRequest(dan),
      [paths.suspension(dan)]: suspension(dan, null),
    });
    await allows(as(dan).writes(update(paths.speakRequest(dan), { status: "cancelled" })));
    assert.ok(await allows(as(dan).gets(comment.path)));
    await allows(as(dan).writes(remove(comment.path)));
    assert.equal(await stored(comment.path), undefined);
  });

  it("cannot read or lift the suspension, nor can anybody else", async () => {
    const path = paths.suspension(dan);
    await given({ [path]: suspension(dan, null) });
    for (const requests of [as(dan), as(ada), as(ada, { admin: true })]) {
      await refuses(requests.gets(path));
      await refuses(requests.writes(update(path, { until: secondsAgo(5) })));
      await refuses(requests.writes(remove(path)));
    }
    await givenGone(path);
    for (const requests of [as(dan), as(ada, { admin: true })]) {
      await refuses(requests.writes(set(path, suspension(dan, null))));
    }
  });
});
