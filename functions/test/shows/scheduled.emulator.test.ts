import assert from "node:assert/strict";
import { Timestamp } from "firebase-admin/firestore";
import { runSchedules, scheduledIn } from "../../../local/scheduler/scheduler.js";
import { runningSuite } from "../../../test/support/suite.js";
import { deletionRef, leaseRef, participantRef, userRef } from "../../src/collections.js";
import {
  auth,
  firestore,
  participantIn,
  showIn,
  somebody,
  type Person,
} from "../support/backstage.js";
import { eventually } from "../support/eventually.js";
import { livekitBackdoor } from "../support/livekitBackdoor.js";

describe("the scheduled functions in the local suite", () => {
  it("are all those with a schedule", async () => {
    const { functions } = await runningSuite();
    const backends = await fetch(`http://${functions}/backends`);
    assert.deepEqual([...scheduledIn(await backends.text())].sort(), [
      "us-central1-checkPayments",
      "us-central1-expireData",
      "us-central1-sweepAccounts",
      "us-central1-sweepBlocks",
      "us-central1-sweepDeletions",
      "us-central1-sweepFollowers",
      "us-central1-sweepShows",
    ]);
  });

  it("delete the accounts whose deletion is due", async () => {
    const dan = await somebody("Dan");
    await auth.createUser({ uid: dan.uid });
    const at = Timestamp.fromMillis(Date.now() - 1_000);
    const deletion = { requestedAt: at, dueAt: at, begunAt: null, isOut: false, profile: null };
    await deletionRef(firestore, dan.uid).set(deletion);
    await runSchedules(await runningSuite());
    await eventually("that the request is done", async () =>
      (await deletionRef(firestore, dan.uid).get()).exists ? undefined : true,
    );
    assert.equal((await userRef(firestore, dan.uid).get()).exists, false);
    await assert.rejects(auth.getUser(dan.uid), { code: "auth/user-not-found" });
  });

  it("sweep the shows and mark people without a heartbeat as lost", async () => {
    const endpoints = await runningSuite();
    const [ada, dan, eve] = [await somebody("Ada"), await somebody("Dan"), await somebody("Eve")];
    const showId = await showIn("live", ada);
    // A new room does not report anyone absent whose lease is still valid.
    if (endpoints.livekit !== undefined) await (await livekitBackdoor()).rooms.open(showId);
    const aliveUntil = Timestamp.fromMillis(Date.now() - 1_000);
    for (const person of [dan, eve]) {
      await participantIn(showId, person);
      const lease = { uid: person.uid, aliveUntil, connectedSince: null, expiresAt: aliveUntil };
      await leaseRef(firestore, showId, person.uid).set(lease);
    }
    await firestore.doc(`shows/${showId}/activity/${eve.uid}`).set({ seenAt: Timestamp.now() });
    const stateOf = async ({ uid }: Person) =>
      (await participantRef(firestore, showId, uid).get()).data()?.state;
    await runSchedules(endpoints);
    await eventually("that Dan is lost", async () =>
      (await stateOf(dan)) === "lost" ? true : undefined,
    );
    assert.equal(await stateOf(eve), "present");
  });
});
