import { type Answer, json } from "../http/answer.js";
import { refund } from "./actions.js";
import { type Form, fieldsBeneath, parseForm, valuesOf, wholeNumber } from "./form.js";
import type { HttpRequest } from "../http/readRequest.js";
import { headerOf, missing, refuse } from "./http.js";
import { newId } from "./ids.js";
import { accountObject, disputeObject, intentObject, sessionObject } from "./objects.js";
import type { Account, Session, State } from "./state.js";
import { validate } from "./validate.js";

const EARLIEST_EXPIRY_S = 30 * 60;
const LATEST_EXPIRY_S = 24 * 3_600;

type Endpoint = (state: State, form: Form, account: Account | null, id: string) => Answer;

const endpoints: readonly (readonly [string, RegExp, Endpoint])[] = [
  ["POST", /^\/v1\/accounts$/, createAccount],
  ["GET", /^\/v1\/accounts\/([^/]+)$/, readAccount],
  ["POST", /^\/v1\/accounts\/([^/]+)\/login_links$/, createLoginLink],
  ["POST", /^\/v1\/account_links$/, createAccountLink],
  ["POST", /^\/v1\/checkout\/sessions$/, createSession],
  ["GET", /^\/v1\/checkout\/sessions\/([^/]+)$/, readSession],
  ["GET", /^\/v1\/payment_intents\/([^/]+)$/, readIntent],
  ["POST", /^\/v1\/refunds$/, createRefund],
  ["GET", /^\/v1\/disputes$/, listDisputes],
];

/** Handles a Stripe request: checks the key, validates it against Stripe's schema, then repeats an earlier answer to it. */
export async function api(state: State, request: HttpRequest): Promise<Answer> {
  const { method, path } = request;
  if (headerOf(request, "authorization") !== `Bearer ${state.options.secretKey}`) {
    return refuse(401, "invalid_request_error", "Invalid API Key provided");
  }
  const endpoint = endpoints.find(([verb, pattern]) => verb === method && pattern.test(path));
  if (!endpoint) return refuse(404, "invalid_request_error", `Unrecognized request URL: ${path}`);
  const refusal = await validate(state, request);
  if (refusal) return refusal;
  const [, pattern, run] = endpoint;
  const account = accountOf(state, request);
  if (account === "unknown") {
    return refuse(403, "invalid_request_error", "The key has no access to this account", {
      code: "account_invalid",
    });
  }
  const id = pattern.exec(path)?.[1] ?? "";
  const form = parseForm(method === "GET" ? request.query.toString() : request.body);
  return once(state, request, () => run(state, form, account, id));
}

/** Null: the project's own account. */
function accountOf(state: State, request: HttpRequest): Account | null | "unknown" {
  const id = headerOf(request, "stripe-account");
  if (id === null) return null;
  const account = state.accounts.get(id);
  return account?.isConnected === true ? account : "unknown";
}

/** An idempotency key gets the same answer for the same request, and none for another one. */
function once(state: State, request: HttpRequest, run: () => Answer): Answer {
  const key = request.method === "POST" ? headerOf(request, "idempotency-key") : null;
  if (key === null) return run();
  const scope = `${headerOf(request, "stripe-account") ?? ""} ${key}`;
  const same = `${request.path} ${request.body}`;
  const before = state.answered.get(scope);
  if (before === undefined) {
    const answer = run();
    state.answered.set(scope, { request: same, answer });
    return answer;
  }
  if (before.request === same) return before.answer;
  return refuse(400, "idempotency_error", "The key was used with other parameters before");
}

function createAccount(state: State): Answer {
  const account: Account = {
    id: newId("acct"),
    chargesEnabled: false,
    payoutsEnabled: false,
    requirementsDue: ["business_profile.url", "external_account", "individual.first_name"],
    country: "DE",
    defaultCurrency: "eur",
    isConnected: true,
    balance: new Map(),
  };
  state.accounts.set(account.id, account);
  return json(200, accountObject(account));
}

function connectedAccount(state: State, id: string): Account | Answer {
  const account = state.accounts.get(id);
  return account?.isConnected === true
    ? account
    : refuse(403, "invalid_request_error", "The key has no access to this account", {
        code: "account_invalid",
      });
}

function readAccount(state: State, _form: Form, _account: Account | null, id: string): Answer {
  const found = connectedAccount(state, id);
  return "status" in found ? found : json(200, accountObject(found));
}

