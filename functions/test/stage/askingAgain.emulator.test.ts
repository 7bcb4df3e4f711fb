import { doc, updateDoc } from "firebase/firestore";
import assert from "node:assert/strict";
import type { App } from "../../../local/clientApp/app.js";
import { denied, refusal } from "../../../test/support/refusal.js";
import { joinShow, leaveShow } from "../../src/contract/audience.js";
import { speakRequestRef } from "../../src/collections.js";
import { removeParticipant } from "../../src/contract/moderation.js";
import { acceptInvitation, decideSpeakRequest, setRole } from "../../src/contract/stage.js";
import { askToSpeak, waitToAskAgain } from "../support/askToSpeak.js";
import { appOf, firestore, showIn, somebody } from "../support/backstage.js";

/** Rules and callables together: which requests are allowed after a decision. */
describe("asking to speak again", () => {
  let ada: App;
  let dan: App;
  let showId: string;

  beforeEach(async () => {
    const [creator, listener] = await Promise.all([somebody("Ada"), somebody("Dan")]);
    showId = await showIn("live", creator);
    [ada, dan] = await Promise.all([appOf(creator), appOf(listener)]);
    await dan.call(joinShow, { showId });
    await askToSpeak(dan, showId);
  });
  afterEach(() => Promise.all([ada.close(), dan.close()]));

  const decide = (decision: "accept" | "reject") =>
    ada.call(decideSpeakRequest, { showId, uid: dan.uid, decision });
  const statusOf = async () =>
    (await speakRequestRef(firestore, showId, dan.uid).get()).data()?.status;

  it("is allowed for a demoted speaker 10 seconds after the last request", async () => {
    assert.deepEqual(await decide("accept"), { status: "accepted", role: "speaker" });
    await assert.rejects(askToSpeak(dan, showId), denied);
    await ada.call(setRole, { showId, uid: dan.uid, role: "listener" });
    await waitToAskAgain(dan, showId);
    await askToSpeak(dan, showId);
    assert.deepEqual(await decide("accept"), { status: "accepted", role: "speaker" });
  });

  it("is allowed for a speaker who left or was removed and rejoined", async () => {
    await decide("accept");
    await dan.call(leaveShow, { showId });
    await waitToAskAgain(dan, showId);
    await assert.rejects(askToSpeak(dan, showId), denied);
    await dan.call(joinShow, { showId });
    await askToSpeak(dan, showId);
    assert.equal(await statusOf(), "pending");

    await ada.call(removeParticipant, { showId, uid: dan.uid });
    await waitToAskAgain(dan, showId);
    await assert.rejects(askToSpeak(dan, showId), denied);
    assert.equal(await statusOf(), "cancelled");
    await dan.call(joinShow, { showId });
    await askToSpeak(dan, showId);
  });

  it("is refused right after a rejection, even after leaving and rejoining", async () => {
    await decide("reject");
    await waitToAskAgain(dan, showId);
    await assert.rejects(askToSpeak(dan, showId), denied);
    const request = doc(dan.db, `shows/${showId}/speakRequests/${dan.uid}`);
    await assert.rejects(updateDoc(request, { status: "cancelled" }), denied);
    await dan.call(leaveShow, { showId });
    await dan.call(joinShow, { showId });
    await assert.rejects(askToSpeak(dan, showId), denied);
    await ada.call(removeParticipant, { showId, uid: dan.uid });
    await dan.call(joinShow, { showId });
    await assert.rejects(askToSpeak(dan, showId), denied);
    assert.equal(await statusOf(), "rejected");
  });

  it("is refused while invited, and allowed after declining", async () => {
    await ada.call(setRole, { showId, uid: dan.uid, role: "speaker" });
    assert.equal(await statusOf(), "cancelled");
    await waitToAskAgain(dan, showId);
    await assert.rejects(askToSpeak(dan, showId), denied);
    await dan.call(setRole, { showId, uid: dan.uid, role: "listener" });
    await assert.rejects(dan.call(acceptInvitation, { showId }), refusal("NOT_INVITED"));
    await askToSpeak(dan, showId);
    assert.deepEqual(await decide("reject"), { status: "rejected", role: "listener" });
  });

  it("is refused for a banned listener, who cannot rejoin", async () => {
    await ada.call(removeParticipant, { showId, uid: dan.uid, ban: true });
    assert.equal(await statusOf(), "cancelled");
    await assert.rejects(dan.call(joinShow, { showId }), refusal("BANNED"));
    await waitToAskAgain(dan, showId);
    await assert.rejects(askToSpeak(dan, showId), denied);
    await assert.rejects(decide("accept"), refusal("REQUEST_NOT_PENDING", { status: "cancelled" }));
  });
});
