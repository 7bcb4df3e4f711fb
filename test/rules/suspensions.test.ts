import type { DocumentData } from "firebase/firestore";
import {
  commentBatch,
  draftShow,
  givenShow,
  inAnHour,
  newDraft,
  newReactions,
  newSpeakRequest,
  now,
  paths,
  scheduledShow,
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
        scheduledFor: inAnHour(),
        updatedAt: now(),
      }),
    ],
    { [paths.show(plan)]: draftShow() },
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

describe("a show that was taken down", () => {
  const takenDown = { visibility: "taken_down", takenDown: { reportId: "report-1" } };
  const scheduled = scheduledShow(takenDown);

  beforeEach(async () => {
    await emptyWorld();
    await givenShow();
    await given({ [paths.show(plan)]: scheduled });
  });

  it("is read by its creator and admins alone", async () => {
    assert.ok(await allows(as(ada).gets(paths.show(plan))));
    assert.ok(await allows(as(dan, { admin: true }).gets(paths.show(plan))));
    for (const requests of [as(dan), as(ben), as(dan, { admin: false })]) {
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
