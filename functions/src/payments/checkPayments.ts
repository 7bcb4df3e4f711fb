import { Timestamp } from "firebase-admin/firestore";
import { attemptAll } from "../attemptAll.js";
import { paymentRef, paymentsRef } from "../collections.js";
import { queries } from "../contract/queries.js";
import type { PaymentDocument } from "../contract/support.js";
import type { Dependencies } from "../dependencies.js";
import { eachPage } from "../eachPage.js";
import { select } from "../queries.js";
import { CHECK_AGAIN_MS, nextCheck } from "./nextCheck.js";
import { recordPayment } from "./recordPayment.js";

type CheckDependencies = Pick<Dependencies, "firestore" | "clock" | "payments" | "support">;

const PAGE = 100;
const AT_ONCE = 5;
/** How long a run works before it leaves the rest to the next one, in ms. Well below the function's timeout. */
const RUN_LASTS_MS = 240_000;

/** Nobody can pay any more on a page that was never opened, or that Stripe no longer knows. */
const GONE = { paymentIntentId: null, facts: { outcome: "expired" } } as const;

/** Asks Stripe about payments, in case their events were lost. One that fails does not stop the others. */
export async function checkPayments(deps: CheckDependencies): Promise<void> {
  const stopAt = deps.clock.now() + RUN_LASTS_MS;
  const due = select(
    paymentsRef(deps.firestore),
    queries.duePayments,
    Timestamp.fromMillis(deps.clock.now()),
  );
  await eachPage(
    due,
    PAGE,
    (page) =>
      attemptAll(page, (payment) => check(deps, payment.id, payment.data()), {
        atOnce: AT_ONCE,
        message: "some payments are not checked",
      }),
    () => deps.clock.now() < stopAt,
  );
}

async function check(
  deps: CheckDependencies,
  supportId: string,
  { accountId, stripe: { sessionId } }: PaymentDocument,
): Promise<void> {
  let hasAnswer = false;
  try {
    const checkout =
      sessionId === null ? null : await deps.payments.readCheckout(accountId, sessionId);
    const { paymentIntentId, facts } = checkout ?? GONE;
    await recordPayment(deps, supportId, {
      eventId: null,
      accountId,
      sessionId,
      paymentIntentId,
      money: null,
      facts,
    });
    hasAnswer = true;
  } finally {
    // After a failure, too: otherwise the payments that fail would come first in every run.
    await planNextCheck(deps, supportId, hasAnswer);
  }
}

async function planNextCheck(
  { firestore: db, clock }: CheckDependencies,
  supportId: string,
  hasAnswer: boolean,
): Promise<void> {
  await db.runTransaction(async (transaction) => {
    const payment = await transaction.get(paymentRef(db, supportId));
    const known = payment.data();
    if (!known?.checkAt) return;
    const now = clock.now();
    const checkAt = hasAnswer ? nextCheck(known, now) : Timestamp.fromMillis(now + CHECK_AGAIN_MS);
    transaction.update(payment.ref, { checkAt });
  });
}
