import assert from "node:assert/strict";
import type { Firestore } from "firebase-admin/firestore";
import { refreshAudio } from "../../src/audio/refreshAudio.js";
import { joinShow } from "../../src/audience/joinShow.js";
import { leaveShow } from "../../src/audience/leaveShow.js";
import type { Caller } from "../../src/caller.js";
import { Refusal } from "../../src/errors.js";
import { hideComments } from "../../src/moderation/hideComments.js";
import { muteSpeaker } from "../../src/moderation/muteSpeaker.js";
import { removeParticipant } from "../../src/moderation/removeParticipant.js";
import { report } from "../../src/reports/report.js";
import { unban } from "../../src/moderation/unban.js";
import { checkShow } from "../../src/shows/checkShow.js";
import { endShow } from "../../src/shows/endShow.js";
import { type ShowStatus, showStatus } from "../../src/contract/shows.js";
import { acceptInvitation } from "../../src/stage/acceptInvitation.js";
import { decideSpeakRequest } from "../../src/stage/decideSpeakRequest.js";
import { setRole } from "../../src/stage/setRole.js";
import { setStageMode } from "../../src/stage/setStageMode.js";
import { quietFirestore } from "../support/backstage.js";
import { type Cast, castOf, type Lead, type PartName } from "../support/cast.js";
import { everythingAbout } from "../support/everythingAbout.js";
import { type Grid, grid } from "../support/grid.js";
import { showEdges, type ShowEdges } from "../support/showEdges.js";

const callers = [
  "creator",
  "cohost",
  "speaker",
  "listener",
  "invited",
  "left",
  "removed",
  "banned",
  "stranger",
  "admin",
  "absent creator",
  "leading cohost",
] as const;
type CallerName = (typeof callers)[number];

/**
 * Callers for a show whose creator is absent, so that the cohost leads. A table names them only if
 * that changes the outcome.
 */
const partOf = (caller: CallerName): PartName => {
  if (caller === "absent creator") return "creator";
  return caller === "leading cohost" ? "cohost" : caller;
};
const leadOf = (caller: CallerName): Lead => (partOf(caller) === caller ? "creator" : "cohost");

/**
 * The people on whom the operation is performed. Caller and target are different people of the same
 * role.
 */
const targets = {
  creator: "creator",
  cohost: "another cohost",
  speaker: "another speaker",
  listener: "another listener",
  invited: "another invited",
  left: "another left",
  banned: "another banned",
  stranger: "another stranger",
} as const satisfies Record<string, PartName>;
type TargetName = keyof typeof targets | "oneself";
const targetNames: readonly TargetName[] = [
  "creator",
  "cohost",
  "speaker",
  "listener",
  "invited",
  "left",
  "banned",
  "oneself",
  "stranger",
];

type ToSomebody = (
  deps: ShowEdges,
  caller: Caller,
  person: { showId: string; uid: string },
) => Promise<unknown>;
type ToTheShow = (deps: ShowEdges, caller: Caller, show: { showId: string }) => Promise<unknown>;

/**
 * Outcomes in a live show, by caller and target. The listeners have asked to speak, and the
 * speakers were accepted. "yes" means that it works or was already done.
 */
