import assert from "node:assert/strict";
import type { Firestore } from "firebase-admin/firestore";
import { joinShow } from "../../src/audience/joinShow.js";
import { banRef } from "../../src/collections.js";
import { removeParticipant } from "../../src/moderation/removeParticipant.js";
import { unban } from "../../src/moderation/unban.js";
import { quietFirestore, somebody, type Person } from "../support/backstage.js";
import { as } from "../support/callers.js";
import { liveScene, type LiveScene } from "../support/liveScene.js";

describe("unban", () => {
  let firestore: Firestore;
  let scene: LiveScene;

  before(() => {
    firestore = quietFirestore();
  });
  after(() => firestore.terminate());
  beforeEach(async () => {
    scene = await liveScene(firestore);
  });

  const ban = ({ uid }: Person) =>
    removeParticipant(scene.deps, as(scene.ada), { showId: scene.showId, uid, ban: true });
  const lift = (host: Person, { uid }: Person) =>
    unban(scene.deps, as(host), { showId: scene.showId, uid });
  const banOf = async ({ uid }: Person) =>
    (await banRef(firestore, scene.showId, uid).get()).data();

  it("lets a banned person join again as a listener", async () => {
    const { deps, showId } = scene;
    const [dan, ben] = await Promise.all([scene.speaker("Dan"), scene.cohost("Ben")]);
    await ban(dan);
    assert.deepEqual(await lift(ben, dan), {});
    assert.equal(await banOf(dan), undefined);
    assert.equal((await scene.placeOf(dan))?.state, "removed");
    assert.equal((await joinShow(deps, as(dan), { showId })).role, "listener");
  });

  it("gives the same answer on a retry, and without a ban", async () => {
    const { ada } = scene;
    const [dan, hal] = await Promise.all([scene.attendee("Dan"), somebody("Hal", firestore)]);
    await ban(dan);
    await lift(ada, dan);
    const lifted = await scene.everything();
    assert.deepEqual(await lift(ada, dan), {});
    assert.deepEqual(await lift(ada, hal), {});
    assert.deepEqual(await scene.everything(), lifted);
  });

  it("does not lift anybody else's ban", async () => {
    const { ada } = scene;
    const [dan, eve] = await Promise.all([scene.attendee("Dan"), scene.attendee("Eve")]);
    await Promise.all([ban(dan), ban(eve)]);
    await lift(ada, dan);
    assert.ok(await banOf(eve));
  });
});
