import { done, faultOperations, type Operations, taking } from "../../control/operations.js";
import { refuse } from "../../control/readBody.js";
import { faultRequest } from "../../faults/faults.js";
import { json } from "../../http/answer.js";
import {
  changeAccount,
  closeDispute,
  disconnect,
  dispute,
  expire,
  inquire,
  pay,
  payOut,
  refund,
  settle,
} from "../actions.js";
import type { Session, State } from "../state.js";
import {
  accountRequest,
  deliverRequest,
  paymentRequest,
  sessionRequest,
  webhooksRequest,
} from "./requests.js";

/** What a test can do to Stripe and the functions cannot. */
export const operations: Operations<State> = {
  ...faultOperations(faultRequest),
  "GET requests": (state) => json(200, state.log),
  "POST accounts": taking(
    accountRequest,
    (state, { account: id, disconnect: isGone, payOut: isPaid, ...changes }) => {
      const account = state.accounts.get(id);
      if (account === undefined) return refuse("account", "is not an account");
      if (isGone) disconnect(state, account);
      else if (isPaid) payOut(account);
      else changeAccount(state, account, changes);
      return json(200, { balance: Object.fromEntries(account.balance) });
    },
  ),
  "POST sessions": taking(sessionRequest, (state, { session: id, act }) => {
    const session = state.sessions.get(id);
    if (session === undefined) return refuse("session", "is not a session");
    return actOn(state, session, act) ? done : refuse("act", "is not possible now");
  }),
  "POST payments": taking(paymentRequest, (state, { session: id, act, amount }) => {
    const intent = state.sessions.get(id)?.intent;
    if (!intent) return refuse("session", "has no payment");
    const isDone =
      act === "refund"
        ? refund(state, intent, amount)
        : act === "inquire"
          ? inquire(state, intent)
          : act === "dispute"
            ? dispute(state, intent)
            : closeDispute(state, intent, act === "win");
    return isDone ? done : refuse("act", "is not possible now");
  }),
  "POST webhooks": taking(webhooksRequest, ({ outbox }, { isHolding }) => {
    if (isHolding) outbox.hold();
    else outbox.release();
    return done;
  }),
  // Takes the held events away without sending them.
  "DELETE events": ({ outbox }) => json(200, outbox.take()),
  "POST deliver": taking(deliverRequest, async ({ outbox }, { order, times }) => {
    const held = outbox.take();
    const events = order === "given" ? held : held.toReversed();
    const statuses: number[] = [];
    for (const event of events) {
      for (let time = 0; time < times; time += 1) statuses.push(await outbox.send(event, 1));
    }
    return json(200, statuses);
  }),
};

function actOn(
  state: State,
  session: Session,
  act: "pay" | "pay_later" | "settle" | "fail" | "expire",
): boolean {
  switch (act) {
    case "pay":
      return pay(state, session);
    case "pay_later":
      return pay(state, session, "later");
    case "settle":
      return settle(state, session, true);
    case "fail":
      return settle(state, session, false);
    case "expire":
      return expire(state, session);
  }
}
