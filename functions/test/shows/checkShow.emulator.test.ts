import assert from "node:assert/strict";
import type { Firestore } from "firebase-admin/firestore";
import { unconfiguredRooms } from "../../src/audio/noRooms.js";
import { userRef } from "../../src/collections.js";
import { checkShow } from "../../src/shows/checkShow.js";
import { showStatus, type ShowStatus } from "../../src/contract/shows.js";
import { startShow } from "../../src/shows/startShow.js";
import { quietFirestore, showIn, somebody, type Person } from "../support/backstage.js";
import { as } from "../support/callers.js";
import { everythingAbout } from "../support/everythingAbout.js";
import { showEdges, type ShowEdges } from "../support/showEdges.js";

/** Problems unrelated to Spotify; the music has its own tests. */
const starting = [
  "SHOW_NOT_STARTABLE",
  "ALREADY_LIVE",
  "PROFILE_NOT_FOUND",
  "AUDIO_UNAVAILABLE",
] as const satisfies string[];

describe("checkShow for the start and the sound", () => {
  let firestore: Firestore;
  let deps: ShowEdges;
  let ada: Person;

  before(() => {
    firestore = quietFirestore();
  });
  after(() => firestore.terminate());
  beforeEach(async () => {
    deps = showEdges(firestore);
    ada = await somebody("Ada", firestore);
  });

  const check = async (
    showId: string,
    rooms: ShowEdges["rooms"] | typeof unconfiguredRooms = deps.rooms,
  ) => {
    const { problems } = await checkShow({ ...deps, rooms }, as(ada), { showId });
    const reasons = problems.map(({ reason }) => reason);
    return starting.filter((reason) => reasons.includes(reason));
  };
  const show = (status: ShowStatus) => showIn(status, ada, {}, firestore);

  for (const status of showStatus.options) {
    const isStartable = status !== "ended" && status !== "cancelled";
    it(`reports ${isStartable ? "no problem" : "SHOW_NOT_STARTABLE"} for a show that is ${status}`, async () => {
      assert.deepEqual(await check(await show(status)), isStartable ? [] : ["SHOW_NOT_STARTABLE"]);
    });
  }

  it("reports missing sound when the rooms do not answer or are not configured", async () => {
    const showId = await show("draft");
    assert.deepEqual(await check(showId, unconfiguredRooms), ["AUDIO_UNAVAILABLE"]);
    deps.rooms.setDown(true);
    assert.deepEqual(await check(showId), ["AUDIO_UNAVAILABLE"]);
    deps.rooms.setDown(false);
    assert.deepEqual(await check(showId), []);
  });

  it("reports all problems at once, which the start also refuses", async () => {
    const showId = await show("draft");
    await show("live");
    await userRef(firestore, ada.uid).delete();
    deps.rooms.setDown(true);
    const found = await check(showId);
    assert.deepEqual(found, ["ALREADY_LIVE", "PROFILE_NOT_FOUND", "AUDIO_UNAVAILABLE"]);
    await assert.rejects(startShow(deps, as(ada), { showId }), { reason: "AUDIO_UNAVAILABLE" });
    deps.rooms.setDown(false);
    await assert.rejects(startShow(deps, as(ada), { showId }), { reason: "ALREADY_LIVE" });
  });

  it("changes neither documents nor rooms", async () => {
    const showId = await show("draft");
    const before = await everythingAbout(firestore, showId);
    await check(showId);
    assert.deepEqual(await everythingAbout(firestore, showId), before);
    assert.equal(deps.rooms.rooms.size, 0);
    assert.ok(deps.rooms.requests.every((what) => what.startsWith("look")));
  });
});
