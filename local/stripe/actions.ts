import { newId } from "./ids.js";
import { accountObject, chargeObject, disputeObject, sessionObject } from "./objects.js";
import type { Account, Intent, Session, State } from "./state.js";

/** What happens at Stripe, with its events. */

export function changeAccount(
  state: State,
  account: Account,
  changes: Partial<Pick<Account, "chargesEnabled" | "payoutsEnabled" | "requirementsDue">>,
): void {
  Object.assign(account, changes);
  state.outbox.emit("account.updated", account.id, accountObject(account));
}

export function disconnect(state: State, account: Account): void {
  account.isConnected = false;
  state.outbox.emit("account.application.deauthorized", account.id, {
    id: "ca_local",
    object: "application",
    name: "Ambient",
  });
}

/** The supporter pays. `later`: by a method that settles days after. */
export function pay(state: State, session: Session, when: "now" | "later" = "now"): boolean {
  if (session.status !== "open") return false;
  const intent: Intent = {
    id: newId("pi"),
    chargeId: newId("ch"),
    session,
    metadata: session.intentMetadata,
    status: when === "now" ? "succeeded" : "processing",
    refunded: 0,
    dispute: null,
  };
  state.intents.set(intent.id, intent);
  session.intent = intent;
  session.status = "complete";
  if (when === "now") takeMoney(state, session);
  emitSession(state, session, "completed");
  return true;
}

/** A payment that waits for a bank succeeds or fails. */
export function settle(state: State, session: Session, isPaid: boolean): boolean {
  const { intent } = session;
  if (intent?.status !== "processing") return false;
  intent.status = isPaid ? "succeeded" : "requires_payment_method";
  if (isPaid) takeMoney(state, session);
  emitSession(state, session, isPaid ? "async_payment_succeeded" : "async_payment_failed");
  return true;
}

export function expire(state: State, session: Session): boolean {
  if (session.status !== "open") return false;
  session.status = "expired";
  emitSession(state, session, "expired");
  return true;
}

/** Refunds up to `amount`, with the same share of the fee if `hasFee`; false: there is nothing left. */
export function refund(state: State, intent: Intent, amount = Infinity, hasFee = false): boolean {
  const { session } = intent;
  const part = Math.min(amount, session.amount - intent.refunded);
  if (intent.status !== "succeeded" || part <= 0) return false;
  intent.refunded += part;
  const fee = hasFee ? Math.round((session.feeAmount * part) / session.amount) : 0;
  changeBalance(state, session, fee - part);
  state.outbox.emit("charge.refunded", session.account, chargeObject(intent));
  return true;
}

/** The bank asks about the payment. No money moves unless it disputes it. */
export function inquire(state: State, intent: Intent): boolean {
  if (intent.status !== "succeeded" || intent.dispute) return false;
  intent.dispute = { id: newId("du"), status: "warning_needs_response" };
  emitDispute(state, intent, "created");
  return true;
}

/** The bank takes the money back, after an inquiry or without one. */
export function dispute(state: State, intent: Intent): boolean {
  const before = intent.dispute;
  if (intent.status !== "succeeded") return false;
  if (before && before.status !== "warning_needs_response") return false;
  intent.dispute = { id: before?.id ?? newId("du"), status: "needs_response" };
  changeBalance(state, intent.session, -intent.session.amount);
  if (!before) emitDispute(state, intent, "created");
  emitDispute(state, intent, "funds_withdrawn");
  return true;
}

export function closeDispute(state: State, intent: Intent, isWon: boolean): boolean {
  if (intent.dispute?.status !== "needs_response") return false;
  intent.dispute.status = isWon ? "won" : "lost";
  if (isWon) changeBalance(state, intent.session, intent.session.amount);
  emitDispute(state, intent, "closed");
  return true;
}

/** Stripe pays out what there is to the creator's bank. */
export function payOut(account: Account): void {
  for (const currency of account.balance.keys()) account.balance.set(currency, 0);
}

function takeMoney(state: State, session: Session): void {
  session.paymentStatus = "paid";
  changeBalance(state, session, session.amount - session.feeAmount);
}

function changeBalance(state: State, { account, currency }: Session, change: number): void {
  const balance = state.accounts.get(account)?.balance;
  balance?.set(currency, (balance.get(currency) ?? 0) + change);
}

function emitSession(state: State, session: Session, event: string): void {
  const object = sessionObject(session, state.url);
  state.outbox.emit(`checkout.session.${event}`, session.account, object);
}

function emitDispute(
  state: State,
  intent: Intent,
  event: "created" | "funds_withdrawn" | "closed",
): void {
  state.outbox.emit(`charge.dispute.${event}`, intent.session.account, disputeObject(intent));
}
