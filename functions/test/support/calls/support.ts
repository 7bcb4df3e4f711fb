import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { randomUUID } from "node:crypto";
import { clientConfigRef, paymentRef, supportAccountRef } from "../../../src/collections.js";
import { openSupportAccount } from "../../../src/payments/openSupportAccount.js";
import { openSupportDashboard } from "../../../src/payments/openSupportDashboard.js";
import { refundSupport } from "../../../src/payments/refundSupport.js";
import { supportAccountStatus } from "../../../src/payments/supportAccountStatus.js";
import { supportCreator } from "../../../src/payments/supportCreator.js";
import { somebody, type Person } from "../backstage.js";
import { as } from "../callers.js";
import { paymentOf, supportConfig } from "../supportScene.js";
import { type Call, each, people, times } from "./scenes.js";

export const supportCalls: readonly Call[] = [
  {
    name: "openSupportAccount",
    // One for the key, before Stripe is asked, and one for the account that Stripe has made.
    goal: 4,
    scene: async (firestore, callers) => {
      const creators = await people(firestore, callers);
      return (deps) => each(creators, (creator) => openSupportAccount(deps, as(creator), {}));
    },
  },
  {
    name: "supportAccountStatus",
    goal: 3,
    scene: async (firestore, callers) => {
      const ada = await supportedCreator(firestore);
      return (deps) => times(callers, () => supportAccountStatus(deps, as(ada)));
    },
  },
  {
    name: "openSupportDashboard",
    goal: 1,
    scene: async (firestore, callers) => {
      const ada = await supportedCreator(firestore);
      return (deps) => times(callers, () => openSupportDashboard(deps, as(ada)));
    },
  },
  {
    name: "supportCreator",
    // Two before Stripe is asked, and two to keep its page.
    goal: 4,
    scene: async (firestore, callers) => {
      const ada = await supportedCreator(firestore);
      const supporters = await people(firestore, callers);
      return (deps) =>
        each(supporters, (supporter) =>
          supportCreator(deps, as(supporter), {
            creatorUid: ada.uid,
            amount: 500,
            currency: "eur",
            requestId: randomUUID(),
            from: "web",
          }),
        );
    },
  },
  {
    name: "refundSupport",
    goal: 3,
    scene: async (firestore, callers) => {
      const ada = await supportedCreator(firestore);
      const dan = await somebody("Dan", firestore);
      const supportIds = Array.from({ length: callers }, () => randomUUID());
      await Promise.all(
        supportIds.map((id) =>
          paymentRef(firestore, id).set(paymentOf(dan, ada, { status: "paid" })),
        ),
      );
      return (deps) => each(supportIds, (supportId) => refundSupport(deps, as(ada), { supportId }));
    },
  },
];

async function supportedCreator(firestore: Firestore): Promise<Person> {
  const ada = await somebody("Ada", firestore);
  await clientConfigRef(firestore).set(supportConfig);
  await supportAccountRef(firestore, ada.uid).set({
    accountId: "account",
    accountKey: "key",
    chargesEnabled: true,
    payoutsEnabled: true,
    requirementsDue: [],
    country: "DE",
    defaultCurrency: "eur",
    createdAt: Timestamp.now(),
    checkedAt: Timestamp.now(),
  });
  return ada;
}
