import assert from "node:assert/strict";
import { Timestamp } from "firebase-admin/firestore";
import { arrivingParticipant } from "../../src/audience/arrivingParticipant.js";
import type { ParticipantDocument } from "../../src/contract/audience.js";
import { role } from "../../src/contract/role.js";
import { invitation, speakRequestDocument } from "../../src/contract/stage.js";
import {
  STAGE_FIELDS,
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

/** The expected transitions; "-" means that there is none. */
const expected = grid(`
                           accept    reject     inviteToSpeak   inviteToCohost           acceptInvitation  lowerToSpeaker  lowerToListener  leave  lose  remove
  away                     -         -          -               -                        -                 -               away             away   -     away
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

describe("stage transitions", () => {
  it("cover every state and every event", () => {
    assert.deepEqual(expected.rows, states);
    assert.deepEqual(expected.columns, events);
    assert.deepEqual(Object.keys(STAGE_FIELDS).sort(), [...states].sort());
  });

  for (const state of states) {
    for (const event of events) {
      const to = expected.at(state, event);
      it(
        to === "-"
          ? `do not allow ${event} from ${state}`
          : `lead from ${state} to ${to} by ${event}`,
        () => {
          assert.equal(stageStep(state, event) ?? "-", to);
        },
      );
    }
  }

  it("give the permission to speak only by an accepted request or invitation", () => {
    const up = steps.filter(
      ({ state, to }) => !STAGE_FIELDS[state].canPublish && STAGE_FIELDS[to].canPublish,
    );
    assert.deepEqual([...new Set(up.map(({ event }) => event))], ["accept", "acceptInvitation"]);
  });

  it("do not change role or microphone before an invitation is accepted", () => {
    for (const { state, event, to } of steps) {
      if (event !== "inviteToSpeak" && event !== "inviteToCohost") continue;
      assert.deepEqual(
        [STAGE_FIELDS[to].role, STAGE_FIELDS[to].canPublish],
        [STAGE_FIELDS[state].role, STAGE_FIELDS[state].canPublish],
        `${event} in ${state}`,
      );
    }
  });

  it("clear the invitation of someone who is demoted, leaves or is removed", () => {
    for (const { state, event, to } of steps) {
      if (!["lowerToSpeaker", "lowerToListener", "leave", "lose", "remove"].includes(event))
        continue;
      assert.equal(STAGE_FIELDS[to].invitedTo, null, `${event} in ${state}`);
    }
  });

  it("never make anyone the creator, and never demote or remove the creator", () => {
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

/** The state of a present participant, by role, invitation and request status. */
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

describe("stageStateOf", () => {
  it("is covered for every request status", () => {
    assert.deepEqual([...stateOf.columns].sort(), [...statuses].sort());
    assert.equal(stateOf.rows.length, role.options.length * invitations.length);
  });

  for (const named of role.options) {
    for (const invitedTo of invitations) {
      const row = invitedTo === null ? named : `${named} for ${invitedTo}`;
      for (const status of statuses) {
        const person = present({ role: named, invitedTo });
        it(`is ${stateOf.at(row, status)} for a present ${row} with the request ${status}`, () => {
          assert.equal(stageStateOf(person, request(status)), stateOf.at(row, status));
        });

        it(`is away for a ${row} with the request ${status} who left or was removed`, () => {
          for (const state of ["left", "removed"] as const) {
            assert.equal(stageStateOf({ ...person, state }, request(status)), "away");
          }
        });
      }
    }
  }

  for (const status of statuses) {
    it(`is away for someone who never joined, with the request ${status}`, () => {
      assert.equal(stageStateOf(undefined, request(status)), "away");
    });
  }
});

/** The document fields for each state. */
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

describe("STAGE_FIELDS", () => {
  for (const state of states) {
    const place = STAGE_FIELDS[state];
    it(`has the expected fields for ${state}`, () => {
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
    it(`leads back to ${state}`, () => {
      const pendingRequest = request(state === "asking" ? "pending" : "none");
      assert.equal(stageStateOf(present({ ...place }), pendingRequest), state);
    });
  }
});
