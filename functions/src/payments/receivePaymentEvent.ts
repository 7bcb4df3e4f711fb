import { supportAccountsRef } from "../collections.js";
import { queries } from "../contract/queries.js";
import type { Dependencies } from "../dependencies.js";
import type { PaymentEvent, PaymentNews } from "../ports/payments.js";
import { select } from "../queries.js";
import { disconnectAccount } from "./disconnectAccount.js";
import { recordPayment } from "./recordPayment.js";
import { refreshAccount } from "./refreshAccount.js";
import { log } from "../log.js";

/** Processes a Stripe event. An event about an account only makes the server read the account. */
export async function receivePaymentEvent(
  deps: Pick<Dependencies, "firestore" | "clock" | "payments" | "support">,
  event: PaymentEvent,
): Promise<void> {
  if (event.kind === "payment") {
    await receiveNews(deps, event);
    return;
  }
  const uid = await ownerOf(deps, event.accountId);
  if (uid === null) return;
  if (event.kind === "account") await refreshAccount(deps, uid, event.accountId);
  else await disconnectAccount(deps, uid, event.accountId);
}

async function receiveNews(
  deps: Pick<Dependencies, "firestore" | "clock" | "payments" | "support">,
  news: PaymentNews,
): Promise<void> {
  const { accountId, paymentIntentId } = news;
  // A dispute names only the payment intent, and may arrive before the event that names the payment.
  const supportId =
    news.supportId ??
    (paymentIntentId === null ? null : await deps.payments.supportIdOf(accountId, paymentIntentId));
  if (supportId === null) {
    log("WARNING", "payment without a ledger entry", { eventId: news.eventId });
    return;
  }
  await recordPayment(deps, supportId, news);
}

/** Null: the account is not, or no longer, anybody's here. */
async function ownerOf(
  { firestore }: Pick<Dependencies, "firestore">,
  accountId: string,
): Promise<string | null> {
  const owners = select(supportAccountsRef(firestore), queries.supportAccountOf, accountId);
  return (await owners.limit(1).get()).docs[0]?.id ?? null;
}
