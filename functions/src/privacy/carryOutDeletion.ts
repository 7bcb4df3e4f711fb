import { Timestamp } from "firebase-admin/firestore";
import { attemptAll } from "../attemptAll.js";
import { deletionRef } from "../collections.js";
import type { SubjectRole } from "../contract/dataPolicies.js";
import { fieldsOf, type InventoryEntry } from "../contract/inventory.js";
import type { Dependencies } from "../dependencies.js";
import { log, pseudonymOf } from "../log.js";
import { cancelUnstartedShows } from "./cancelUnstartedShows.js";
import { erasureOf } from "./erasureOf.js";
import { leaveBeforeDeletion } from "./leaveBeforeDeletion.js";
import { type PersonalDocument, type Source, sourcesOf, stillNames } from "./sources.js";

const PAGE = 200;

export type DeletionDependencies = Pick<
  Dependencies,
  "firestore" | "clock" | "rooms" | "tasks" | "accounts" | "audienceIntervalMs" | "digestIntervalMs"
>;

/** A part of a deletion. All of them are safe to repeat and to interrupt. */
export interface DeletionStep {
  readonly name: string;
  /** False: time ran out before it was finished. */
  run(hasTime: () => boolean): Promise<boolean>;
}

/**
 * Deletes an account whose deletion is due, up to `stopAt`, in ms since the epoch. It can be interrupted anywhere and resumes,
 * because deleted documents are not found again.
 */
export async function carryOutDeletion(
  deps: DeletionDependencies,
  uid: string,
  stopAt: number,
): Promise<void> {
  if (!(await begin(deps, uid))) return;
  const hasTime = () => deps.clock.now() < stopAt;
  for (const step of deletionSteps(deps, uid)) {
    if (!hasTime() || !(await step.run(hasTime))) return;
  }
}

/** False: it is not due, or was cancelled. From here on it cannot be cancelled. */
async function begin(
  { firestore: db, clock }: Pick<Dependencies, "firestore" | "clock">,
  uid: string,
): Promise<boolean> {
  return db.runTransaction(async (transaction) => {
    const snapshot = await transaction.get(deletionRef(db, uid));
    const deletion = snapshot.data();
    const now = clock.now();
    if (!deletion || deletion.dueAt.toMillis() > now) return false;
    if (!deletion.begunAt) {
      transaction.update(snapshot.ref, { begunAt: Timestamp.fromMillis(now), profile: null });
    }
    return true;
  });
}

/**
 * First sign-in is blocked and the person leaves every show, so nothing new is written. Then each document is handled as the
 * inventory says. The account itself goes last, and after it the request.
 */
export function deletionSteps(deps: DeletionDependencies, uid: string): readonly DeletionStep[] {
  const db = deps.firestore;
  const request = deletionRef(db, uid);
  const step = (name: string, work: () => Promise<unknown>): DeletionStep => ({
    name,
    run: async () => {
      await work();
      return true;
    },
  });
  const changes = (entry: InventoryEntry, whose: SubjectRole) =>
    entry.path !== "deletions/{uid}" &&
    fieldsOf(entry, whose).some(([, { onDeletion }]) => onDeletion !== "keep");
  return [
    step("close the account", () => deps.accounts.disable(uid)),
    step("leave all shows", () => leaveBeforeDeletion(deps, uid)),
    step("cancel shows that have not started", () => cancelUnstartedShows(deps, uid)),
    ...sourcesOf(db, uid, changes).map((source) => ({
      name: source.name,
      run: (hasTime: () => boolean) => erase(deps, uid, source, hasTime),
    })),
    step("delete the account", () => deps.accounts.delete(uid)),
    // A restore deletes these accounts again. After a crash the line is written twice, and never lost.
    step("forget the request", () => {
      log("INFO", "account deleted", { person: pseudonymOf(uid) });
      return request.delete();
    }),
  ];
}

async function erase(
  { firestore: db }: Pick<Dependencies, "firestore">,
  uid: string,
  source: Source,
  hasTime: () => boolean,
): Promise<boolean> {
  let after: string | null = null;
  for (;;) {
    const groups = await source.page((query) => query.get(), after, PAGE);
    await attemptAll(groups, ({ documents }) => eraseTogether(db, uid, documents));
    const last = groups.at(-1);
    if (!last || groups.length < PAGE) return true;
    after = last.key;
    if (!hasTime()) return false;
  }
}

/**
 * Erases them in one transaction, so that no write succeeds while the participant document is being deleted: the rules
 * look it up for each write. A field that now names someone else is left unchanged.
 */
async function eraseTogether(
  db: Dependencies["firestore"],
  uid: string,
  documents: readonly PersonalDocument[],
): Promise<void> {
  await db.runTransaction(async (transaction) => {
    const snapshots = await transaction.getAll(...documents.map(({ ref }) => ref));
    documents.forEach((document, index) => {
      const snapshot = snapshots[index];
      const data = snapshot?.data();
      if (!snapshot || !data || !stillNames(document, snapshot, uid)) return;
      const erasure = erasureOf(document.entry, document.whose, data, uid);
      if (erasure === "delete") transaction.delete(snapshot.ref);
      else if (erasure) transaction.update(snapshot.ref, { ...erasure });
    });
  });
}
