import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { createAtomically, writeAtomically } from "../files/atomicFile.js";
import { parseDotenv, renderDotenv } from "../files/dotenv.js";
import { functionsDirectory } from "../files/paths.js";
import { readIfThere } from "../files/readIfThere.js";
import { LOOPBACK, type Ports } from "./ports.js";

export const SPOTIFY_CLIENT_ID = "ambient-local";
export const LIVEKIT_API_KEY = "ambient-local";

/** No server listens here: tests and apps read the code from the redirect's address. */
export const LOOPBACK_REDIRECT_URI = "http://127.0.0.1:4602/callback";

/** The allowed redirect URIs: a test's address, the demo, and an app on a phone. */
export function redirectUris(ports: Pick<Ports, "hosting">): readonly string[] {
  const demo = `http://${LOOPBACK}:${ports.hosting}/callback`;
  return [LOOPBACK_REDIRECT_URI, demo, "ambient://callback"];
}

export interface LocalSettings {
  readonly audienceIntervalSeconds: number;
  /** Undefined means production's value. */
  readonly hostGraceSeconds?: number | undefined;
  /** Whether LiveKit runs. Without it there is no sound, but everything else works. */
  readonly sound: boolean;
}

/** The functions' params that differ from production on a single machine. */
export function functionsParams(
  ports: Pick<Ports, "spotify" | "stripe" | "livekit" | "livekitProxy" | "hosting">,
  { audienceIntervalSeconds, hostGraceSeconds, sound }: LocalSettings,
): Readonly<Record<string, string>> {
  const spotify = `http://${LOOPBACK}:${ports.spotify}`;
  return {
    APP_CHECK: "off",
    TRUSTED_PROXIES: "1",
    LIVEKIT_CALLS_PER_MINUTE: "0",
    SPOTIFY_CLIENT_ID,
    SPOTIFY_ACCOUNTS_URL: spotify,
    SPOTIFY_API_URL: `${spotify}/v1`,
    APP_URL: `http://${LOOPBACK}:${ports.hosting}`,
    SPOTIFY_REDIRECT_URIS: JSON.stringify(redirectUris(ports)),
    PAYMENTS: "stripe",
    STRIPE_API_URL: `http://${LOOPBACK}:${ports.stripe}`,
    SUPPORT_FEE_BASIS_POINTS: "500",
    SUPPORT_RETURN_ORIGINS: JSON.stringify([`http://${LOOPBACK}:${ports.hosting}`]),
    AUDIENCE_INTERVAL_SECONDS: `${audienceIntervalSeconds}`,
    // Nobody waits five minutes for a notification on their own machine.
    MOVES_INTERVAL_SECONDS: "1",
    ...(hostGraceSeconds !== undefined && { HOST_GRACE_SECONDS: `${hostGraceSeconds}` }),
    AUDIO_PROVIDER: sound ? "livekit" : "none",
    LIVEKIT_URL: sound ? `ws://${LOOPBACK}:${ports.livekit}` : "",
    LIVEKIT_API_URL: sound ? `http://${LOOPBACK}:${ports.livekitProxy}` : "",
    LIVEKIT_API_KEY,
  };
}

export interface Secrets {
  readonly spotifyClientSecret: string;
  readonly livekitApiSecret: string;
  readonly stripeSecretKey: string;
  readonly stripeWebhookSecret: string;
}

const secretFile = join(functionsDirectory, ".secret.local");

/**
 * The functions' secrets. They are generated once, so that data encrypted in one run can be read in
 * the next. Missing secrets are added and existing ones kept.
 */
export async function provideSecrets(file = secretFile): Promise<Secrets> {
  const text = await readIfThere(file);
  if (text === undefined) {
    await createAtomically(file, renderDotenv(freshSecrets()), 0o600);
    return provideSecrets(file);
  }
  const present = parseDotenv(text);
  const fresh = freshSecrets();
  const missing = Object.entries(fresh).filter(([name]) => present[name] === undefined);
  if (missing.length > 0) {
    const start = text === "" || text.endsWith("\n") ? text : `${text}\n`;
    await writeAtomically(file, start + renderDotenv(Object.fromEntries(missing)), 0o600);
  }
  return {
    spotifyClientSecret: present.SPOTIFY_CLIENT_SECRET ?? fresh.SPOTIFY_CLIENT_SECRET,
    livekitApiSecret: present.LIVEKIT_API_SECRET ?? fresh.LIVEKIT_API_SECRET,
    stripeSecretKey: present.STRIPE_SECRET_KEY ?? fresh.STRIPE_SECRET_KEY,
    stripeWebhookSecret: present.STRIPE_WEBHOOK_SECRET ?? fresh.STRIPE_WEBHOOK_SECRET,
  };
}

/** The values that nobody may read: the secrets, and each part of those that are JSON. */
export async function secretValues(file = secretFile): Promise<readonly string[]> {
  const values = Object.values(parseDotenv((await readIfThere(file)) ?? ""));
  return values.flatMap((value) => value.match(/[\w+/=-]{16,}/g) ?? []);
}

function freshSecrets() {
  return {
    SPOTIFY_CLIENT_SECRET: randomBytes(16).toString("hex"),
    SPOTIFY_CREDENTIAL_KEYS: JSON.stringify({ "1": randomBytes(32).toString("base64") }),
    // LiveKit requires at least 32 characters.
    LIVEKIT_API_SECRET: randomBytes(32).toString("hex"),
    STRIPE_SECRET_KEY: `sk_test_${randomBytes(24).toString("hex")}`,
    STRIPE_WEBHOOK_SECRET: `whsec_${randomBytes(24).toString("hex")}`,
  };
}
