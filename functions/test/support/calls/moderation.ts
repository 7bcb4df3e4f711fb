import { type Firestore, Timestamp } from "firebase-admin/firestore";
import { commentRef, suspensionRef } from "../../../src/collections.js";
import type { Dependencies } from "../../../src/dependencies.js";
import { appealDecision } from "../../../src/reports/appealDecision.js";
import { decideAppeal } from "../../../src/reports/decideAppeal.js";
import { hideComment } from "../../../src/reports/hideComment.js";
import { liftSuspension } from "../../../src/suspensions/liftSuspension.js";
import { listReports } from "../../../src/reports/listReports.js";
import { resolveReport } from "../../../src/reports/resolveReport.js";
import { setAdmin } from "../../../src/admins/setAdmin.js";
import { suspendAccount } from "../../../src/reports/suspendAccount.js";
import { takeDownShow } from "../../../src/reports/takeDownShow.js";
import { hideComments } from "../../../src/moderation/hideComments.js";
import { muteSpeaker } from "../../../src/moderation/muteSpeaker.js";
import { removeParticipant } from "../../../src/moderation/removeParticipant.js";
import { report } from "../../../src/reports/report.js";
import { unban } from "../../../src/moderation/unban.js";
import { setWordFilter } from "../../../src/wordFilter/setWordFilter.js";
import { showIn, somebody, type Person } from "../backstage.js";
import { as } from "../callers.js";
import { admin, audience, type Call, each, people, times } from "./scenes.js";

