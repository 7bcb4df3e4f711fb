import { doc, serverTimestamp, updateDoc } from "firebase/firestore";
import assert from "node:assert/strict";
import { denied } from "../../../test/support/refusal.js";
import { showRef, speakRequestsRef } from "../../src/collections.js";
import { askToSpeak } from "../support/askToSpeak.js";
import { appOf, firestore, participantIn, showIn, somebody } from "../support/backstage.js";

describe("requests to speak while a host closes them", () => {
  it("are either made before, or refused", async () => {
    const creator = await somebody("Ada");
    const showId = await showIn("live", creator);
    const ada = await appOf(creator);
    const listeners = await Promise.all(
      Array.from({ length: 42 }, async (_, index) => {
        const person = await somebody(`L${index}`);
        await participantIn(showId, person);
        return appOf(person);
      }),
    );
    const [early, late] = [listeners.slice(0, 40), listeners.slice(40)];
    const asked = Promise.allSettled(early.map((app) => askToSpeak(app, showId)));
    await updateDoc(doc(ada.db, `shows/${showId}`), {
      "settings.speakRequestsOpen": false,
      "updatedAt": serverTimestamp(),
    });
    for (const app of late) await assert.rejects(askToSpeak(app, showId), denied);
    for (const outcome of await asked) {
      if (outcome.status === "rejected") denied(outcome.reason);
    }
    const [show, pending] = await Promise.all([
      showRef(firestore, showId).get(),
      speakRequestsRef(firestore, showId).where("status", "==", "pending").get(),
    ]);
    const closedAt = show.updateTime?.toMillis() ?? 0;
    assert.ok(closedAt > 0 && pending.size <= early.length);
    for (const request of pending.docs) {
      assert.ok(request.createTime.toMillis() <= closedAt, "nobody has asked after the close");
    }
    await Promise.all([ada, ...listeners].map((app) => app.close()));
  }).timeout(60_000);
});