const whileLive: Record<string, { operation: ToSomebody; outcomes: Grid }> = {
  "accepting a request": {
    operation: (deps, caller, to) =>
      decideSpeakRequest(deps, caller, { ...to, decision: "accept" }),
    outcomes: grid(`
                      creator              cohost               speaker   listener  invited              left                 banned               oneself              stranger
      creator         REQUEST_NOT_PENDING  REQUEST_NOT_PENDING  yes       yes       REQUEST_NOT_PENDING  REQUEST_NOT_PENDING  REQUEST_NOT_PENDING  REQUEST_NOT_PENDING  REQUEST_NOT_PENDING
      cohost          REQUEST_NOT_PENDING  REQUEST_NOT_PENDING  yes       yes       REQUEST_NOT_PENDING  REQUEST_NOT_PENDING  REQUEST_NOT_PENDING  REQUEST_NOT_PENDING  REQUEST_NOT_PENDING
      everybody else  NOT_HOST             NOT_HOST             NOT_HOST  NOT_HOST  NOT_HOST             NOT_HOST             NOT_HOST             NOT_HOST             NOT_HOST
    `),
  },
  "rejecting a request": {
    operation: (deps, caller, to) =>
      decideSpeakRequest(deps, caller, { ...to, decision: "reject" }),
    outcomes: grid(`
                      creator              cohost               speaker              listener  invited              left                 banned               oneself              stranger
      creator         REQUEST_NOT_PENDING  REQUEST_NOT_PENDING  REQUEST_NOT_PENDING  yes       REQUEST_NOT_PENDING  REQUEST_NOT_PENDING  REQUEST_NOT_PENDING  REQUEST_NOT_PENDING  REQUEST_NOT_PENDING
      cohost          REQUEST_NOT_PENDING  REQUEST_NOT_PENDING  REQUEST_NOT_PENDING  yes       REQUEST_NOT_PENDING  REQUEST_NOT_PENDING  REQUEST_NOT_PENDING  REQUEST_NOT_PENDING  REQUEST_NOT_PENDING
      everybody else  NOT_HOST             NOT_HOST             NOT_HOST             NOT_HOST  NOT_HOST             NOT_HOST             NOT_HOST             NOT_HOST             NOT_HOST
    `),
  },
  "making a cohost": {
    operation: (deps, caller, to) => setRole(deps, caller, { ...to, role: "cohost" }),
    outcomes: grid(`
                      creator           cohost       speaker      listener     invited      left             banned           oneself           stranger
      creator         INVALID_ARGUMENT  yes          yes          yes          yes          NOT_PARTICIPANT  NOT_PARTICIPANT  INVALID_ARGUMENT  NOT_PARTICIPANT
      cohost          NOT_CREATOR       NOT_CREATOR  NOT_CREATOR  NOT_CREATOR  NOT_CREATOR  NOT_CREATOR      NOT_CREATOR      yes               NOT_CREATOR
      everybody else  NOT_HOST          NOT_HOST     NOT_HOST     NOT_HOST     NOT_HOST     NOT_HOST         NOT_HOST         NOT_HOST          NOT_HOST
    `),
  },
  "making a speaker": {
    operation: (deps, caller, to) => setRole(deps, caller, { ...to, role: "speaker" }),
    outcomes: grid(`
                      creator           cohost       speaker   listener  invited   left             banned           oneself           stranger
      creator         INVALID_ARGUMENT  yes          yes       yes       yes       NOT_PARTICIPANT  NOT_PARTICIPANT  INVALID_ARGUMENT  NOT_PARTICIPANT
      cohost          NOT_CREATOR       NOT_CREATOR  yes       yes       yes       NOT_PARTICIPANT  NOT_PARTICIPANT  yes               NOT_PARTICIPANT
      speaker         NOT_HOST          NOT_HOST     NOT_HOST  NOT_HOST  NOT_HOST  NOT_HOST         NOT_HOST         yes               NOT_HOST
      everybody else  NOT_HOST          NOT_HOST     NOT_HOST  NOT_HOST  NOT_HOST  NOT_HOST         NOT_HOST         NOT_HOST          NOT_HOST
    `),
  },
  "making a listener": {
    operation: (deps, caller, to) => setRole(deps, caller, { ...to, role: "listener" }),
    outcomes: grid(`
                      creator           cohost       speaker   listener  invited   left             banned           oneself           stranger
      creator         INVALID_ARGUMENT  yes          yes       yes       yes       NOT_PARTICIPANT  NOT_PARTICIPANT  INVALID_ARGUMENT  NOT_PARTICIPANT
      cohost          NOT_CREATOR       NOT_CREATOR  yes       yes       yes       NOT_PARTICIPANT  NOT_PARTICIPANT  yes               NOT_PARTICIPANT
      speaker         NOT_HOST          NOT_HOST     NOT_HOST  NOT_HOST  NOT_HOST  NOT_HOST         NOT_HOST         yes               NOT_HOST
      listener        NOT_HOST          NOT_HOST     NOT_HOST  NOT_HOST  NOT_HOST  NOT_HOST         NOT_HOST         yes               NOT_HOST
      invited         NOT_HOST          NOT_HOST     NOT_HOST  NOT_HOST  NOT_HOST  NOT_HOST         NOT_HOST         yes               NOT_HOST
      everybody else  NOT_HOST          NOT_HOST     NOT_HOST  NOT_HOST  NOT_HOST  NOT_HOST         NOT_HOST         NOT_HOST          NOT_HOST
    `),
  },
  "muting": {
    operation: muteSpeaker,
    outcomes: grid(`
                      creator          cohost       speaker   listener  invited   left             banned           oneself          stranger
      creator         yes              yes          yes       yes       yes       NOT_PARTICIPANT  NOT_PARTICIPANT  yes              NOT_PARTICIPANT
      absent creator  NOT_PARTICIPANT  yes          yes       yes       yes       NOT_PARTICIPANT  NOT_PARTICIPANT  NOT_PARTICIPANT  NOT_PARTICIPANT
      cohost          NOT_CREATOR      NOT_CREATOR  yes       yes       yes       NOT_PARTICIPANT  NOT_PARTICIPANT  yes              NOT_PARTICIPANT
      everybody else  NOT_HOST         NOT_HOST     NOT_HOST  NOT_HOST  NOT_HOST  NOT_HOST         NOT_HOST         NOT_HOST         NOT_HOST
    `),
  },
  "removing": {
    operation: removeParticipant,
    outcomes: grid(`
                      creator           cohost       speaker   listener  invited   left             banned           oneself           stranger
      creator         INVALID_ARGUMENT  yes          yes       yes       yes       yes       yes       INVALID_ARGUMENT  NOT_PARTICIPANT
      cohost          NOT_CREATOR       NOT_CREATOR  yes       yes       yes       yes       yes       NOT_CREATOR       NOT_PARTICIPANT
      everybody else  NOT_HOST          NOT_HOST     NOT_HOST  NOT_HOST  NOT_HOST  NOT_HOST         NOT_HOST         NOT_HOST          NOT_HOST
    `),
  },
  "banning": {
    operation: (deps, caller, to) => removeParticipant(deps, caller, { ...to, ban: true }),
    outcomes: grid(`
                      creator           cohost       speaker   listener  invited   left      banned    oneself           stranger
      creator         INVALID_ARGUMENT  yes          yes       yes       yes       yes       yes       INVALID_ARGUMENT  yes
      cohost          NOT_CREATOR       NOT_CREATOR  yes       yes       yes       yes       yes       NOT_CREATOR       yes
      everybody else  NOT_HOST          NOT_HOST     NOT_HOST  NOT_HOST  NOT_HOST  NOT_HOST  NOT_HOST  NOT_HOST          NOT_HOST
    `),
  },
  "hiding all of somebody's comments": {
    operation: hideComments,
    outcomes: grid(`
                      creator           cohost       speaker   listener  invited   left      banned    oneself           stranger
      creator         INVALID_ARGUMENT  yes          yes       yes       yes       yes       yes       INVALID_ARGUMENT  yes
      cohost          NOT_CREATOR       NOT_CREATOR  yes       yes       yes       yes       yes       NOT_CREATOR       yes
      everybody else  NOT_HOST          NOT_HOST     NOT_HOST  NOT_HOST  NOT_HOST  NOT_HOST  NOT_HOST  NOT_HOST          NOT_HOST
    `),
  },
  "lifting a ban": {
    operation: unban,
    outcomes: grid(`
                      creator   cohost    speaker   listener  invited   left      banned    oneself   stranger
      creator         yes       yes       yes       yes       yes       yes       yes       yes       yes
      cohost          yes       yes       yes       yes       yes       yes       yes       yes       yes
      everybody else  NOT_HOST  NOT_HOST  NOT_HOST  NOT_HOST  NOT_HOST  NOT_HOST  NOT_HOST  NOT_HOST  NOT_HOST
    `),
  },
};

