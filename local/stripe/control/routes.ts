import { readBody, refuse } from "../../control/readBody.js";
import { faultRequest } from "../../faults/faults.js";
import { type Answer, empty, json, text } from "../../http/answer.js";
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
import type { StripeRequest } from "../http.js";
import type { Session, State } from "../state.js";
import {
  accountRequest,
  deliverRequest,
  paymentRequest,
  sessionRequest,
  webhooksRequest,
} from "./requests.js";

type Operation = (state: State, body: string) => Answer | Promise<Answer>;

const done = empty(204);

const operations = new Map<string, Operation>([
  [
    "POST /__control/faults",
    (state, body) =>
      readBody(body, faultRequest, (fault) => {
        state.faults.set(fault);
        return done;
      }),
  ],
  [
    "DELETE /__control/faults",
    (state) => {
      state.faults.clear();
      return done;
    },
  ],
  ["GET /__control/requests", (state) => json(200, state.log)],
  [
    "POST /__control/accounts",
    (state, body) =>
      readBody(
        body,
        accountRequest,
        ({ account: id, disconnect: isGone, payOut: isPaid, ...changes }) => {
          const account = state.accounts.get(id);
          if (account === undefined) return refuse("account", "is not an account");
          if (isGone) disconnect(state, account);
          else if (isPaid) payOut(account);
          else changeAccount(state, account, changes);
          return json(200, { balance: Object.fromEntries(account.balance) });
        },
      ),
  ],
  [
    "POST /__control/sessions",
    (state, body) =>
      readBody(body, sessionRequest, ({ session: id, act }) => {
        const session = state.sessions.get(id);
        if (session === undefined) return refuse("session", "is not a session");
        return actOn(state, session, act) ? done : refuse("act", "is not possible now");
      }),
  ],
  [
    "POST /__control/payments",
    (state, body) =>
      readBody(body, paymentRequest, ({ session: id, act, amount }) => {
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
  ],
  [
    "POST /__control/webhooks",
    (state, body) =>
      readBody(body, webhooksRequest, ({ isHolding }) => {
        if (isHolding) state.outbox.hold();
        else state.outbox.release();
        return done;
      }),
  ],
  // Takes the held events away without sending them.
  ["DELETE /__control/events", (state) => json(200, state.outbox.take())],
  [
    "POST /__control/deliver",
    (state, body) =>
      readBody(body, deliverRequest, async ({ order, times }) => {
        const held = state.outbox.take();
        const events = order === "given" ? held : held.toReversed();
        const statuses: number[] = [];
        for (const event of events) {
          for (let time = 0; time < times; time += 1) {
            statuses.push(await state.outbox.send(event, 1));
          }
        }
        return json(200, statuses);
      }),
  ],
]);

/** `/__control/…`: what a test can do to Stripe and the functions cannot. */
export async function control(state: State, request: StripeRequest): Promise<Answer> {
  const operation = operations.get(`${request.method} ${request.path}`);
  if (operation === undefined) return text(404, "There is no such control operation");
  return operation(state, request.body);
}

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
