import {
  adminRef,
  auditsRef,
  commentRef,
  reportsRef,
  showRef,
  showSearchRef,
  suspensionRef,
} from "../../../src/collections.js";
import type { Decision } from "../../../src/contract/decisions.js";
import { setAdmin } from "../../../src/admins/setAdmin.js";
import { appealDecision } from "../../../src/reports/appealDecision.js";
import { decideAppeal } from "../../../src/reports/decideAppeal.js";
import { hideComment } from "../../../src/reports/hideComment.js";
import { report } from "../../../src/reports/report.js";
import { resolveReport } from "../../../src/reports/resolveReport.js";
import { suspendAccount } from "../../../src/reports/suspendAccount.js";
import { takeDownShow } from "../../../src/reports/takeDownShow.js";
import { updateShowSearch } from "../../../src/search/updateShowSearch.js";
import { liftSuspension } from "../../../src/suspensions/liftSuspension.js";
import type { Name } from "../../../../test/model/state.js";
import {
  by,
  byAdmin,
  calling,
  documentsIn,
  LOST_TRIGGERS,
  thisShow,
  type Operation,
} from "../operation.js";
import type { Scene } from "../scene.js";

const reason = "Fraud";
/** Eve is the admin. */
const eve = byAdmin("eve");

/** Dan reports Cleo's comment. */
async function reportCleo(scene: Scene): Promise<void> {
  await scene.comment("cleo", "comment");
  await report(scene.world.deps, by("dan")(scene), {
    ...thisShow(scene),
    commentId: "comment",
    category: "other",
    reason: "Spam",
  });
}

async function onlyReport({ firestore: db }: Scene): Promise<string> {
  const [only] = (await reportsRef(db).get()).docs;
  if (!only) throw new Error("there is no report");
  return only.id;
}

const reportOf = new WeakMap<Scene, string>();
const reportId = (scene: Scene) => ({ reportId: reportOf.get(scene) ?? "" });

const makeFindable = ({ world, showId }: Scene) => updateShowSearch(world.deps, showId());

/** What the decisions about a person have written, and what became of them. */
async function decisionsOn(scene: Scene, name: Name) {
  const { world, firestore: db, person, showId } = scene;
  const { uid } = person(name);
  const [reports, suspension, first, second, search, comment] = await Promise.all([
    reportsRef(db).get(),
    suspensionRef(db, uid).get(),
    showRef(db, showId()).get(),
    showRef(db, showId("second")).get(),
    showSearchRef(db, showId()).get(),
    commentRef(db, showId(), "comment").get(),
  ]);
  return {
    reports: reports.docs.map((each) => each.data().state),
    audit: (await auditsRef(db).get()).size,
    notices: (await documentsIn(scene, `users/${uid}/notices`)).length,
    isApplied: suspension.data()?.isApplied,
    isDisabled: world.edges.accounts.disabled.has(uid),
    visibilities: [first.data()?.visibility, second.data()?.visibility],
    isFound: search.exists,
    isCommentHidden: comment.data()?.hidden,
  };
}

const suspensionOf =
  (name: Name) =>
  ({ person }: Scene) => ({ uid: person(name).uid, until: null, reason });

const accountSuspended: Decision = "account_suspended";

export const adminOperations: readonly Operation[] = [
  {
    name: "take a show down",
    healers: ["call", "sweepShow"],
    prepare: makeFindable,
    ...calling(takeDownShow, eve, (scene) => ({ ...thisShow(scene), reason })),
    effect: (scene) => decisionsOn(scene, "ada"),
  },
  {
    name: "hide a comment as an admin",
    healers: ["call", "event", "sweepShow"],
    prepare: (scene) => scene.comment("cleo", "comment"),
    ...calling(hideComment, eve, (scene) => ({
      ...thisShow(scene),
      commentId: "comment",
      reason,
    })),
    effect: (scene) => decisionsOn(scene, "cleo"),
  },
  {
    name: "suspend an account",
    healers: ["call", "sweepAccounts"],
    prepare: makeFindable,
    ...calling(suspendAccount, eve, suspensionOf("ada")),
    effect: (scene) => decisionsOn(scene, "ada"),
    losses: [
      {
        fault: LOST_TRIGGERS,
        runs: 1,
        differences: ["effect.isFound is true instead of false"],
        meaning: "searches still find the person's shows",
      },
    ],
  },
  {
    name: "lift a suspension",
    healers: ["call", "sweepAccounts"],
    prepare: (scene) => suspendAccount(scene.world.deps, eve(scene), suspensionOf("ada")(scene)),
    ...calling(liftSuspension, eve, ({ person }) => ({ uid: person("ada").uid, reason })),
    effect: (scene) => decisionsOn(scene, "ada"),
    losses: [
      {
        fault: LOST_TRIGGERS,
        runs: 1,
        differences: ["effect.isFound is false instead of true"],
        meaning: "searches do not find the person's shows until their next change",
      },
    ],
  },
  {
    name: "resolve a report",
    healers: ["call", "sweepAccounts"],
    async prepare(scene) {
      await reportCleo(scene);
      reportOf.set(scene, await onlyReport(scene));
    },
    ...calling(resolveReport, eve, (scene) => ({
      ...reportId(scene),
      decision: accountSuspended,
      reason,
    })),
    effect: (scene) => decisionsOn(scene, "cleo"),
  },
  {
    name: "decide an appeal",
    healers: ["call", "sweepAccounts"],
    async prepare(scene) {
      const { deps } = scene.world;
      await reportCleo(scene);
      reportOf.set(scene, await onlyReport(scene));
      const decision = { ...reportId(scene), decision: accountSuspended, reason };
      await resolveReport(deps, eve(scene), decision);
      await appealDecision(deps, by("cleo")(scene), { ...reportId(scene), text: "It was not me" });
    },
    ...calling(decideAppeal, eve, (scene) => ({
      ...reportId(scene),
      outcome: "reversed" as const,
      reason,
    })),
    effect: (scene) => decisionsOn(scene, "cleo"),
  },
  {
    name: "appoint an admin",
    healers: ["call", "sweepAccounts"],
    ...calling(setAdmin, eve, ({ person }) => ({ uid: person("dan").uid, admin: true, reason })),
    async effect({ world, firestore: db, person }) {
      const { uid } = person("dan");
      const [record, audit] = await Promise.all([adminRef(db, uid).get(), auditsRef(db).get()]);
      return {
        isApplied: record.data()?.isApplied,
        hasClaim: world.edges.accounts.admins.has(uid),
        audit: audit.size,
      };
    },
  },
];
