import assert from "node:assert/strict";
import { Timestamp } from "firebase-admin/firestore";
import { arrivingParticipant } from "../../src/audience/arrivingParticipant.js";
import type { ParticipantDocument } from "../../src/contract/audience.js";
import { role } from "../../src/contract/role.js";
import { invitation, speakRequestDocument } from "../../src/contract/stage.js";
import {
  PLACES,
  type StageEvent,
  type StageState,
  stageStateOf,
  stageStep,
} from "../../src/contract/transitions.js";
import { grid } from "../support/grid.js";

const states = [
  "away",
  "listening",
  "asking",
  "invitedToSpeak",
  "invitedToCohost",
  "speaking",
  "speakingInvitedToCohost",
  "cohosting",
  "creating",
] as const satisfies readonly StageState[];

const events = [
  "accept",
  "reject",
  "inviteToSpeak",
  "inviteToCohost",
  "acceptInvitation",
  "lowerToSpeaker",
  "lowerToListener",
  "leave",
  "lose",
  "remove",
] as const satisfies readonly StageEvent[];

/** What the product says of every step; "-": there is no such step. */
const expected = grid(`
                           accept    reject     inviteToSpeak   inviteToCohost           acceptInvitation  lowerToSpeaker  lowerToListener  leave  lose  remove
  away                     -         -          -               -                        -                 -               -                away   -     away
  listening                -         -          invitedToSpeak  invitedToCohost          -                 -               listening        away   away  away
  asking                   speaking  listening  invitedToSpeak  invitedToCohost          -                 -               asking           away   away  away
  invitedToSpeak           -         -          invitedToSpeak  invitedToCohost          speaking          -               listening        away   away  away
  invitedToCohost          -         -          invitedToSpeak  invitedToCohost          cohosting         -               listening        away   away  away
  speaking                 -         -          -               speakingInvitedToCohost  -                 speaking        listening        away   away  away
  speakingInvitedToCohost  -         -          -               speakingInvitedToCohost  cohosting         speaking        listening        away   away  away
  cohosting                -         -          -               -                        -                 speaking        listening        away   away  away
  creating                 -         -          -               -                        -                 -               -                away   away  -
`);

const steps = states.flatMap((state) =>
  events.flatMap((event) => {
    const to = stageStep(state, event);
    return to === null ? [] : [{ state, event, to }];
  }),
);

describe("the steps on the stage", () => {
  it("are expected for every state and every event", () => {
    assert.deepEqual(expected.rows, states);
    assert.deepEqual(expected.columns, events);
    assert.deepEqual(Object.keys(PLACES).sort(), [...states].sort());
  });

  for (const state of states) {
    for (const event of events) {
      const to = expected.at(state, event);
      it(
        to === "-" ? `there is no ${event} in ${state}` : `${event} leads ${state} to ${to}`,
        () => {
          assert.equal(stageStep(state, event) ?? "-", to);
        },
      );
    }
  }

  it("nobody comes to speak but by being accepted or by accepting an invitation", () => {
    const up = steps.filter(({ state, to }) => !PLACES[state].canPublish && PLACES[to].canPublish);
    assert.deepEqual([...new Set(up.map(({ event }) => event))], ["accept", "acceptInvitation"]);
  });

  it("an invitation alone changes neither role nor microphone", () => {
    for (const { state, event, to } of steps) {
      if (event !== "inviteToSpeak" && event !== "inviteToCohost") continue;
      assert.deepEqual(
        [PLACES[to].role, PLACES[to].canPublish],
        [PLACES[state].role, PLACES[state].canPublish],
        `${event} in ${state}`,
      );
    }
  });

  it("who is lowered, leaves or is removed keeps no invitation", () => {
    for (const { state, event, to } of steps) {
      if (!["lowerToSpeaker", "lowerToListener", "leave", "lose", "remove"].includes(event))
        continue;
      assert.equal(PLACES[to].invitedTo, null, `${event} in ${state}`);
    }
  });

  it("nobody becomes creator, and the creator is never lowered or removed", () => {
    assert.deepEqual(
      steps.filter(({ to }) => to === "creating"),
      [],
    );
    assert.deepEqual(
      steps.filter(({ state }) => state === "creating").map(({ event }) => event),
      ["leave", "lose"],
    );
  });
});

