import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { leaveShow } from "../../src/audience/leaveShow.js";
import { leaseRef, participantRef, showRef, stageRef, userRef } from "../../src/collections.js";
import { unconfiguredRooms } from "../../src/audio/noRooms.js";
import { limits } from "../../src/contract/limits.js";
import { allowanceRef } from "../../src/limits/spend.js";
import { endShow } from "../../src/shows/endShow.js";
import { startShow } from "../../src/shows/startShow.js";
import { setStageMode } from "../../src/stage/setStageMode.js";
import { quietFirestore, showIn, somebody, type Person } from "../support/backstage.js";
import { as } from "../support/callers.js";
import { everythingAbout } from "../support/everythingAbout.js";
import { showEdges, type ShowEdges } from "../support/showEdges.js";

describe("startShow with its audio room", () => {
  let firestore: Firestore;
  let deps: ShowEdges;
  let ada: Person;
  let showId: string;

  before(() => {
    firestore = quietFirestore();
  });
  after(() => firestore.terminate());
  beforeEach(async () => {
    deps = showEdges(firestore);
    ada = await somebody("Ada", firestore);
    showId = await showIn("draft", ada, {}, firestore);
  });

  const start = (person = ada) => startShow(deps, as(person), { showId });

  it("creates the room, and the stage with its creator as first speaker", async () => {
    const { audio } = await start();
    assert.deepEqual(audio, { provider: "none", canPublish: true });
    assert.deepEqual(deps.rooms.requests, [`open ${showId}`]);
    assert.deepEqual((await stageRef(firestore, showId).get()).data(), {
      closing: null,
      seating: 0,
      permissionsChangedAt: null,
      cleanup: null,
      spoke: [ada.uid],
      conversationSince: null,
      playsSince: null,
    });
  });

  it("reads texts that the rules once accepted and a new show could not have", async () => {
    await showRef(firestore, showId).update({ title: "\u2066", description: "👋".repeat(1_000) });
    await userRef(firestore, ada.uid).update({
      bio: "👋".repeat(500),
      links: ["https://a\u00a0b"],
    });
    assert.equal((await start()).status, "live");
  });

  it("recreates the room for a retry, and writes only the lease", async () => {
    const { startedAt } = await start();
    const withoutLease = async () => {
      const documents = await everythingAbout(firestore, showId);
      return Object.entries(documents).filter(([path]) => !path.includes("/leases/"));
    };
    const started = await withoutLease();
    deps.rooms.rooms.delete(showId);
    deps.clock.advance(5_000);
    assert.equal((await start()).startedAt, startedAt);
    assert.ok(deps.rooms.rooms.has(showId));
    assert.deepEqual(await withoutLease(), started);
    const lease = (await leaseRef(firestore, showId, ada.uid).get()).data();
    assert.equal(lease?.aliveUntil?.toMillis(), deps.clock.now() + deps.presenceGraceMs);
  });

  it("keeps the lease of a creator whose phone is connected", async () => {
    await start();
    await leaseRef(firestore, showId, ada.uid).update({ aliveUntil: null });
    await start();
    const lease = (await leaseRef(firestore, showId, ada.uid).get()).data();
    assert.equal(lease?.aliveUntil, null);
  });

  it("lets a creator who has left rejoin by starting again", async () => {
    const { startedAt } = await start();
    await leaveShow(deps, as(ada), { showId });
    await showRef(firestore, showId).update({ hostUid: "spotify_ben" });
    deps.clock.advance(5_000);
    assert.equal((await start()).startedAt, startedAt);
    const place = (await participantRef(firestore, showId, ada.uid).get()).data();
    assert.partialDeepStrictEqual(place, { state: "present", role: "creator", canPublish: true });
    assert.equal((await showRef(firestore, showId).get()).data()?.hostUid, ada.uid);
  });

  it("gives the creator no sound on a retry in music mode", async () => {
    await start();
    await setStageMode(deps, as(ada), { showId, mode: "music" });
    assert.equal((await start()).audio.canPublish, false);
  });

  it("counts public shows, and creates no room above the limit", async () => {
    const allowance = allowanceRef(firestore, "publicShow", ada.uid);
    const { count, seconds } = limits.publicShow;
    await start();
    const left = (await allowance.get()).data();
    await start();
    assert.deepEqual((await allowance.get()).data(), left, "starting again is not counted");
    await endShow(deps, as(ada), { showId });

    const usedUp = Timestamp.fromMillis(deps.clock.now() + seconds * 1_000);
    await allowance.set({ expiresAt: usedUp });
    const [another, quiet] = await Promise.all([
      showIn("draft", ada, {}, firestore),
      showIn("draft", ada, { visibility: "unlisted" }, firestore),
    ]);
    await assert.rejects(startShow(deps, as(ada), { showId: another }), {
      reason: "RATE_LIMITED",
      details: { retryAfterSeconds: seconds / count },
    });
    assert.ok(!deps.rooms.requests.includes(`open ${another}`));
    assert.equal((await showRef(firestore, another).get()).data()?.status, "draft");
    await startShow(deps, as(ada), { showId: quiet });
    assert.deepEqual(
      (await allowance.get()).data()?.expiresAt,
      usedUp,
      "unlisted shows are not counted",
    );
  });

  it("does not start while the room cannot be created", async () => {
    const before = await everythingAbout(firestore, showId);
    deps.rooms.setDown(true);
    await assert.rejects(start(), { reason: "AUDIO_UNAVAILABLE" });
    assert.deepEqual(await everythingAbout(firestore, showId), before);
    deps.rooms.setDown(false);
    assert.equal((await start()).status, "live");
  });

  it("does not start in a project without configured sound", async () => {
    const before = await everythingAbout(firestore, showId);
    await assert.rejects(startShow({ ...deps, rooms: unconfiguredRooms }, as(ada), { showId }), {
      reason: "AUDIO_UNAVAILABLE",
    });
    assert.deepEqual(await everythingAbout(firestore, showId), before);
  });

  it("creates no room for a refused start", async () => {
    const dan = await somebody("Dan", firestore);
    await assert.rejects(start(dan), { reason: "NOT_CREATOR" });
    for (const status of ["ended", "cancelled"] as const) {
      showId = await showIn(status, ada, {}, firestore);
      await assert.rejects(start(), { reason: "SHOW_NOT_STARTABLE" });
    }
    assert.deepEqual(deps.rooms.requests, []);
  });
});
