import assert from "node:assert/strict";
import { Timestamp } from "firebase-admin/firestore";
import { arrivingParticipant } from "../../src/audience/arrivingParticipant.js";
import type { ParticipantDocument } from "../../src/contract/audience.js";
import { type ShowDocument, showStatus } from "../../src/contract/shows.js";
import { assertWithinReach, hosting } from "../../src/stage/authority.js";

const at = Timestamp.fromMillis(0);
const card = { displayName: "Ada", photoUrl: null };
const ADA = "spotify_ada";
const BOB = "spotify_bob";

const show: ShowDocument = {
  creatorUid: ADA,
  creator: card,
  title: "Night drive",
  description: "",
  visibility: "public",
  status: "live",
  scheduledFor: null,
  createdAt: at,
  updatedAt: at,
};
const bob = (changes: Partial<ParticipantDocument>): ParticipantDocument => ({
  ...arrivingParticipant(BOB, card, ADA, at),
  ...changes,
});

describe("who hosts a live show", () => {
  it("is its creator, also while they are away", () => {
    assert.deepEqual(hosting(show, undefined, ADA), { show, host: "creator" });
  });

  it("is a cohost who is present", () => {
    assert.deepEqual(hosting(show, bob({ role: "cohost" }), BOB), { show, host: "cohost" });
  });

  for (const [what, participant] of [
    ["a cohost who left", bob({ role: "cohost", state: "left" })],
    ["a cohost who is lost", bob({ role: "cohost", state: "lost" })],
    ["a speaker", bob({ role: "speaker" })],
    ["a listener", bob({ role: "listener" })],
    ["a stranger", undefined],
  ] as const) {
    it(`is not ${what}, who does not learn whether the show is live`, () => {
      for (const status of showStatus.options) {
        assert.throws(() => hosting({ ...show, status }, participant, BOB), { reason: "NOT_HOST" });
      }
    });
  }

  it("is nobody without a show", () => {
    assert.throws(() => hosting(undefined, undefined, ADA), { reason: "SHOW_NOT_FOUND" });
  });

  it("is nobody before the show starts and after its end", () => {
    for (const status of showStatus.options.filter((each) => each !== "live")) {
      assert.throws(() => hosting({ ...show, status }, undefined, ADA), {
        reason: "SHOW_NOT_LIVE",
        details: { status },
      });
    }
  });
});

describe("whom a host may act on", () => {
  const reaches = (host: "creator" | "cohost", uid: string, role: ParticipantDocument["role"]) => {
    assertWithinReach(host, show, { uid, role });
  };

  it("is everyone on or off the stage, for the creator", () => {
    for (const role of ["cohost", "speaker", "listener"] as const) reaches("creator", BOB, role);
    assertWithinReach("creator", show, { uid: BOB, role: undefined });
  });

  it("is speakers, listeners and people who are not there, for a cohost", () => {
    for (const role of ["speaker", "listener"] as const) reaches("cohost", BOB, role);
    assertWithinReach("cohost", show, { uid: BOB, role: undefined });
  });

  it("is neither the creator nor another cohost, for a cohost", () => {
    const refused = { reason: "NOT_CREATOR" };
    assert.throws(() => {
      reaches("cohost", BOB, "cohost");
    }, refused);
    assert.throws(() => {
      reaches("cohost", ADA, "creator");
    }, refused);
  });

  it("is not the creator themselves, which is a mistake in the request", () => {
    assert.throws(
      () => {
        reaches("creator", ADA, "creator");
      },
      {
        reason: "INVALID_ARGUMENT",
        details: { issues: [{ path: "uid", message: "must not be the show's creator" }] },
      },
    );
  });
});