export const moderationCalls: readonly Call[] = [
  {
    name: "muteSpeaker",
    goal: 1,
    scene: async (firestore, callers) => {
      const { ada, showId, listeners } = await audience(firestore, callers);
      return (deps) => each(listeners, ({ uid }) => muteSpeaker(deps, as(ada), { showId, uid }));
    },
  },
  {
    name: "removeParticipant",
    goal: 4,
    scene: async (firestore, callers) => {
      const { ada, showId, listeners } = await audience(firestore, callers);
      return (deps) =>
        each(listeners, ({ uid }) => removeParticipant(deps, as(ada), { showId, uid, ban: true }));
    },
  },
  {
    name: "hideComments",
    goal: 3,
    scene: async (firestore, callers) => {
      const { ada, showId, listeners } = await audience(firestore, callers);
      await commentOfEach(firestore, showId, listeners);
      return (deps) => each(listeners, ({ uid }) => hideComments(deps, as(ada), { showId, uid }));
    },
  },
  {
    name: "unban",
    goal: 2,
    scene: async (firestore, callers) => {
      const { ada, showId, listeners } = await audience(firestore, callers);
      return (deps) => each(listeners, ({ uid }) => unban(deps, as(ada), { showId, uid }));
    },
  },
  {
    name: "setWordFilter",
    goal: 2,
    scene: async (firestore, callers) => {
      const ada = await somebody("Ada", firestore);
      const showId = await showIn("live", ada, {}, firestore);
      return (deps) =>
        times(callers, () => setWordFilter(deps, as(ada), { showId, words: ["spam"] }));
    },
  },
  {
    name: "report",
    goal: 2,
    scene: async (firestore, callers) => {
      const { ada, showId, listeners } = await audience(firestore, callers);
      return (deps) =>
        each(listeners, (listener) =>
          report(deps, as(listener), { showId, uid: ada.uid, reason: "rude" }),
        );
    },
  },
  {
    name: "listReports",
    goal: 2,
    scene: async (firestore, callers) => {
      const ada = await somebody("Ada", firestore);
      return (deps) => times(callers, () => listReports(deps, admin(ada), {}));
    },
  },
  {
    name: "resolveReport",
    goal: 4,
    scene: async (firestore, callers) => {
      const { showId, ada, listeners } = await audience(firestore, callers);
      return async (deps) => {
        const filed = await Promise.all(
          listeners.map((listener) =>
            report(deps, as(listener), { showId, uid: listener.uid, reason: "rude" }),
          ),
        );
        return each(filed, ({ reportId }) =>
          resolveReport(deps, admin(ada), {
            reportId,
            decision: "no_violation",
            reason: "Fine",
          }),
        );
      };
    },
  },
  {
    name: "appealDecision",
    goal: 3,
    scene: decidedReports((deps, { reportId, person }) =>
      appealDecision(deps, as(person), { reportId, text: "No" }),
    ),
  },
  {
    name: "decideAppeal",
    goal: 4,
    scene: decidedReports(
      (deps, { reportId, ada }) =>
        decideAppeal(deps, admin(ada), { reportId, outcome: "upheld", reason: "Still" }),
      (deps, { reportId, person }) => appealDecision(deps, as(person), { reportId, text: "No" }),
    ),
  },
  {
    name: "hideComment",
    goal: 3,
    scene: async (firestore, callers) => {
      const { showId, ada, listeners } = await audience(firestore, callers);
      await commentOfEach(firestore, showId, listeners);
      return (deps) =>
        each(listeners, ({ uid }) =>
          hideComment(deps, admin(ada), { showId, commentId: uid, reason: "rude" }),
        );
    },
  },
  {
    name: "takeDownShow",
    // Three more than the end of a show: the show, who gets a notice, and those who are in it.
    goal: 11,
    scene: async (firestore, callers) => {
      const { showId } = await audience(firestore, 0);
      const moderator = await somebody("Mo", firestore);
      return (deps) =>
        times(callers, () => takeDownShow(deps, admin(moderator), { showId, reason: "fraud" }));
    },
  },
  {
    name: "suspendAccount",
    // Four for the suspension, and then the account, their live show and the shows that they are in.
    goal: 11,
    scene: async (firestore, callers) => {
      const [moderator, ...targets] = await people(firestore, callers + 1);
      return (deps) =>
        each(targets, ({ uid }) =>
          suspendAccount(deps, admin(moderator), { uid, until: null, reason: "fraud" }),
        );
    },
  },
  {
    name: "liftSuspension",
    goal: 7,
    scene: async (firestore, callers) => {
      const [moderator, ...targets] = await people(firestore, callers + 1);
      await Promise.all(
        targets.map(({ uid }) =>
          suspensionRef(firestore, uid).set({
            uid,
            reportId: "report",
            by: "operator",
            reason: "fraud",
            at: Timestamp.now(),
            until: null,
            isApplied: true,
          }),
        ),
      );
      return (deps) =>
        each(targets, ({ uid }) =>
          liftSuspension(deps, admin(moderator), { uid, reason: "mistake" }),
        );
    },
  },
  {
    name: "setAdmin",
    goal: 5,
    scene: async (firestore, callers) => {
      const [moderator, ...targets] = await people(firestore, callers + 1);
      return (deps) =>
        each(targets, ({ uid }) =>
          setAdmin(deps, admin(moderator), { uid, admin: true, reason: "new" }),
        );
    },
  },
];

async function commentOfEach(db: Firestore, showId: string, authors: readonly Person[]) {
  await Promise.all(
    authors.map(({ uid }) =>
      commentRef(db, showId, uid).set({
        authorUid: uid,
        author: { displayName: "P", photoUrl: null },
        text: "Boo",
        createdAt: Timestamp.now(),
        hidden: false,
      }),
    ),
  );
}

interface DecidedReport {
  readonly reportId: string;
  readonly ada: Person;
  readonly person: Person;
}
type Step = (deps: Dependencies, decided: DecidedReport) => Promise<unknown>;

/** A report about each of `callers` people that an admin has decided, `before` what is measured. */
function decidedReports(step: Step, before?: Step): Call["scene"] {
  return async (firestore, callers) => {
    const { showId, ada, listeners } = await audience(firestore, callers);
    return async (deps) => {
      const decided = await Promise.all(
        listeners.map(async (person) => {
          const complaint = { showId, uid: person.uid, reason: "rude" };
          const { reportId } = await report(deps, as(person), complaint);
          const decision = "warning_given";
          await resolveReport(deps, admin(ada), { reportId, decision, reason: "Be kind" });
          await before?.(deps, { reportId, ada, person });
          return { reportId, ada, person };
        }),
      );
      return each(decided, (report) => step(deps, report));
    };
  };
}
