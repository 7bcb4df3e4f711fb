import { createHash, createHmac } from "node:crypto";
import { z } from "zod";
import {
  livekitApiSecret,
  livekitApiUrl,
  livekitUrl,
  spotifyAccountsUrl,
  spotifyClientSecret,
  stripeApiUrl as stripeApiUrlParam,
  stripeSecretKey,
} from "../../functions/src/config.js";
import type { Edges } from "../edges.js";
import { functionUrl, listFunctions } from "../google/functions.js";
import { messageOf } from "../google/google.js";
import { type Check, type Finding, lacks, note, ok, type Subject, unknown } from "./finding.js";
import { setSecret, valueOf } from "./secrets.js";

interface Reply {
  /** 0: no answer; the body says why. */
  readonly status: number;
  readonly body: string;
  /** No such host is known, so the address is wrong. */
  readonly isUnknownHost?: true;
}

async function request(edges: Edges, url: string, init: RequestInit): Promise<Reply> {
  try {
    const response = await edges.fetch(url, init);
    return { status: response.status, body: await response.text() };
  } catch (error) {
    const body = messageOf(error);
    return isUnknownHost(error) ? { status: 0, body, isUnknownHost: true } : { status: 0, body };
  }
}

function isUnknownHost(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && "code" in cause && cause.code === "ENOTFOUND";
}

/**
 * While a service is down or limits requests, the doctor cannot judge the project's configuration. It notes this and
 * does not stop a deployment, which may be the remedy. Returns undefined if the service answered. `correct` is the
 * instruction for a wrong address.
 */
function withoutAnswer(
  name: string,
  url: string,
  { status, body, isUnknownHost: hasWrongHost }: Reply,
  correct: string,
): Finding | undefined {
  if (status === 0) {
    const detail = `${url} cannot be reached: ${body}`;
    return hasWrongHost ? lacks(name, detail, correct) : note(name, detail, `wait, or ${correct}`);
  }
  if (status !== 429 && status < 500) return undefined;
  return note(name, `${url} answers ${status}, so it could not be checked`, "wait");
}

/** The params' file, as a part of an instruction. */
const fileOf = ({ target }: Subject): string => `functions/.env.${target.projectId}`;

const correctParam = (subject: Subject, { name }: { readonly name: string }): string =>
  `correct ${name} in ${fileOf(subject)}`;

const DASHBOARD = "https://developer.spotify.com/dashboard";

export const spotify: Check = {
  name: "Spotify",
  async run(subject) {
    const { settings } = subject.target;
    const uris = settings.spotifyRedirectUris;
    const wrong = uris?.filter((uri) => !isAllowedBySpotify(uri)) ?? [];
    const set = `set SPOTIFY_REDIRECT_URIS='["https://…"]' in ${fileOf(subject)}`;
    return [
      await examineClient(subject),
      uris === undefined || uris.length === 0
        ? lacks("Spotify redirect URIs", "SPOTIFY_REDIRECT_URIS names none", set)
        : wrong.length > 0
          ? lacks("Spotify redirect URIs", `Spotify refuses ${wrong.join(", ")}`, set)
          : note(
              "Spotify redirect URIs",
              `only its dashboard shows whether ${uris.join(", ")} are registered`,
              DASHBOARD,
            ),
      note(
        "Spotify quota mode",
        "only its dashboard shows it; in development mode five people can sign in",
        `${DASHBOARD} (the app, Extension Request)`,
      ),
    ];
  },
};

/** HTTPS, a loopback address or an app's own scheme. https://developer.spotify.com/documentation/web-api/concepts/redirect_uri */
function isAllowedBySpotify(uri: string): boolean {
  if (!URL.canParse(uri)) return false;
  const { protocol, hostname } = new URL(uri);
  if (protocol === "http:") return hostname === "127.0.0.1" || hostname === "[::1]";
  return hostname !== "localhost";
}

