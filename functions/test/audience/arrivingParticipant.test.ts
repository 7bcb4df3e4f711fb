import assert from "node:assert/strict";
import { Timestamp } from "firebase-admin/firestore";
import { arrivingParticipant } from "../../src/audience/arrivingParticipant.js";

const at = Timestamp.fromMillis(0);
const card = { displayName: "Ada", photoUrl: null };

describe("an arriving participant", () => {
  it("is a listener, who may not speak", () => {
    const { role, canPublish } = arrivingParticipant("spotify_dan", card, "spotify_ada", at);
    assert.deepEqual({ role, canPublish }, { role: "listener", canPublish: false });
  });

  it("is the creator, who may speak, if the show is theirs", () => {
    const { role, canPublish } = arrivingParticipant("spotify_ada", card, "spotify_ada", at);
    assert.deepEqual({ role, canPublish }, { role: "creator", canPublish: true });
  });
});
