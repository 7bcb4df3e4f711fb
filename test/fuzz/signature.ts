import { createHash, createHmac } from "node:crypto";
import { signatureOf as stripeSignatureOf } from "../../local/stripe/outbox.js";
import { LIVEKIT_API_KEY, provideSecrets } from "../../local/suite/functionsEnvironment.js";

/**
 * The header with which the sender of a webhook signs its body.
 *
 * @see {@link https://docs.livekit.io/intro/basics/rooms-participants-tracks/webhooks-events/ | LiveKit's webhooks}
 */
export async function signatureOf(path: string, body: string): Promise<Record<string, string>> {
  const { livekitApiSecret, stripeWebhookSecret } = await provideSecrets();
  if (path === "stripeWebhook") {
    return { "stripe-signature": stripeSignatureOf(body, stripeWebhookSecret) };
  }
  const expiry = Math.floor(Date.now() / 1_000) + 300;
  const sha256 = createHash("sha256").update(body).digest("base64");
  const signed = [
    { alg: "HS256", typ: "JWT" },
    { iss: LIVEKIT_API_KEY, exp: expiry, sha256 },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  const signature = createHmac("sha256", livekitApiSecret).update(signed).digest("base64url");
  return { authorization: `${signed}.${signature}` };
}