const present = (changes: Partial<ParticipantDocument>): ParticipantDocument => ({
  ...arrivingParticipant(
    "spotify_dan",
    { displayName: "Dan", photoUrl: null },
    "spotify_ada",
    Timestamp.fromMillis(0),
  ),
  ...changes,
});
const request = (status: string) =>
  status === "none"
    ? undefined
    : speakRequestDocument.parse({
        uid: "spotify_dan",
        status,
        createdAt: Timestamp.fromMillis(0),
      });

/** By role, invitation and the request's status, of one who is present. */
const stateOf = grid(`
                          none                     pending                  cancelled                accepted                 rejected
  creator                 creating                 creating                 creating                 creating                 creating
  creator for speaker     creating                 creating                 creating                 creating                 creating
  creator for cohost      creating                 creating                 creating                 creating                 creating
  cohost                  cohosting                cohosting                cohosting                cohosting                cohosting
  cohost for speaker      cohosting                cohosting                cohosting                cohosting                cohosting
  cohost for cohost       cohosting                cohosting                cohosting                cohosting                cohosting
  speaker                 speaking                 speaking                 speaking                 speaking                 speaking
  speaker for speaker     speaking                 speaking                 speaking                 speaking                 speaking
  speaker for cohost      speakingInvitedToCohost  speakingInvitedToCohost  speakingInvitedToCohost  speakingInvitedToCohost  speakingInvitedToCohost
  listener                listening                asking                   listening                listening                listening
  listener for speaker    invitedToSpeak           invitedToSpeak           invitedToSpeak           invitedToSpeak           invitedToSpeak
  listener for cohost     invitedToCohost          invitedToCohost          invitedToCohost          invitedToCohost          invitedToCohost
`);
const statuses = ["none", ...speakRequestDocument.shape.status.options] as const;
const invitations = [null, ...invitation.options] as const;

describe("where the documents say that a person stands", () => {
  it("is expected for every status of a request", () => {
    assert.deepEqual([...stateOf.columns].sort(), [...statuses].sort());
    assert.equal(stateOf.rows.length, role.options.length * invitations.length);
  });

  for (const named of role.options) {
    for (const invitedTo of invitations) {
      const row = invitedTo === null ? named : `${named} for ${invitedTo}`;
      for (const status of statuses) {
        const person = present({ role: named, invitedTo });
        it(`a present ${row} with the request ${status}: ${stateOf.at(row, status)}`, () => {
          assert.equal(stageStateOf(person, request(status)), stateOf.at(row, status));
        });

        it(`and away, once he left or was removed`, () => {
          for (const state of ["left", "removed"] as const) {
            assert.equal(stageStateOf({ ...person, state }, request(status)), "away");
          }
        });
      }
    }
  }

  for (const status of statuses) {
    it(`one who never came is away, with the request ${status}`, () => {
      assert.equal(stageStateOf(undefined, request(status)), "away");
    });
  }
});

/** What each state is written as. */
const places = grid(`
                           role      canPublish  invitedTo
  away                     listener  false       null
  listening                listener  false       null
  asking                   listener  false       null
  invitedToSpeak           listener  false       speaker
  invitedToCohost          listener  false       cohost
  speaking                 speaker   true        null
  speakingInvitedToCohost  speaker   true        cohost
  cohosting                cohost    true        null
  creating                 creator   true        null
`);

describe("what the documents say of each state", () => {
  for (const state of states) {
    const place = PLACES[state];
    it(`${state} is written as it should be`, () => {
      assert.deepEqual(
        { role: place.role, canPublish: `${place.canPublish}`, invitedTo: `${place.invitedTo}` },
        {
          role: places.at(state, "role"),
          canPublish: places.at(state, "canPublish"),
          invitedTo: places.at(state, "invitedTo"),
        },
      );
    });

    if (state === "away") continue;
    it(`${state} is read back from what is written`, () => {
      const asked = request(state === "asking" ? "pending" : "none");
      assert.equal(stageStateOf(present({ ...place }), asked), state);
    });
  }
});