function createLoginLink(state: State, _form: Form, _account: Account | null, id: string): Answer {
  const found = connectedAccount(state, id);
  if ("status" in found) return found;
  if (found.requirementsDue.length > 0) {
    return refuse(400, "invalid_request_error", "The account has not completed onboarding");
  }
  const token = newId("login");
  state.dashboards.set(token, found);
  return json(200, { object: "login_link", url: `${state.url}/express/${token}` });
}

function createAccountLink(state: State, form: Form): Answer {
  const found = connectedAccount(state, form.get("account") ?? "");
  if ("status" in found) return found;
  const token = newId("onboarding");
  state.onboarding.set(token, {
    account: found,
    returnUrl: form.get("return_url") ?? "",
    refreshUrl: form.get("refresh_url") ?? "",
    state: "new",
  });
  return json(200, { object: "account_link", url: `${state.url}/setup/${token}` });
}

function createSession(state: State, form: Form, account: Account | null): Answer {
  const amount = wholeNumber(form, "line_items[0][price_data][unit_amount]") ?? 0;
  const expiresAt = wholeNumber(form, "expires_at") ?? 0;
  const invalid = (param: string, message: string) =>
    refuse(400, "invalid_request_error", message, { param });
  if (account === null) return invalid("stripe-account", "only direct charges are known here");
  if (!account.chargesEnabled) {
    return refuse(400, "invalid_request_error", "The account cannot make charges");
  }
  if (amount <= 0) return invalid("line_items[0][price_data][unit_amount]", "must be positive");
  const opensFor = expiresAt - Math.floor(Date.now() / 1_000);
  if (opensFor < EARLIEST_EXPIRY_S || opensFor > LATEST_EXPIRY_S) {
    return invalid("expires_at", "must be between 30 minutes and 24 hours in the future");
  }
  const session: Session = {
    id: newId("cs_test"),
    account: account.id,
    amount,
    currency: form.get("line_items[0][price_data][currency]") ?? "",
    feeAmount: wholeNumber(form, "payment_intent_data[application_fee_amount]") ?? 0,
    title: form.get("line_items[0][price_data][product_data][name]") ?? "",
    reference: form.get("client_reference_id") ?? null,
    metadata: fieldsBeneath(form, "metadata"),
    intentMetadata: fieldsBeneath(form, "payment_intent_data[metadata]"),
    successUrl: form.get("success_url") ?? "",
    cancelUrl: form.get("cancel_url") ?? "",
    expiresAt,
    status: "open",
    paymentStatus: "unpaid",
    intent: null,
  };
  state.sessions.set(session.id, session);
  return json(200, sessionObject(session, state.url));
}

function readSession(state: State, form: Form, account: Account | null, id: string): Answer {
  const session = state.sessions.get(id);
  if (session === undefined || session.account !== account?.id) {
    return missing("checkout.session", id);
  }
  return json(200, sessionObject(session, state.url, valuesOf(form, "expand")));
}

function readIntent(state: State, _form: Form, account: Account | null, id: string): Answer {
  const intent = state.intents.get(id);
  if (intent === undefined || intent.session.account !== account?.id) {
    return missing("payment_intent", id);
  }
  return json(200, intentObject(intent));
}

function createRefund(state: State, form: Form, account: Account | null): Answer {
  const id = form.get("payment_intent") ?? "";
  const intent = state.intents.get(id);
  if (intent === undefined || intent.session.account !== account?.id) {
    return missing("payment_intent", id);
  }
  if (intent.dispute?.status === "needs_response" || intent.dispute?.status === "lost") {
    return refuse(400, "invalid_request_error", "The charge is disputed", {
      code: "charge_disputed",
    });
  }
  const hasFee = form.get("refund_application_fee") === "true";
  if (!refund(state, intent, wholeNumber(form, "amount"), hasFee)) {
    return refuse(400, "invalid_request_error", "The charge has already been refunded", {
      code: "charge_already_refunded",
    });
  }
  return json(200, { id: newId("re"), object: "refund", status: "succeeded" });
}

function listDisputes(state: State, form: Form, account: Account | null): Answer {
  const disputed = [...state.intents.values()].filter(
    ({ chargeId, dispute, session }) =>
      chargeId === form.get("charge") && session.account === account?.id && dispute,
  );
  return json(200, {
    object: "list",
    url: "/v1/disputes",
    has_more: false,
    data: disputed.map(disputeObject),
  });
}
