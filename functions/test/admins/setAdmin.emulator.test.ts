import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { OPERATOR } from "../../src/admins/assertAdmin.js";
import { setAdmin } from "../../src/admins/setAdmin.js";
import type { Caller } from "../../src/caller.js";
import { adminRef } from "../../src/collections.js";
import { deleteAccount } from "../../src/privacy/deleteAccount.js";
import { suspendAccount } from "../../src/reports/suspendAccount.js";
import { quietFirestore, somebody, type Person } from "../support/backstage.js";
import { asAdmin } from "../support/callers.js";
import { refuses } from "../support/refuses.js";
import { showEdges, type ShowEdges } from "../support/showEdges.js";

describe("setAdmin", () => {
  let firestore: Firestore;
  let deps: ShowEdges;
  let target: Person;
  let target2: Person;

  before(() => {
    firestore = quietFirestore();
  });
  after(() => firestore.terminate());
  beforeEach(async () => {
    deps = showEdges(firestore);
    [target, target2] = await Promise.all([person("Tess"), person("Tim")]);
    for (const { uid } of [target, target2]) await appoint(OPERATOR, { uid });
  });

  const person = (name: string) => somebody(name, firestore);
  const change = (by: Caller, { uid }: Pick<Person, "uid">, admin: boolean) =>
    setAdmin(deps, by, { uid, admin, reason: "-" });
  const appoint = async (by: Caller, who: Pick<Person, "uid">) => {
    assert.deepEqual(await change(by, who, true), { status: "done", admin: true });
  };
  const made = async (by: Caller, name: string) => {
    const appointed = await person(name);
    await appoint(by, appointed);
    return appointed;
  };
  const record = async ({ uid }: Person) => (await adminRef(firestore, uid).get()).data();
  /** Whether the second of two admins who dismiss the same one confirms the first. */
  const confirms = async (first: Person, second: Person, whom = target) => {
    assert.equal((await change(asAdmin(first), whom, false)).status, "awaiting_second_admin");
    return (await change(asAdmin(second), whom, false)).status === "done";
  };

  it("counts all admins of one line as one", async () => {
    const [ann, other] = [await made(OPERATOR, "Ann"), await made(OPERATOR, "Olga")];
    const puppet = await made(asAdmin(ann), "Puppet");
    const sibling = await made(asAdmin(ann), "Sibling");
    const child = await made(asAdmin(puppet), "Child");
    assert.deepEqual(
      [(await record(puppet))?.line, (await record(child))?.line, (await record(other))?.line],
      [ann.uid, ann.uid, other.uid],
    );
    for (const [first, second] of [
      [ann, puppet],
      [puppet, ann],
      [puppet, sibling],
      [ann, child],
      [child, sibling],
    ] as const) {
      assert.equal(
        await confirms(first, second),
        false,
        `${first.displayName} ${second.displayName}`,
      );
      assert.equal((await record(target))?.isAdmin, true);
      deps.clock.advance(25 * 3_600_000);
    }
    // Being appointed once more changes no line.
    await appoint(asAdmin(other), child);
    assert.equal((await record(child))?.line, ann.uid);
    assert.equal(await confirms(child, other), true);
    assert.equal((await record(target))?.isAdmin, false);
    assert.equal(await confirms(other, puppet, target2), true);
  });

  it("treats the appointing admin as the line of older records, and an admin made by hand as one's own", async () => {
    const hand = await person("Hand");
    const other = await person("Other");
    const old = await person("Old");
    for (const { uid } of [hand, other]) deps.accounts.admins.add(uid);
    const at = Timestamp.now();
    const before = { uid: old.uid, isAdmin: true, by: hand.uid, at, isApplied: true };
    await adminRef(firestore, old.uid).set(before);
    assert.equal(await confirms(hand, old), false);
    deps.clock.advance(25 * 3_600_000);
    assert.equal(await confirms(old, other), true);
    assert.equal(await confirms(hand, other, target2), true);
  });

  it("does not count the request of an admin who was dismissed in the meantime", async () => {
    const [ann, olga, max] = [
      await made(OPERATOR, "Ann"),
      await made(OPERATOR, "Olga"),
      await made(OPERATOR, "Max"),
    ];
    await change(asAdmin(ann), target, false);
    await change(OPERATOR, ann, false);
    assert.equal((await change(asAdmin(olga), target, false)).status, "awaiting_second_admin");
    assert.equal((await change(asAdmin(max), target, false)).status, "done");
  });

  it("stays revoked when the account is deleted, and a deleted admin's token can do nothing", async () => {
    const [ann, eve] = [await made(OPERATOR, "Ann"), await person("Eve")];
    await change(OPERATOR, target, false);
    for (const { uid } of [target, ann]) {
      await deps.accounts.upsert(uid, { displayName: "-", photoUrl: null });
      await deleteAccount({ ...deps, deletionGraceMs: 0 }, { uid });
      assert.equal(await deps.accounts.isAdmin(uid), null);
    }
    for (const former of [target, ann]) {
      assert.equal((await record(former))?.isAdmin, false);
      const input = { uid: eve.uid, until: null, reason: "revenge" };
      await assert.rejects(suspendAccount(deps, asAdmin(former), input), refuses("NOT_ADMIN"));
    }
  });
});