/** Where the target makes no difference, three of them show it. */
const targetsIn = (status: ShowStatus): readonly TargetName[] =>
  status === "live" ? targetNames : ["listener", "oneself", "stranger"];

/** The outcomes for any target in a show that is not live. */
const otherwise = grid(`
                  draft          scheduled      ended          cancelled
  creator         SHOW_NOT_LIVE  SHOW_NOT_LIVE  SHOW_NOT_LIVE  SHOW_NOT_LIVE
  cohost          SHOW_NOT_LIVE  SHOW_NOT_LIVE  SHOW_NOT_LIVE  SHOW_NOT_LIVE
  everybody else  NOT_HOST       NOT_HOST       NOT_HOST       NOT_HOST
`);

const hostsWhileLive = grid(`
                  draft          scheduled      live      ended          cancelled
  creator         SHOW_NOT_LIVE  SHOW_NOT_LIVE  yes       SHOW_NOT_LIVE  SHOW_NOT_LIVE
  cohost          SHOW_NOT_LIVE  SHOW_NOT_LIVE  yes       SHOW_NOT_LIVE  SHOW_NOT_LIVE
  everybody else  NOT_HOST       NOT_HOST       NOT_HOST  NOT_HOST       NOT_HOST
`);

/** Outcomes of operations without a target, by caller and show status. */
const toTheShow: Record<string, { operation: ToTheShow; outcomes: Grid }> = {
  "starting the music": {
    operation: (deps, caller, show) => setStageMode(deps, caller, { ...show, mode: "music" }),
    outcomes: hostsWhileLive,
  },
  "going back to talk": {
    operation: (deps, caller, show) => setStageMode(deps, caller, { ...show, mode: "talk" }),
    outcomes: hostsWhileLive,
  },
  "accepting an invitation": {
    operation: acceptInvitation,
    outcomes: grid(`
                      draft          scheduled      live             ended          cancelled
      creator         SHOW_NOT_LIVE  SHOW_NOT_LIVE  NOT_INVITED      SHOW_NOT_LIVE  SHOW_NOT_LIVE
      absent creator  SHOW_NOT_LIVE  SHOW_NOT_LIVE  NOT_PARTICIPANT  SHOW_NOT_LIVE  SHOW_NOT_LIVE
      cohost          SHOW_NOT_LIVE  SHOW_NOT_LIVE  yes              SHOW_NOT_LIVE  SHOW_NOT_LIVE
      speaker         SHOW_NOT_LIVE  SHOW_NOT_LIVE  yes              SHOW_NOT_LIVE  SHOW_NOT_LIVE
      listener        SHOW_NOT_LIVE  SHOW_NOT_LIVE  NOT_INVITED      SHOW_NOT_LIVE  SHOW_NOT_LIVE
      invited         SHOW_NOT_LIVE  SHOW_NOT_LIVE  yes              SHOW_NOT_LIVE  SHOW_NOT_LIVE
      everybody else  SHOW_NOT_LIVE  SHOW_NOT_LIVE  NOT_PARTICIPANT  SHOW_NOT_LIVE  SHOW_NOT_LIVE
    `),
  },
  "refreshing the audio": {
    operation: refreshAudio,
    outcomes: grid(`
                      draft          scheduled      live             ended          cancelled
      creator         SHOW_NOT_LIVE  SHOW_NOT_LIVE  yes              SHOW_NOT_LIVE  SHOW_NOT_LIVE
      absent creator  SHOW_NOT_LIVE  SHOW_NOT_LIVE  NOT_PARTICIPANT  SHOW_NOT_LIVE  SHOW_NOT_LIVE
      cohost          SHOW_NOT_LIVE  SHOW_NOT_LIVE  yes              SHOW_NOT_LIVE  SHOW_NOT_LIVE
      speaker         SHOW_NOT_LIVE  SHOW_NOT_LIVE  yes              SHOW_NOT_LIVE  SHOW_NOT_LIVE
      listener        SHOW_NOT_LIVE  SHOW_NOT_LIVE  yes              SHOW_NOT_LIVE  SHOW_NOT_LIVE
      invited         SHOW_NOT_LIVE  SHOW_NOT_LIVE  yes              SHOW_NOT_LIVE  SHOW_NOT_LIVE
      banned          BANNED         BANNED         BANNED           BANNED         BANNED
      everybody else  SHOW_NOT_LIVE  SHOW_NOT_LIVE  NOT_PARTICIPANT  SHOW_NOT_LIVE  SHOW_NOT_LIVE
    `),
  },
  "joining": {
    operation: joinShow,
    outcomes: grid(`
                      draft          scheduled      live    ended          cancelled
      banned          BANNED         BANNED         BANNED  BANNED         BANNED
      everybody else  SHOW_NOT_LIVE  SHOW_NOT_LIVE  yes     SHOW_NOT_LIVE  SHOW_NOT_LIVE
    `),
  },
  "leaving": {
    operation: leaveShow,
    outcomes: grid(`
                      draft            scheduled        live             ended            cancelled
      removed         NOT_PARTICIPANT  NOT_PARTICIPANT  NOT_PARTICIPANT  NOT_PARTICIPANT  NOT_PARTICIPANT
      banned          NOT_PARTICIPANT  NOT_PARTICIPANT  NOT_PARTICIPANT  NOT_PARTICIPANT  NOT_PARTICIPANT
      stranger        NOT_PARTICIPANT  NOT_PARTICIPANT  NOT_PARTICIPANT  NOT_PARTICIPANT  NOT_PARTICIPANT
      admin           NOT_PARTICIPANT  NOT_PARTICIPANT  NOT_PARTICIPANT  NOT_PARTICIPANT  NOT_PARTICIPANT
      everybody else  yes              yes              yes              yes              yes
    `),
  },
  "ending it": {
    operation: endShow,
    outcomes: grid(`
                      draft          scheduled      live      ended     cancelled
      creator         SHOW_NOT_LIVE  SHOW_NOT_LIVE  yes       yes       SHOW_NOT_LIVE
      admin           SHOW_NOT_LIVE  SHOW_NOT_LIVE  yes       yes       SHOW_NOT_LIVE
      leading cohost  SHOW_NOT_LIVE  SHOW_NOT_LIVE  yes       yes       SHOW_NOT_LIVE
      everybody else  NOT_HOST       NOT_HOST       NOT_HOST  NOT_HOST  NOT_HOST
    `),
  },
  "checking it": {
    operation: checkShow,
    outcomes: grid(`
                      draft        scheduled    live         ended        cancelled
      creator         yes          yes          yes          yes          yes
      everybody else  NOT_CREATOR  NOT_CREATOR  NOT_CREATOR  NOT_CREATOR  NOT_CREATOR
    `),
  },
  "reporting": {
    operation: (deps, caller, show) => report(deps, caller, { ...show, reason: "rude" }),
    outcomes: grid(`
                      draft           scheduled  live  ended  cancelled
      creator         yes             yes        yes   yes    yes
      everybody else  SHOW_NOT_FOUND  yes        yes   yes    yes
    `),
  },
};

