import { z } from "zod";
import { controlCaller } from "../../control/controlCaller.js";
import type { faultRequest } from "../../faults/faults.js";
import type { accountRequest, deliverRequest, paymentRequest, sessionRequest } from "./requests.js";

const loggedRequest = z.object({
  method: z.string(),
  path: z.string(),
  account: z.string().nullable(),
  idempotencyKey: z.string().nullable(),
  body: z.string(),
  status: z.int().nullable(),
});

const event = z.looseObject({ id: z.string(), type: z.string(), livemode: z.boolean() });
export type HeldEvent = z.infer<typeof event>;

/** A test's control of a running local Stripe. */
export interface StripeControl {
  readonly faults: {
    set(fault: z.input<typeof faultRequest>): Promise<void>;
    clear(): Promise<void>;
  };
  requests(): Promise<z.infer<typeof loggedRequest>[]>;
  /** Resolves with the account's balance, in minor units by currency. */
  changeAccount(change: z.input<typeof accountRequest>): Promise<Record<string, number>>;
  act(session: string, act: z.input<typeof sessionRequest>["act"]): Promise<void>;
  actOnPayment(request: z.input<typeof paymentRequest>): Promise<void>;
  holdWebhooks(isHolding: boolean): Promise<void>;
  takeEvents(): Promise<HeldEvent[]>;
  /** Sends the held events, and resolves with the webhook's answers. */
  deliver(how?: z.input<typeof deliverRequest>): Promise<number[]>;
}

export function stripeControl(url: string): StripeControl {
  const { send, post, remove } = controlCaller(url);
  const read = async <T>(schema: z.ZodType<T>, method: string, operation: string, body?: unknown) =>
    schema.parse(JSON.parse(await send(method, operation, body)));
  return {
    faults: { set: (fault) => post("faults", fault), clear: () => remove("faults") },
    requests: () => read(z.array(loggedRequest), "GET", "requests"),
    changeAccount: async (change) => {
      const balance = z.object({ balance: z.record(z.string(), z.number()) });
      return (await read(balance, "POST", "accounts", change)).balance;
    },
    act: (session, act) => post("sessions", { session, act }),
    actOnPayment: (request) => post("payments", request),
    holdWebhooks: (isHolding) => post("webhooks", { isHolding }),
    takeEvents: () => read(z.array(event), "DELETE", "events"),
    deliver: (how = {}) => read(z.array(z.int()), "POST", "deliver", how),
  };
}
