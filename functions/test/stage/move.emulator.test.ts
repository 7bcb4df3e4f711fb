import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { joinShow } from "../../src/audience/joinShow.js";
import { leaveShow } from "../../src/audience/leaveShow.js";
import { markLost } from "../../src/audience/markLost.js";
import { removeParticipant } from "../../src/moderation/removeParticipant.js";
import { endShow } from "../../src/shows/endShow.js";
import { acceptInvitation } from "../../src/stage/acceptInvitation.js";
import { decideSpeakRequest } from "../../src/stage/decideSpeakRequest.js";
import { handOver } from "../../src/shows/handOver.js";
import { setRole } from "../../src/stage/setRole.js";
import { quietFirestore, type Person } from "../support/backstage.js";
import { as } from "../support/callers.js";
import { liveScene, type LiveScene } from "../support/liveScene.js";

type Event = (scene: LiveScene, person: Person) => Promise<unknown>;

/** The ways in which a pending request ends. */
const ends = {
  "they leave": ({ deps, showId }, person) => leaveShow(deps, as(person), { showId }),
  "they are lost": async ({ deps, showId, lease }, person) => {
    await lease(person, deps.clock.now());
    await markLost(deps, showId, person.uid);
  },
  "they are removed": ({ deps, showId, ada }, { uid }) =>
    removeParticipant(deps, as(ada), { showId, uid }),
  "they are banned": ({ deps, showId, ada }, { uid }) =>
    removeParticipant(deps, as(ada), { showId, uid, ban: true }),
} satisfies Record<string, Event>;
const demote: Event = ({ deps, showId, ada }, { uid }) =>
  setRole(deps, as(ada), { showId, uid, role: "listener" });
const end: Event = ({ deps, showId, ada }) => endShow(deps, as(ada), { showId });
const abandon: Event = async ({ deps, showId, ada }) => {
  await leaveShow(deps, as(ada), { showId });
  deps.clock.advance(deps.hostGraceMs);
  await handOver(deps, showId);
};

describe("a request to speak", () => {
  let firestore: Firestore;
  let scene: LiveScene;

  before(() => {
    firestore = quietFirestore();
  });
  after(() => firestore.terminate());
  beforeEach(async () => {
    scene = await liveScene(firestore);
  });

  const decided = async (decision: "accept" | "reject") => {
    const { deps, showId, ada } = scene;
    const dan = await scene.asker("Dan");
    await decideSpeakRequest(deps, as(ada), { showId, uid: dan.uid, decision });
    return dan;
  };
  const storyOf = async (person: Person) => {
    const request = await scene.requestOf(person);
    return [request?.status, request?.decidedAt, request?.decidedBy];
  };
  const cancelled = ["cancelled", null, null];

  for (const [when, happen] of Object.entries({
    ...ends,
    "the show ends": end,
    "the show ends because nobody leads it": abandon,
  })) {
    it(`is cancelled while pending when ${when}`, async () => {
      const dan = await scene.asker("Dan");
      await happen(scene, dan);
      assert.deepEqual(await storyOf(dan), cancelled);
    });
  }

  for (const [when, happen] of Object.entries({ ...ends, "they are demoted": demote })) {
    it(`is cancelled after acceptance when ${when}, without a waiting time`, async () => {
      const dan = await decided("accept");
      await happen(scene, dan);
      assert.deepEqual(await storyOf(dan), cancelled);
      const { state, canPublish, invitedTo, role } = (await scene.placeOf(dan)) ?? assert.fail();
      assert.deepEqual([canPublish, invitedTo], [false, null]);
      // A lost speaker may come back as a speaker.
      assert.equal(role, state === "lost" ? "speaker" : "listener");
    });
  }

  for (const [when, happen] of Object.entries({
    ...ends,
    "they are invited": async (_: LiveScene, { uid }: Person) => {
      const { deps, showId, ada } = scene;
      await setRole(deps, as(ada), { showId, uid, role: "speaker" });
    },
    "they are demoted": demote,
    "the show ends": end,
  })) {
    it(`keeps its rejection and the time of it when ${when}`, async () => {
      const rejectedAt = Timestamp.fromMillis(scene.deps.clock.now());
      const dan = await decided("reject");
      await happen(scene, dan);
      assert.deepEqual(await storyOf(dan), ["rejected", rejectedAt, scene.ada.uid]);
    });
  }

  it("stays accepted when the show ends, because the speaker stayed to the end", async () => {
    const dan = await decided("accept");
    await end(scene, dan);
    assert.equal((await scene.requestOf(dan))?.status, "accepted");
    assert.equal((await scene.placeOf(dan))?.state, "present");
  });

  it("stays accepted when the speaker becomes cohost and speaker again", async () => {
    const { deps, showId, ada } = scene;
    const dan = await decided("accept");
    await setRole(deps, as(ada), { showId, uid: dan.uid, role: "cohost" });
    await acceptInvitation(deps, as(dan), { showId });
    await setRole(deps, as(ada), { showId, uid: dan.uid, role: "speaker" });
    assert.equal((await scene.requestOf(dan))?.status, "accepted");
  });

  it("is not affected by what happens to other people", async () => {
    const fay = await scene.asker("Fay");
    for (const happen of [...Object.values(ends), demote]) {
      await happen(scene, await scene.asker("Dan"));
    }
    assert.equal((await scene.requestOf(fay))?.status, "pending");
  });
});

