import { FirebaseError } from "firebase/app";
import { z } from "zod";
import {
  appOf,
  auth,
  firestore,
  participantIn,
  type Person,
  showIn,
  somebody,
} from "../../../functions/test/support/backstage.js";
import { contracts } from "../../../functions/src/contract/callables.js";
import { type App, openApp } from "../../../local/clientApp/app.js";
import { runningSuite } from "../../support/suite.js";
import {
  creatorIn,
  everyone,
  optionsOf,
  type Role,
  rolesIn,
  type Status,
  type Variant,
  variantOf,
} from "../roles.js";
import { callRows, type CallRow, expectedAnswer } from "./table.js";

/** One call of one role in one status of the show. */
export interface CallCell {
  readonly callable: string;
  readonly role: Role;
  readonly status: Status;
  readonly expected: string;
  readonly answer: string;
}

const refusal = z.object({ details: z.looseObject({ reason: z.string() }) });
const summary = {
  durationMs: 60_000,
  listeners: 0,
  peak: 0,
  comments: 0,
  speakers: 1,
  tracksPlayed: 0,
};

/** Executes the callables' table against the suite. */
export async function runCalls(): Promise<readonly CallCell[]> {
  const people = new Map<Role, Person>();
  const apps = new Map<Role, App>();
  await firestore.doc("config/client").set({
    minVersions: { ios: "1", android: "1", web: "1" },
    features: {},
    termsVersion: 1,
  });
  for (const role of everyone) {
    const person = await somebody(role);
    people.set(role, person);
    apps.set(
      role,
      role === "signed out"
        ? openApp(await runningSuite())
        : await appOf(person, optionsOf(role).claims),
    );
  }
  await prepareAccounts(people);
  try {
    const shared = new Map<string, string>();
    const cells: CallCell[] = [];
    for (const row of callRows) {
      for (const status of row.statuses) {
        for (const role of everyone) {
          const variant = variantOf(role);
          const expected = expectedAnswer(row, role, status);
          const key = `${status}-${variant}`;
          // A call that succeeds would change what the next caller finds.
          const isChanged = row.changesTheShow === true && expected === "ok";
          const known = isChanged ? undefined : shared.get(key);
          const showId = known ?? (await showOf(people, variant, status));
          if (!isChanged) shared.set(key, showId);
          await firestore.doc(`liveShows/${people.get(creatorIn[variant])?.uid}`).delete();
          const answer = await call(row, apps.get(role), showId);
          cells.push({ callable: row.callable, role, status, expected, answer });
        }
      }
      // So many calls exceed the limits of an account.
      await firestore.recursiveDelete(firestore.collection("limits"));
    }
    return cells;
  } finally {
    await Promise.all([...apps.values()].map((app) => app.close()));
  }
}

async function call(row: CallRow, app: App | undefined, showId: string): Promise<string> {
  const contract = contracts.find(({ name }) => name === row.callable);
  if (contract === undefined || app === undefined) throw new Error(`There is no ${row.callable}`);
  try {
    await app.callWith(contract, row.request(showId));
    return "ok";
  } catch (error) {
    const parsed = refusal.safeParse(error);
    if (parsed.success) return parsed.data.details.reason;
    return error instanceof FirebaseError ? error.code : String(error);
  }
}

async function prepareAccounts(people: ReadonlyMap<Role, Person>): Promise<void> {
  const now = new Date();
  for (const [role, { uid }] of people) {
    if (role !== "without terms") {
      await firestore
        .doc(`users/${uid}/private/terms`)
        .set({ version: 1, acceptedAt: now, ageBand: "adult" });
    }
    if (optionsOf(role).isSuspended) {
      await firestore.doc(`suspensions/${uid}`).set({
        uid,
        reportId: "report",
        by: "operator",
        reason: "fraud",
        at: now,
        until: null,
        isApplied: true,
      });
    }
    if (role === "admin" || role === "former admin") {
      const isAdmin = role === "admin";
      await firestore
        .doc(`admins/${uid}`)
        .set({ uid, isAdmin, by: "operator", at: now, isApplied: true });
      if (!isAdmin) await auth.setCustomUserClaims(uid, { admin: false });
    }
  }
  const blocked = people.get("blocked")?.uid;
  const creator = people.get("creator")?.uid;
  await firestore.doc(`users/${blocked}/private/hidden`).set({ uids: [creator] });
  await firestore.doc(`users/${creator}/private/hidden`).set({ uids: [blocked] });
}

/** A show with everyone in their place. */
async function showOf(
  people: ReadonlyMap<Role, Person>,
  variant: Variant,
  status: Status,
): Promise<string> {
  const creator = people.get(creatorIn[variant]);
  if (creator === undefined) throw new Error("nobody created the show");
  const leader = people.get("leading cohost")?.uid ?? "";
  const showId = await showIn(status, creator, variant === "away" ? { hostUid: leader } : {});
  const show = firestore.doc(`shows/${showId}`);
  if (status === "ended") {
    await show.update({ endedAt: new Date(), endReason: "ended_by_host" });
    await show.collection("summary").doc("final").set(summary);
  }
  await Promise.all(
    rolesIn(variant).map(async (role) => {
      const { part, changes } = optionsOf(role);
      const person = people.get(role);
      if (part === undefined || person === undefined) return;
      await participantIn(showId, person, {
        ...part,
        canPublish: part.state === "present" && part.role !== "listener",
        ...changes,
      });
    }),
  );
  const banned = people.get("banned")?.uid ?? "";
  const ban = { uid: banned, by: creator.uid, at: new Date(), reason: null };
  await show.collection("bans").doc(banned).set(ban);
  return showId;
}

export function isWrongCall({ expected, answer }: CallCell): boolean {
  return expected !== answer;
}

export function describeCall({ callable, role, status, expected, answer }: CallCell): string {
  return `${callable}, ${role}, ${status}: expected ${expected}, got ${answer}`;
}
