import { Timestamp } from "firebase-admin/firestore";
import { attemptAll } from "../attemptAll.js";
import { paymentsRef } from "../collections.js";
import { queries } from "../contract/queries.js";
import type { PaymentDocument } from "../contract/support.js";
import type { Dependencies } from "../dependencies.js";
import { eachPage } from "../eachPage.js";
import { select } from "../queries.js";
import { recordPayment } from "./recordPayment.js";

const PAGE = 100;
const AT_ONCE = 5;
/** A run leaves the rest to the next one after this time (ms): well below the function's timeout. */
const RUN_LASTS_MS = 240_000;
/** A bank may take two weeks for a payment. */
const CHECK_AGAIN_MS = 6 * 3_600_000;

/** Asks Stripe what became of payments whose events did not arrive. One that fails does not stop the others. */
export async function checkPayments(
  deps: Pick<Dependencies, "firestore" | "clock" | "payments">,
): Promise<void> {
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
  deps: Pick<Dependencies, "firestore" | "clock" | "payments">,
  supportId: string,
  { stripe: { accountId, sessionId } }: PaymentDocument,
): Promise<void> {
  const nothing = { url: null, paymentIntentId: null, facts: { outcome: "expired" } } as const;
  // Without a session, the call broke off before the supporter got an address.
  const { paymentIntentId, facts } =
    sessionId === null ? nothing : await deps.payments.readCheckout(accountId, sessionId);
  await recordPayment(deps, supportId, {
    eventId: null,
    accountId,
    paymentIntentId,
    money: null,
    facts,
  });
  if (facts.outcome !== "pending") return;
  const db = deps.firestore;
  const checkAt = Timestamp.fromMillis(deps.clock.now() + CHECK_AGAIN_MS);
  await db.runTransaction(async (transaction) => {
    const payment = await transaction.get(paymentsRef(db).doc(supportId));
    if (payment.data()?.checkAt) transaction.update(payment.ref, { checkAt });
  });
}
