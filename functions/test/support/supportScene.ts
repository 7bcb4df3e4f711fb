import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { randomUUID } from "node:crypto";
import { systemClock } from "../../src/clock.js";
import { clientConfigRef, paymentRef, supportAccountRef } from "../../src/collections.js";
import type { ClientConfigDocument } from "../../src/contract/clientConfig.js";
import { noFacts } from "../../src/contract/payments.js";
import type { PaymentDocument } from "../../src/contract/support.js";
import type { Dependencies } from "../../src/dependencies.js";
import { openSupportAccount } from "../../src/payments/openSupportAccount.js";
import { supportAccountStatus } from "../../src/payments/supportAccountStatus.js";
import { supportCreator } from "../../src/payments/supportCreator.js";
import { participantIn, showIn, somebody, type Person } from "./backstage.js";
import { as } from "./callers.js";
import { manualClock } from "./manualClock.js";
import type { OwnStripe } from "./ownStripe.js";
import { showEdges, type ShowEdges } from "./showEdges.js";

export const supportConfig: ClientConfigDocument = {
  minVersions: { ios: "1", android: "1", web: "1" },
  features: {},
  support: {
    currencies: {
      eur: { min: 200, max: 20_000, suggested: [300, 500] },
      jpy: { min: 300, max: 30_000, suggested: [500] },
      kwd: { min: 100, max: 10_000, suggested: [200] },
    },
  },
};

export type SupportDependencies = ShowEdges &
  Pick<Dependencies, "payments" | "paymentEvents" | "support">;

type Request = Parameters<typeof supportCreator>[2];

/** Ada's live show with Dan in it, and Ada's account at a local Stripe, which takes payments. */
export interface SupportScene {
  readonly deps: SupportDependencies;
  readonly showId: string;
  readonly ada: Person;
  readonly dan: Person;
  readonly accountId: string;
  /** EUR 5 from Dan to Ada with a message in the show, unless `changes` says otherwise. */
  begin(
    changes?: Partial<Request>,
    by?: Person,
    deps?: SupportDependencies,
  ): Promise<{ supportId: string; checkoutUrl: string }>;
  /** The same, paid at Stripe. Its events are held. */
  pay(changes?: Partial<Request>): Promise<{ supportId: string; session: string }>;
  payment(supportId: string): Promise<PaymentDocument>;
  /** Delivers all held events in this order. */
  deliverAll(order?: "given" | "reversed"): Promise<number[]>;
}

export function supportDependencies(firestore: Firestore, stripe: OwnStripe): SupportDependencies {
  return {
    ...showEdges(firestore),
    // Stripe's pages close by its own clock.
    clock: manualClock(systemClock.now()),
    payments: stripe.payments,
    paymentEvents: stripe.paymentEvents,
    support: {
      isWebOnly: true,
      feeBasisPoints: 500,
      returnOrigins: ["https://ambient.example", "http://127.0.0.1:5173"],
      retentionMs: 366 * 24 * 3_600_000,
    },
  };
}

export async function supportScene(firestore: Firestore, stripe: OwnStripe): Promise<SupportScene> {
  const deps = supportDependencies(firestore, stripe);
  await clientConfigRef(firestore).set(supportConfig);
  const [ada, dan] = await Promise.all([somebody("Ada", firestore), somebody("Dan", firestore)]);
  const showId = await showIn("live", ada, {}, firestore);
  await participantIn(showId, dan, {}, firestore);
  await openSupportAccount(deps, as(ada), {});
  const accountId = (await supportAccountRef(firestore, ada.uid).get()).data()?.accountId ?? "";
  const enabled = { chargesEnabled: true, payoutsEnabled: true, requirementsDue: [] };
  await stripe.control.changeAccount({ account: accountId, ...enabled });
  await supportAccountStatus(deps, as(ada));
  await stripe.control.takeEvents();
  const begin: SupportScene["begin"] = (changes = {}, by = dan, edges = deps) =>
    supportCreator(edges, as(by), {
      creatorUid: ada.uid,
      showId,
      amount: 500,
      currency: "eur",
      message: "What a night",
      requestId: randomUUID(),
      from: "web",
      ...changes,
    });
  const payment: SupportScene["payment"] = async (supportId) => {
    const found = (await paymentRef(firestore, supportId).get()).data();
    assert.ok(found, "the payment is in the ledger");
    return found;
  };
  return {
    deps,
    showId,
    ada,
    dan,
    accountId,
    begin,
    payment,
    async pay(changes) {
      const { supportId } = await begin(changes);
      const session = (await payment(supportId)).stripe.sessionId ?? "";
      await stripe.control.act(session, "pay");
      return { supportId, session };
    },
    async deliverAll(order = "given") {
      const events = await stripe.control.takeEvents();
      const statuses: number[] = [];
      for (const event of order === "given" ? events : events.toReversed()) {
        statuses.push(await stripe.deliver(deps, event));
      }
      return statuses;
    },
  };
}

/** A payment as it is in the ledger. */
export function paymentOf(
  supporter: Person,
  creator: Person,
  changes: Partial<PaymentDocument> = {},
): PaymentDocument {
  const now = Timestamp.now();
  return {
    supporterUid: supporter.uid,
    supporter: { displayName: supporter.displayName, photoUrl: supporter.photoUrl },
    creatorUid: creator.uid,
    showId: null,
    amount: 500,
    currency: "eur",
    feeAmount: 0,
    status: "pending",
    message: "",
    facts: noFacts,
    accountId: "account",
    stripe: { sessionId: "session", paymentIntentId: "intent", eventIds: [] },
    createdAt: now,
    paidAt: null,
    updatedAt: now,
    checkAt: null,
    expiresAt: now,
    ...changes,
  };
}
