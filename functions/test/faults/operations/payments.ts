import {
  clientConfigRef,
  paymentsRef,
  supportAccountRef,
  userRef,
} from "../../../src/collections.js";
import { openSupportAccount } from "../../../src/payments/openSupportAccount.js";
import { refundSupport } from "../../../src/payments/refundSupport.js";
import { supportAccountStatus } from "../../../src/payments/supportAccountStatus.js";
import { supportCreator } from "../../../src/payments/supportCreator.js";
import { supportConfig } from "../../support/supportScene.js";
import { by, calling, documentsIn, noRequest, thisShow, type Operation } from "../operation.js";
import type { Scene } from "../scene.js";

const ada = by("ada");

/** With Stripe's production adapter, and without faults. */
const depsOf = ({ world, firestore: db }: Scene) => ({
  ...world.deps,
  firestore: db,
  payments: world.servers.stripe.payments,
});

const enableSupport = ({ firestore: db }: Scene) => clientConfigRef(db).set(supportConfig);

/** Stripe has checked Ada, and its events are held. */
async function openAccount(scene: Scene): Promise<void> {
  const { world, firestore: db, person } = scene;
  await enableSupport(scene);
  await openSupportAccount(depsOf(scene), ada(scene), {});
  const account = (await supportAccountRef(db, person("ada").uid).get()).data()?.accountId ?? "";
  const enabled = { chargesEnabled: true, payoutsEnabled: true, requirementsDue: [] };
  await world.servers.stripe.control.changeAccount({ account, ...enabled });
}

async function acceptSupport(scene: Scene): Promise<void> {
  await openAccount(scene);
  await supportAccountStatus(depsOf(scene), ada(scene));
  await scene.world.servers.stripe.control.takeEvents();
}

/** Stripe reports what has happened. */
async function sendEvents({ world }: Scene): Promise<void> {
  const { stripe } = world.servers;
  for (const event of await stripe.control.takeEvents()) {
    world.signals.push({
      kind: "webhook",
      runs: "stripeWebhook",
      async deliver(deps) {
        const status = await stripe.deliver(deps, event);
        if (status !== 200) throw new Error(`the webhook answered ${status}`);
      },
    });
  }
}

/** Dan pays on Stripe's page. */
async function pay({ world, firestore: db }: Scene): Promise<void> {
  for (const payment of (await paymentsRef(db).get()).docs) {
    const { sessionId } = payment.data().stripe;
    if (sessionId !== null) await world.servers.stripe.control.act(sessionId, "pay");
  }
}

const supportOf = (scene: Scene) => ({
  ...thisShow(scene),
  creatorUid: scene.person("ada").uid,
  amount: 500,
  currency: "eur",
  message: "What a night",
  requestId: `request-${scene.person("dan").uid.slice(-12)}`,
  from: "web" as const,
});

async function paymentsOf(scene: Scene) {
  const all = (await paymentsRef(scene.firestore).get()).docs.map((each) => each.data());
  // One that nobody has paid is nothing yet.
  const payments = all.filter(({ status }) => status !== "pending");
  return {
    statuses: payments.map(({ status }) => status),
    refunded: payments.map(({ facts }) => facts.refundedAmount),
    comments: (await documentsIn(scene, `shows/${scene.showId()}/comments`)).length,
  };
}

async function accountOf({ firestore: db, person }: Scene) {
  const { uid } = person("ada");
  const [account, user] = await Promise.all([
    supportAccountRef(db, uid).get(),
    userRef(db, uid).get(),
  ]);
  // Before Stripe has opened it, the document only keeps the key with which Stripe is asked again.
  const opened = account.data()?.accountId ? account.data() : undefined;
  return {
    hasAccount: opened !== undefined,
    chargesEnabled: opened?.chargesEnabled,
    acceptsSupport: user.data()?.acceptsSupport,
  };
}

const supportIds = new WeakMap<Scene, string>();

export const paymentOperations: readonly Operation[] = [
  {
    name: "open an account for support",
    healers: ["call"],
    prepare: enableSupport,
    ...calling(openSupportAccount, ada, noRequest),
    effect: accountOf,
  },
  {
    name: "read the account for support",
    healers: ["call"],
    prepare: openAccount,
    ...calling(supportAccountStatus, ada, noRequest),
    webhook: "stripeWebhook",
    meanwhile: sendEvents,
    effect: accountOf,
  },
  {
    name: "support the creator",
    healers: ["call", "checkPayments"],
    prepare: acceptSupport,
    ...calling(supportCreator, by("dan"), supportOf),
    then: pay,
    webhook: "stripeWebhook",
    meanwhile: sendEvents,
    effect: paymentsOf,
  },
  {
    name: "refund a payment",
    healers: ["call", "event"],
    async prepare(scene) {
      await acceptSupport(scene);
      const { supportId } = await supportCreator(depsOf(scene), by("dan")(scene), supportOf(scene));
      supportIds.set(scene, supportId);
      await pay(scene);
      await sendEvents(scene);
    },
    ...calling(refundSupport, ada, (scene) => ({ supportId: supportIds.get(scene) ?? "" })),
    webhook: "stripeWebhook",
    meanwhile: sendEvents,
    effect: paymentsOf,
  },
];
