import assert from "node:assert/strict";
import { Timestamp } from "firebase-admin/firestore";
import { arrivingParticipant } from "../../src/audience/arrivingParticipant.js";
import { isSame } from "../../src/audio/convergePerson.js";
import { entitlementOf, isStageOpen } from "../../src/audio/entitlement.js";
import { silentPlayback } from "../../src/contract/silentPlayback.js";
import { startingPlayback } from "../../src/contract/startingPlayback.js";
import { type ShowDocument, showStatus } from "../../src/contract/shows.js";
import { stageDocument } from "../../src/contract/stage.js";

const at = Timestamp.fromMillis(0);
const card = { displayName: "Ada", photoUrl: null };

const talk = silentPlayback("spotify_ada", at, 0, 0);
const music = startingPlayback(undefined, 0, "spotify_ada", at, 1);
const quiet = stageDocument.parse({});
const closing = stageDocument.parse({ closing: { id: "closing", since: at } });

describe("isStageOpen", () => {
  for (const [what, playback, stage, isOpen] of [
    ["in talk", talk, quiet, true],
    ["before anything was played", undefined, undefined, true],
    ["in talk mode without a stage document", talk, undefined, true],
    ["while music is about to start", talk, closing, false],
    ["while music is about to start for the first time", undefined, closing, false],
    ["in music", music, quiet, false],
    ["in music mode with a leftover closing", music, closing, false],
  ] as const) {
    it(`is ${isOpen} ${what}`, () => {
      assert.equal(isStageOpen(playback, stage), isOpen);
    });
  }
});

const show = (status: ShowDocument["status"]): ShowDocument => ({
  creatorUid: "spotify_ada",
  creator: card,
  title: "Night drive",
  description: "",
  visibility: "public",
  status,
  scheduledFor: null,
  createdAt: at,
  updatedAt: at,
});
const creator = arrivingParticipant("spotify_ada", card, "spotify_ada", at);
const listener = arrivingParticipant("spotify_dan", card, "spotify_ada", at);

describe("entitlementOf", () => {
  for (const isOpen of [true, false]) {
    const stage = isOpen ? "open" : "closed";

    for (const role of ["creator", "cohost", "speaker"] as const) {
      it(`lets a ${role} ${isOpen ? "speak" : "only listen"} while the stage is ${stage}`, () => {
        const granted = entitlementOf(show("live"), { ...creator, role }, isOpen);
        assert.deepEqual(granted, { role, canPublish: isOpen });
      });
    }

    it(`never lets a listener speak while the stage is ${stage}`, () => {
      for (const invitedTo of [null, "speaker", "cohost"] as const) {
        const granted = entitlementOf(show("live"), { ...listener, invitedTo }, isOpen);
        assert.deepEqual(granted, { role: "listener", canPublish: false });
      }
    });

    it(`grants nothing to someone who is not there while the stage is ${stage}`, () => {
      assert.equal(entitlementOf(show("live"), undefined, isOpen), null);
      for (const state of ["left", "removed"] as const) {
        assert.equal(entitlementOf(show("live"), { ...creator, state }, isOpen), null);
      }
    });

    it(`grants nothing in a show that is not live while the stage is ${stage}`, () => {
      assert.equal(entitlementOf(undefined, creator, isOpen), null);
      for (const status of showStatus.options.filter((each) => each !== "live")) {
        assert.equal(entitlementOf(show(status), creator, isOpen), null);
      }
    });
  }
});

describe("isSame", () => {
  const speaker = { role: "speaker", canPublish: true } as const;
  for (const [a, b, same] of [
    [null, null, true],
    [speaker, speaker, true],
    [speaker, null, false],
    [null, speaker, false],
    [speaker, { role: "speaker", canPublish: false }, false],
    [speaker, { role: "cohost", canPublish: true }, false],
    [speaker, { role: null, canPublish: true }, false],
  ] as const) {
    it(`is ${same} for ${JSON.stringify(a)} and ${JSON.stringify(b)}`, () => {
      assert.equal(isSame(a, b), same);
    });
  }
});