async function examineClient(subject: Subject): Promise<Finding> {
  const { edges, google, target } = subject;
  const { spotifyClientId: id, spotifyAccountsUrl: url } = target.settings;
  const name = "Spotify client";
  if (id === undefined || id === "") {
    return lacks(
      name,
      "SPOTIFY_CLIENT_ID is not set",
      `set it in ${fileOf(subject)}: ${DASHBOARD}`,
    );
  }
  const secret = await valueOf(google, spotifyClientSecret.name);
  const set = setSecret(spotifyClientSecret, target.projectId);
  if (secret === undefined) return unknown(name, "it has no secret yet", set);
  const reply = await request(edges, `${url}/api/token`, {
    method: "POST",
    headers: {
      "authorization": `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`,
      "content-type": "application/x-www-form-urlencoded",
    },
    body: "grant_type=client_credentials",
  });
  if (reply.status === 200) return ok(name, "Spotify accepts its id and secret");
  const detail = `Spotify answers ${reply.status} to SPOTIFY_CLIENT_ID and SPOTIFY_CLIENT_SECRET`;
  return (
    withoutAnswer(name, url, reply, correctParam(subject, spotifyAccountsUrl)) ??
    lacks(name, detail, set)
  );
}

export const livekit: Check = {
  name: "LiveKit",
  async run(subject) {
    const { google, target } = subject;
    const { audioProvider, livekitUrl, livekitApiUrl, livekitApiKey } = target.settings;
    if (audioProvider === "none") return [ok(this.name, "off, as AUDIO_PROVIDER=none says")];
    if (livekitUrl === "" || livekitApiKey === "") {
      const remedy = `set LIVEKIT_URL and LIVEKIT_API_KEY, or AUDIO_PROVIDER=none, in ${fileOf(subject)}`;
      return [lacks(this.name, "no show starts without a LiveKit server", remedy)];
    }
    const secret = await valueOf(google, livekitApiSecret.name);
    if (secret === undefined) {
      const set = setSecret(livekitApiSecret, target.projectId);
      return [unknown(this.name, "it has no secret yet", set)];
    }
    const server = (livekitApiUrl === "" ? livekitUrl : livekitApiUrl).replace(/^ws/, "http");
    return [await examineServer(subject, server, secret), await examineWebhook(subject, secret)];
  },
};