/** One call and its expected outcome. */
interface Attempt {
  readonly by: string;
  readonly lead: Lead;
  readonly expected: string;
  /** Caller and target. */
  readonly parts: readonly PartName[];
  make(deps: ShowEdges, cast: Cast): Promise<unknown>;
}

function cell(outcomes: Grid, caller: CallerName, column: string): string {
  const row = [caller, partOf(caller)].find((name) => outcomes.rows.includes(name));
  return outcomes.at(row ?? "everybody else", column);
}

const describeOutcome = ({ by, expected }: Pick<Attempt, "by" | "expected">) =>
  `${by}: ${expected}`;

async function outcomeOf(attempt: Attempt, deps: ShowEdges, cast: Cast): Promise<string> {
  const { by } = attempt;
  try {
    await attempt.make(deps, cast);
    return describeOutcome({ by, expected: "yes" });
  } catch (error) {
    return describeOutcome({
      by,
      expected: error instanceof Refusal ? error.reason : String(error),
    });
  }
}

describe("permissions on the stage", () => {
  let firestore: Firestore;
  /** Where calls succeed. Apart, since each query of the emulator goes through all documents. */
  let changing: Firestore;

  before(() => {
    firestore = quietFirestore();
    changing = quietFirestore();
  });
  after(() => Promise.all([firestore.terminate(), changing.terminate()]));

  /** By kind, the one show in which calls are refused, with its documents. */
  const unchanged = new Map<string, Promise<{ cast: Cast; documents: Record<string, unknown> }>>();
  const createUnchanged = async (status: ShowStatus, lead: Lead) => {
    const cast = await castOf(firestore, status, lead);
    return { cast, documents: await everythingAbout(firestore, cast.showId) };
  };

  /** Makes all calls that must be refused, and checks that they change nothing. */
  async function tryInVain(status: ShowStatus, lead: Lead, attempts: readonly Attempt[]) {
    const kind = `${status} ${lead}`;
    const shared = unchanged.get(kind) ?? createUnchanged(status, lead);
    unchanged.set(kind, shared);
    const { cast, documents } = await shared;
    const refused = attempts.filter((each) => each.lead === lead && each.expected !== "yes");
    const deps = showEdges(firestore);
    assert.deepEqual(
      await Promise.all(refused.map((attempt) => outcomeOf(attempt, deps, cast))),
      refused.map(describeOutcome),
    );
    assert.deepEqual(await everythingAbout(firestore, cast.showId), documents);
  }

  /** Makes each call that must succeed in its own show. */
  async function tryAll(status: ShowStatus, attempts: readonly Attempt[]): Promise<void> {
    await tryInVain(status, "creator", attempts);
    await tryInVain(status, "cohost", attempts);
    const deps = showEdges(changing);
    const done = attempts.filter(({ expected }) => expected === "yes");
    // One after another: the emulator's transactions with queries wait for each other, even across
    // shows.
    const outcomes: string[] = [];
    for (const attempt of done) {
      const cast = await castOf(changing, status, attempt.lead, attempt.parts);
      outcomes.push(await outcomeOf(attempt, deps, cast));
    }
    assert.deepEqual(outcomes, done.map(describeOutcome));
  }

  const as = (caller: CallerName, cast: Cast): Caller => ({
    uid: cast.uid(partOf(caller)),
    isAdmin: caller === "admin",
  });

  for (const [what, { operation, outcomes }] of Object.entries(whileLive)) {
    for (const status of showStatus.options) {
      it(`${what} in a show that is ${status}`, () =>
        tryAll(
          status,
          callers.flatMap((caller) =>
            targetsIn(status).map((target) => {
              const targetPart = target === "oneself" ? partOf(caller) : targets[target];
              return {
                lead: leadOf(caller),
                by: `the ${caller}, of ${target === "oneself" ? "themselves" : `the ${target}`}`,
                expected:
                  status === "live"
                    ? cell(outcomes, caller, target)
                    : cell(otherwise, caller, status),
                parts: [partOf(caller), targetPart],
                make: (deps: ShowEdges, cast: Cast) =>
                  operation(deps, as(caller, cast), {
                    showId: cast.showId,
                    uid: cast.uid(targetPart),
                  }),
              };
            }),
          ),
        ));
    }
  }

  for (const [what, { operation, outcomes }] of Object.entries(toTheShow)) {
    for (const status of showStatus.options) {
      it(`${what} in a show that is ${status}`, () =>
        tryAll(
          status,
          callers.map((caller) => ({
            lead: leadOf(caller),
            by: `the ${caller}`,
            expected: cell(outcomes, caller, status),
            parts: [partOf(caller)],
            make: (deps: ShowEdges, cast: Cast) =>
              operation(deps, as(caller, cast), { showId: cast.showId }),
          })),
        ));
    }
  }

  it("every operation is refused in a show that does not exist", async () => {
    const deps = showEdges(firestore);
    const cast = await castOf(firestore, "live");
    const nowhere = { showId: "no-such-show", uid: cast.uid("another listener") };
    const operations = [...Object.values(whileLive), ...Object.values(toTheShow)];
    await Promise.all(
      operations.flatMap(({ operation }) =>
        callers.map((caller) =>
          assert.rejects(operation(deps, as(caller, cast), nowhere), { reason: "SHOW_NOT_FOUND" }),
        ),
      ),
    );
    assert.deepEqual(
      Object.keys(await everythingAbout(firestore, "no-such-show")).filter((path) =>
        path.includes("no-such-show/"),
      ),
      [],
    );
  });
});
