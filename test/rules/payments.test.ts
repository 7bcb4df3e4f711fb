import assert from "node:assert/strict";
import { collection, query, where, type Firestore } from "firebase/firestore";
import { anHourAgo, givenUsers, paths } from "../support/rules/builders.js";
import { ada, ben, dan, hal, signedOut } from "../support/rules/personas.js";
import {
  allows,
  as,
  emptyWorld,
  given,
  refuses,
  remove,
  set,
  update,
} from "../support/rules/world.js";

const path = "payments/payment-1";
const payment = {
  supporterUid: dan.uid,
  supporter: { displayName: "Dan", photoUrl: null },
  creatorUid: ada.uid,
  showId: null,
  amount: 500,
  currency: "eur",
  feeAmount: 0,
  status: "paid",
  message: "",
  createdAt: anHourAgo(),
};
const account = {
  accountId: "acct_1",
  chargesEnabled: false,
  payoutsEnabled: false,
  requirementsDue: ["external_account"],
};
const of = (field: string, uid: string) => (db: Firestore) =>
  query(collection(db, "payments"), where(field, "==", uid));

const completedOf = (uid: string) => (db: Firestore) =>
  query(
    collection(db, "payments"),
    where("creatorUid", "==", uid),
    where("status", "in", ["paid", "partly_refunded", "refunded", "disputed"]),
  );

describe("payments", () => {
  beforeEach(async () => {
    await emptyWorld();
    await givenUsers();
    await given({ [path]: payment });
  });

  it("are for both sides, singly and as a list", async () => {
    for (const person of [dan, ada]) {
      assert.equal((await allows(as(person).gets(path)))?.amount, 500);
    }
    await allows(as(dan).lists(of("supporterUid", dan.uid)));
    await allows(as(ada).lists(completedOf(ada.uid)));
  });

  it("hide from a creator who opened a payment page and did not pay", async () => {
    for (const status of ["pending", "expired", "failed"]) {
      await given({ [path]: { ...payment, status } });
      await allows(as(dan).gets(path));
      await refuses(as(ada).gets(path));
    }
    await refuses(as(ada).lists(of("creatorUid", ada.uid)));
  });

  it("are hidden from everyone else, admins too, and from lists of other people's", async () => {
    for (const requests of [as(ben), as(hal, { admin: true }), as(signedOut)]) {
      await refuses(requests.gets(path));
      await refuses(requests.lists((db) => collection(db, "payments")));
      await refuses(requests.lists(of("supporterUid", dan.uid)));
      await refuses(requests.lists(completedOf(ada.uid)));
    }
    await refuses(as(dan).lists((db) => collection(db, "payments")));
    await refuses(as(ada).lists(of("supporterUid", dan.uid)));
  });

  it("can be written by nobody, because a written one would count as paid", async () => {
    for (const requests of [as(dan), as(ada), as(hal, { admin: true })]) {
      await refuses(requests.writes(set("payments/payment-2", payment)));
      await refuses(requests.writes(update(path, { amount: 50_000 })));
      await refuses(requests.writes(update(path, { status: "refunded" })));
      await refuses(requests.writes(remove(path)));
    }
  });
});

describe("accounts for support", () => {
  const own = `supportAccounts/${ada.uid}`;
  beforeEach(async () => {
    await emptyWorld();
    await givenUsers();
    await given({ [own]: account });
  });

  it("are readable only by their owner", async () => {
    assert.equal((await allows(as(ada).gets(own)))?.accountId, "acct_1");
    assert.equal(await allows(as(dan).gets(`supportAccounts/${dan.uid}`)), undefined);
    for (const requests of [as(dan), as(hal, { admin: true }), as(signedOut)]) {
      await refuses(requests.gets(own));
    }
    await refuses(as(ada).lists((db) => collection(db, "supportAccounts")));
  });

  it("are written by nobody: an account of one's own making would take no payments", async () => {
    await refuses(as(dan).writes(set(`supportAccounts/${dan.uid}`, account)));
    await refuses(as(ada).writes(update(own, { chargesEnabled: true })));
    await refuses(as(ada).writes(remove(own)));
    await refuses(as(ada).writes(update(paths.user(ada), { acceptsSupport: true })));
  });
});
