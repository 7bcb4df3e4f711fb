import {
  stripeControl,
  type HeldEvent,
  type StripeControl,
} from "../../../local/stripe/control/client.js";
import { signatureOf } from "../../../local/stripe/outbox.js";
import { startLocalStripe } from "../../../local/stripe/server.js";
import { startStripeMock } from "../../../local/stripe/stripeMock.js";
import { provideGoTool, stripeMock } from "../../../local/toolchain/goTool.js";
import { tmpdir } from "node:os";
import type { Dependencies } from "../../src/dependencies.js";
import { stripeEvents } from "../../src/payments/stripeEvents.js";
import { stripePayments } from "../../src/payments/stripePayments.js";
import { stripeWebhook } from "../../src/payments/stripeWebhook.js";

/** A local Stripe for one test file, called like the functions call it. It holds all events until a test delivers them. */
export interface OwnStripe {
  readonly url: string;
  readonly secretKey: string;
  readonly control: StripeControl;
  readonly payments: Dependencies["payments"];
  readonly paymentEvents: Dependencies["paymentEvents"];
  /** Whether stripe-mock judges each request. */
  readonly isJudged: boolean;
  /** Gives the webhook an event, and resolves with its answer. */
  deliver(deps: WebhookDependencies, event: HeldEvent, secret?: string): Promise<number>;
  close(): Promise<void>;
}

type WebhookDependencies = Parameters<typeof stripeWebhook>[0];

const secretKey = "sk_test_own";
const webhookSecret = "whsec_own";

export async function startOwnStripe(): Promise<OwnStripe> {
  const provided = await provideGoTool(stripeMock, { onProgress: () => undefined });
  const mock =
    "binary" in provided ? await startStripeMock(provided.binary, { directory: tmpdir() }) : null;
  const stripe = await startLocalStripe({ secretKey, webhookSecret, mockUrl: mock?.url });
  return {
    url: stripe.url,
    secretKey,
    control: stripeControl(stripe.url),
    payments: stripePayments({ secretKey, apiUrl: stripe.url }),
    paymentEvents: stripeEvents(webhookSecret, secretKey),
    isJudged: mock !== null,
    async deliver(deps, event, secret = webhookSecret) {
      const body = JSON.stringify(event);
      const headers: Record<string, string> = { "stripe-signature": signatureOf(body, secret) };
      let status = 0;
      const answer = {
        status: (code: number) => {
          status = code;
          return { end: () => undefined };
        },
      };
      const request = { rawBody: Buffer.from(body), header: (name: string) => headers[name] };
      await stripeWebhook(deps, request, answer);
      return status;
    },
    close: async () => {
      await Promise.all([stripe.close(), mock?.stop()]);
    },
  };
}
