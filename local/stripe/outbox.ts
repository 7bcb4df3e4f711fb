import { createHmac } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { newId } from "./ids.js";

/** An event as Stripe sends it. */
export interface StripeEvent {
  readonly id: string;
  readonly object: "event";
  readonly type: string;
  readonly account: string;
  readonly created: number;
  readonly livemode: boolean;
  readonly data: { readonly object: unknown };
}

export interface OutboxOptions {
  readonly webhookSecret: string;
  /** Without it, all events are held. */
  readonly webhookUrl?: string | undefined;
}

/** Stripe tries for three days; the functions emulator needs seconds to start. */
const ATTEMPTS = 8;
const PAUSE_MS = 250;

/** Stripe's events on their way to the webhook, or held until a test delivers them. */
export class Outbox {
  readonly #options: OutboxOptions;
  #isHolding: boolean;
  #held: StripeEvent[] = [];

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#isHolding = options.webhookUrl === undefined;
  }

  hold(): void {
    this.#isHolding = true;
  }

  /** Sends new events at once again. Held ones stay. */
  release(): void {
    this.#isHolding = this.#options.webhookUrl === undefined;
  }

  /** The held events, which are then no longer held. */
  take(): readonly StripeEvent[] {
    const taken = this.#held;
    this.#held = [];
    return taken;
  }

  emit(type: string, account: string, object: unknown): void {
    const event: StripeEvent = {
      id: newId("evt"),
      object: "event",
      type,
      account,
      created: Math.floor(Date.now() / 1_000),
      livemode: false,
      data: { object },
    };
    if (this.#isHolding) this.#held.push(event);
    else void this.send(event);
  }

  /** Sends an event until it is answered with 2xx, a few times. Resolves with the last status; 0: no answer. */
  async send(event: StripeEvent, attempts = ATTEMPTS): Promise<number> {
    const { webhookUrl, webhookSecret } = this.#options;
    if (webhookUrl === undefined) return 0;
    let status = 0;
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const body = JSON.stringify(event);
      status = await fetch(webhookUrl, {
        method: "POST",
        headers: {
          "content-type": "application/json; charset=utf-8",
          "stripe-signature": signatureOf(body, webhookSecret),
        },
        body,
      }).then(
        (response) => response.status,
        () => 0,
      );
      if (status >= 200 && status < 300) return status;
      if (attempt < attempts) await sleep(PAUSE_MS * attempt, undefined, { ref: false });
    }
    return status;
  }
}

/** https://docs.stripe.com/webhooks/signature#verify-manually */
export function signatureOf(
  body: string,
  secret: string,
  seconds = Math.floor(Date.now() / 1_000),
): string {
  const signature = createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");
  return `t=${seconds},v1=${signature}`;
}
