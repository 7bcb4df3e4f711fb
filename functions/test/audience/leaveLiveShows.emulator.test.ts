import assert from "node:assert/strict";
import type { Firestore } from "firebase-admin/firestore";
import { leaveLiveShows } from "../../src/audience/leaveLiveShows.js";
import { leaseRef, participantRef, speakRequestRef } from "../../src/collections.js";
import {
  participantIn,
  quietFirestore,
  requestIn,
  showIn,
  somebody,
  type Person,
} from "../support/backstage.js";
import { everythingAbout } from "../support/everythingAbout.js";
import { showEdges, type ShowEdges } from "../support/showEdges.js";

describe("leaveLiveShows", () => {
  let firestore: Firestore;
  let deps: ShowEdges;
  let dan: Person;
  let eve: Person;
  before(() => {
    firestore = quietFirestore();
  });
  after(() => firestore.terminate());
  beforeEach(async () => {
    deps = showEdges(firestore);
    [dan, eve] = await Promise.all([somebody("Dan", firestore), somebody("Eve", firestore)]);
  });

  const showWith = async (place: Parameters<typeof participantIn>[2], status = "live" as const) => {
    const showId = await showIn(status, await somebody("Ada", firestore), {}, firestore);
    await participantIn(showId, dan, place, firestore);
    await participantIn(showId, eve, {}, firestore);
    for (const { uid } of [dan, eve]) {
      deps.rooms.connect(showId, uid, { role: "listener", canPublish: false });
    }
    return showId;
  };
  const placeOf = async (showId: string) =>
    (await participantRef(firestore, showId, dan.uid).get()).data();

  for (const [event, state] of [
    ["leave", "left"],
    ["remove", "removed"],
  ] as const) {
    it(`ends every stay in another creator's live show as ${state}, and changes nothing else`, async () => {
      const speaker = { role: "speaker", canPublish: true, invitedTo: null } as const;
      const speaking = await showWith(speaker);
      const lost = await showWith({ ...speaker, canPublish: false, state: "lost" });
      const asking = await showWith({ invitedTo: "speaker" });
      await requestIn(asking, dan, {}, firestore);
      const untouched = [
        await showWith({ state: "left" }),
        await showWith({ state: "removed" }),
        await showIn("live", dan, {}, firestore),
        await showIn("ended", dan, {}, firestore),
      ];
      const ended = await showIn("ended", eve, {}, firestore);
      await participantIn(ended, dan, {}, firestore);
      const all = [...untouched, ended];
      const everything = () => Promise.all(all.map((showId) => everythingAbout(firestore, showId)));
      const before = await everything();

      await leaveLiveShows(deps, dan.uid, event);
      for (const showId of [speaking, lost, asking]) {
        assert.partialDeepStrictEqual(await placeOf(showId), {
          state,
          role: "listener",
          canPublish: false,
          invitedTo: null,
        });
        const lease = (await leaseRef(firestore, showId, dan.uid).get()).data();
        assert.equal(lease?.aliveUntil?.toMillis(), deps.clock.now());
        assert.deepEqual([...(deps.rooms.rooms.get(showId)?.keys() ?? [])], [eve.uid]);
      }
      const request = (await speakRequestRef(firestore, asking, dan.uid).get()).data();
      assert.equal(request?.status, "cancelled");
      assert.deepEqual(await everything(), before);

      const asked = deps.rooms.requests.length;
      await leaveLiveShows(deps, dan.uid, event);
      assert.equal(deps.rooms.requests.length, asked, "again, it finds nothing");
    });
  }

  it("leaves an audio room that does not answer to the sweep, and continues with the other shows", async () => {
    const showIds = [await showWith({}), await showWith({})];
    deps.rooms.setDown(true);
    await leaveLiveShows(deps, dan.uid, "leave");
    assert.deepEqual(deps.requestedSweeps().sort(), [...showIds].sort());
    const again = [await showWith({}), await showWith({})];
    deps.rooms.setDown(false);
    const [broken = "", other = ""] = again;
    await firestore.doc(`shows/${broken}`).update({ status: "unknown" });
    await assert.rejects(leaveLiveShows(deps, dan.uid, "leave"), AggregateError);
    assert.equal((await placeOf(other))?.state, "left");
  });
});
