import assert from "node:assert/strict";
import type { Firestore } from "firebase-admin/firestore";
import { participantsRef } from "../../src/collections.js";
import { Refusal } from "../../src/errors.js";
import { acceptInvitation } from "../../src/stage/acceptInvitation.js";
import { decideSpeakRequest } from "../../src/stage/decideSpeakRequest.js";
import { setRole } from "../../src/stage/setRole.js";
import { quietFirestore, type Person } from "../support/backstage.js";
import { as } from "../support/callers.js";
import { callAgain } from "../support/callAgain.js";
import { liveScene, type LiveScene } from "../support/liveScene.js";

const SEATS = 5;

describe("the seats of a stage", () => {
  let firestore: Firestore;
  let scene: LiveScene;
  let peak: number;
  let stopWatching: () => void;

  before(() => {
    firestore = quietFirestore();
  });
  after(() => firestore.terminate());
  beforeEach(async () => {
    scene = await liveScene(firestore, { maxSpeakers: SEATS });
    peak = 0;
    stopWatching = participantsRef(firestore, scene.showId)
      .where("role", "==", "speaker")
      .onSnapshot(({ size }) => {
        peak = Math.max(peak, size);
      });
  });
  afterEach(() => {
    stopWatching();
  });

  const crowd = (count: number, come: (name: string) => Promise<Person>) =>
    Promise.all(Array.from({ length: count }, (_, index) => come(`P${index}`)));
  const accept =
    (host: Person) =>
    ({ uid }: Person) =>
      decideSpeakRequest(scene.deps, as(host), { showId: scene.showId, uid, decision: "accept" });

  /**
   * Makes all calls at once and returns the number of new speakers. All others must fail with
   * SPEAKER_LIMIT.
   */
  async function seated(calls: readonly (() => Promise<{ role: string }>)[]): Promise<number> {
    const roles = await Promise.all(
      calls.map((call) =>
        callAgain(call).then(
          ({ role }) => role,
          (error: unknown) => {
            assert.ok(error instanceof Refusal, String(error));
            assert.equal(error.reason, "SPEAKER_LIMIT");
            return "nobody";
          },
        ),
      ),
    );
    return roles.filter((role) => role === "speaker").length;
  }

  async function assertAllTaken(): Promise<void> {
    const speakers = await participantsRef(firestore, scene.showId)
      .where("role", "==", "speaker")
      .get();
    assert.equal(speakers.size, SEATS);
    assert.ok(peak <= SEATS, `${peak} spoke at one time`);
    assert.ok(speakers.docs.every((speaker) => speaker.data().canPublish));
  }

  it("never exceed maxSpeakers when two hosts accept ten requests at once", async () => {
    const [ben, askers] = await Promise.all([scene.cohost("Ben"), crowd(10, scene.asker)]);
    const calls = askers.map(
      (asker, index) => () => accept(index % 2 === 0 ? scene.ada : ben)(asker),
    );
    assert.equal(await seated(calls), SEATS);
    await assertAllTaken();
  }).timeout(120_000);

  it("never exceed maxSpeakers with simultaneous invitations, requests and demoted cohosts", async () => {
    const { deps, showId, ada } = scene;
    const [askers, invited, cohosts] = await Promise.all([
      crowd(5, scene.asker),
      crowd(5, (name) => scene.attendee(name, { invitedTo: "speaker" })),
      crowd(4, scene.cohost),
    ]);
    const calls = [
      ...askers.map((asker) => () => accept(ada)(asker)),
      ...invited.map((person) => () => acceptInvitation(deps, as(person), { showId })),
      ...cohosts.map(
        ({ uid }) =>
          () =>
            setRole(deps, as(ada), { showId, uid, role: "speaker" }),
      ),
    ];
    assert.equal(await seated(calls), SEATS);
    await assertAllTaken();
  }).timeout(120_000);

  it("become free when a speaker leaves the stage, and increase with maxSpeakers", async () => {
    const { deps, showId, ada } = scene;
    const [[first, second, third], [eve]] = await Promise.all([
      crowd(3, scene.asker),
      crowd(SEATS, scene.speaker),
    ]);
    assert.ok(first && second && third && eve);
    await assert.rejects(accept(ada)(first), { reason: "SPEAKER_LIMIT" });
    await setRole(deps, as(eve), { showId, uid: eve.uid, role: "listener" });
    assert.equal((await accept(ada)(first)).role, "speaker");
    await assert.rejects(accept(ada)(second), { reason: "SPEAKER_LIMIT" });
    await firestore.doc(`shows/${showId}`).update({ "settings.maxSpeakers": SEATS + 1 });
    assert.equal((await accept(ada)(second)).role, "speaker");
    await assert.rejects(accept(ada)(third), {
      reason: "SPEAKER_LIMIT",
      details: { maxSpeakers: SEATS + 1 },
    });
  });

  it("may be fewer than the speakers: nobody is demoted, and nobody is added", async () => {
    const { showId, ada } = scene;
    const [[asker], speakers] = await Promise.all([
      crowd(1, scene.asker),
      crowd(SEATS, scene.speaker),
    ]);
    await firestore.doc(`shows/${showId}`).update({ "settings.maxSpeakers": 1 });
    assert.ok(asker);
    await assert.rejects(accept(ada)(asker), { reason: "SPEAKER_LIMIT" });
    for (const speaker of speakers) {
      assert.equal((await scene.placeOf(speaker))?.role, "speaker");
    }
  });
});