/** https://docs.livekit.io/home/server/server-apis/ */
async function examineServer(subject: Subject, server: string, secret: string): Promise<Finding> {
  const { edges, target } = subject;
  const token = livekitToken(edges, target.settings.livekitApiKey, secret, {
    video: { roomList: true },
  });
  const reply = await request(
    edges,
    `${server.replace(/\/$/, "")}/twirp/livekit.RoomService/ListRooms`,
    {
      method: "POST",
      headers: { "authorization": `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ names: ["doctor"] }),
    },
  );
  const name = "LiveKit";
  if (reply.status === 200) return ok(name, `${server} accepts the key`);
  const detail = `${server} answers ${reply.status} to LIVEKIT_API_KEY and LIVEKIT_API_SECRET`;
  const { livekitApiUrl: apiUrl } = target.settings;
  const correct = correctParam(subject, apiUrl === "" ? livekitUrl : livekitApiUrl);
  const remedy = reply.status === 404 ? correct : setSecret(livekitApiSecret, target.projectId);
  return withoutAnswer(name, server, reply, correct) ?? lacks(name, detail, remedy);
}

/**
 * Sends the deployed function a webhook that it accepts and ignores, signed as LiveKit signs, and the same webhook
 * without a signature. https://docs.livekit.io/home/server/webhooks/
 */
async function examineWebhook(subject: Subject, secret: string): Promise<Finding> {
  const { edges, google, target } = subject;
  const name = "LiveKit webhook";
  const url = functionUrl(target.projectId, "audioWebhook");
  if (!(await listFunctions(google)).has("audioWebhook")) {
    return note(name, "not deployed yet", `later: send LiveKit's webhooks to ${url}`);
  }
  const body = JSON.stringify({ event: "room_started", id: "doctor", room: { name: "doctor" } });
  const signature = livekitToken(edges, target.settings.livekitApiKey, secret, {
    sha256: createHash("sha256").update(body).digest("base64"),
  });
  const send = (headers: Record<string, string>) =>
    request(edges, url, {
      method: "POST",
      headers: { "content-type": "application/webhook+json", ...headers },
      body,
    });
  const [signed, unsigned] = await Promise.all([send({ authorization: signature }), send({})]);
  const again = `npm run doctor -- --project ${target.name}`;
  const open = withoutAnswer(name, url, signed, again) ?? withoutAnswer(name, url, unsigned, again);
  if (open !== undefined) return open;
  if (signed.status !== 200) {
    const detail = `${url} answers ${signed.status} to a webhook with a valid signature`;
    const remedy = `npm run deploy -- --project ${target.name} (it takes the newest secret)`;
    return { ...lacks(name, detail, remedy), fixedByDeploy: true };
  }
  if (unsigned.status !== 401) {
    const set = setSecret(livekitApiSecret, target.projectId);
    return lacks(name, "a webhook without a signature is not refused", set);
  }
  return ok(name, `${url} accepts signed webhooks only; LiveKit's own settings must name it`);
}

function livekitToken(edges: Edges, key: string, secret: string, claims: object): string {
  const seconds = Math.floor(edges.now() / 1_000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const content = `${part({ alg: "HS256", typ: "JWT" })}.${part({
    iss: key,
    nbf: seconds - 60,
    exp: seconds + 300,
    ...claims,
  })}`;
  return `${content}.${createHmac("sha256", secret).update(content).digest("base64url")}`;
}

const stripeAccount = z.object({ id: z.string() });
const stripeEndpoints = z.object({
  data: z.array(z.object({ url: z.string(), status: z.string() })),
});

export const stripe: Check = {
  name: "Stripe",
  async run(subject) {
    const { edges, google, target } = subject;
    const { payments, stripeApiUrl } = target.settings;
    if (payments === "off") return [ok(this.name, "off, as PAYMENTS=off says")];
    const key = await valueOf(google, stripeSecretKey.name);
    const set = setSecret(stripeSecretKey, target.projectId);
    if (key === undefined) return [unknown(this.name, "it has no key yet", set)];
    const get = (path: string) =>
      request(edges, `${stripeApiUrl}${path}`, { headers: { authorization: `Bearer ${key}` } });
    const correct = correctParam(subject, stripeApiUrlParam);
    const account = await get("/v1/account");
    if (account.status !== 200) {
      const detail = `Stripe answers ${account.status} to STRIPE_SECRET_KEY`;
      const open = withoutAnswer(this.name, stripeApiUrl, account, correct);
      return [open ?? lacks(this.name, detail, set)];
    }
    const { id } = stripeAccount.parse(JSON.parse(account.body));
    return [
      ok(this.name, id),
      examineEndpoint(await get("/v1/webhook_endpoints?limit=100"), target.projectId, correct),
    ];
  },
};

function examineEndpoint(reply: Reply, projectId: string, correct: string): Finding {
  const name = "Stripe webhook";
  const url = functionUrl(projectId, "stripeWebhook");
  const remedy = `https://dashboard.stripe.com/webhooks (events on connected accounts, to ${url}); then set STRIPE_WEBHOOK_SECRET`;
  if (reply.status !== 200) {
    // A restricted key may lack the permission.
    const refused = note(name, "this key may not list webhooks", remedy);
    return withoutAnswer(name, "Stripe", reply, correct) ?? refused;
  }
  const { data } = stripeEndpoints.parse(JSON.parse(reply.body));
  const found = data.find((each) => each.url === url && each.status === "enabled");
  return found ? ok(name, url) : lacks(name, "Stripe does not tell us what happens", remedy);
}