describe("leaving and rejoining", () => {
  let firestore: Firestore;
  let scene: LiveScene;

  before(() => {
    firestore = quietFirestore();
  });
  after(() => firestore.terminate());
  beforeEach(async () => {
    scene = await liveScene(firestore);
  });

  for (const [what, place] of [
    ["a speaker", { role: "speaker", canPublish: true }],
    ["a speaker invited as cohost", { role: "speaker", canPublish: true, invitedTo: "cohost" }],
    ["a cohost", { role: "cohost", canPublish: true }],
    ["an invited listener", { invitedTo: "cohost" }],
  ] as const) {
    for (const how of ["they leave", "they are removed"] as const) {
      const go = ends[how];
      it(`makes ${what} a listener without permissions when ${how} and rejoin`, async () => {
        const { deps, showId } = scene;
        const dan = await scene.attendee("Dan", place);
        await go(scene, dan);
        const gone = await scene.placeOf(dan);
        assert.notEqual(gone?.state, "present");
        assert.deepEqual(
          [gone?.role, gone?.canPublish, gone?.invitedTo],
          ["listener", false, null],
        );
        assert.ok(gone?.leftAt);

        deps.clock.advance(1_000);
        const answer = await joinShow(deps, as(dan), { showId });
        assert.deepEqual([answer.role, answer.audio.canPublish], ["listener", false]);
        assert.partialDeepStrictEqual(await scene.placeOf(dan), {
          state: "present",
          role: "listener",
          canPublish: false,
          invitedTo: null,
          leftAt: null,
        });
      });
    }
  }

  it("keeps the creator's role", async () => {
    const { deps, showId, ada } = scene;
    await leaveShow(deps, as(ada), { showId });
    const gone = await scene.placeOf(ada);
    assert.deepEqual([gone?.state, gone?.role, gone?.canPublish], ["left", "creator", false]);
    const answer = await joinShow(deps, as(ada), { showId });
    assert.deepEqual([answer.role, answer.audio.canPublish], ["creator", true]);
  });
});

describe("the summary's speakers", () => {
  it("include everyone who spoke once, even those who no longer do", async () => {
    const firestore = quietFirestore();
    const scene = await liveScene(firestore);
    const { deps, showId, ada } = scene;
    const [dan, eve, fay] = await Promise.all([
      scene.asker("Dan"),
      scene.attendee("Eve", { invitedTo: "cohost" }),
      scene.asker("Fay"),
      scene.attendee("Gus", { invitedTo: "speaker" }),
      scene.attendee("Hal"),
    ]);
    const accept = ({ uid }: Person) =>
      decideSpeakRequest(deps, as(ada), { showId, uid, decision: "accept" });
    await accept(dan);
    await demote(scene, dan);
    await scene.request(dan);
    await accept(dan);
    await leaveShow(deps, as(dan), { showId });
    await acceptInvitation(deps, as(eve), { showId });
    await decideSpeakRequest(deps, as(ada), { showId, uid: fay.uid, decision: "reject" });
    await scene.speaker("Ivy");

    const { summary } = await endShow(deps, as(ada), { showId });
    // Ada, Dan, Eve, and Ivy, who is missing in the stage's own list.
    assert.equal(summary.speakers, 4);
    await firestore.terminate();
  });
});
