import assert from "node:assert/strict";

import { codeChallengeOf } from "../../spotify/accounts/pkce.js";
import { type SpotifyControl, spotifyControl } from "../../spotify/control/client.js";
import { personas } from "../../spotify/personas.js";
import { type LocalSpotify, startLocalSpotify } from "../../spotify/server.js";

export const clientId = "ambient-local";
export const clientSecret = "a-secret-of-the-test";
export const redirectUri = "http://127.0.0.1:5000/callback";
export const appRedirectUri = "ambient://spotify";

export const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`;
export const verifier = "a-verifier-of-at-least-forty-three-characters-for-the-tests";
export const codeChallenge = codeChallengeOf(verifier);

export interface Reply {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

export interface WebApiReply {
  status: number;
  /** Parsed JSON, or the raw text. */
  body: unknown;
}

/** A separate local Spotify for each test, with a client app's usual requests. */
export class SpotifyHarness {
  readonly spotify: LocalSpotify;
  readonly control: SpotifyControl;

  constructor(spotify: LocalSpotify) {
    this.spotify = spotify;
    this.control = spotifyControl(spotify.url);
  }

  static async start(): Promise<SpotifyHarness> {
    const redirectUris = [redirectUri, appRedirectUri];
    return new SpotifyHarness(
      await startLocalSpotify({ clientId, clientSecret, redirectUris, personas }),
    );
  }

  get url(): string {
    return this.spotify.url;
  }

  async code(persona = "listener-dan", extra: { codeChallenge?: string; scopes?: string[] } = {}) {
    return (await this.control.authorize({ persona, redirectUri, clientId, ...extra })).code;
  }

  /** Calls `POST /api/token` with the client's Basic header, or without one if it is null. */
  async token(form: Record<string, string>, authorization: string | null = basic): Promise<Reply> {
    const response = await fetch(`${this.url}/api/token`, {
      method: "POST",
      headers: authorization === null ? {} : { authorization },
      body: new URLSearchParams(form),
    });
    return { status: response.status, headers: response.headers, body: await object(response) };
  }

  exchange(code: string, extra: Record<string, string> = {}): Promise<Reply> {
    return this.token({
      grant_type: "authorization_code",
      code,
      redirect_uri: redirectUri,
      ...extra,
    });
  }

  refresh(refreshToken: string): Promise<Reply> {
    return this.token({ grant_type: "refresh_token", refresh_token: refreshToken });
  }

  async signIn(persona = "listener-dan", scopes: string[] = []) {
    const { status, body } = await this.exchange(await this.code(persona, { scopes }));
    assert.equal(status, 200);
    return tokens(body);
  }

  me(accessToken: string): Promise<Response> {
    return fetch(`${this.url}/v1/me`, { headers: { authorization: `Bearer ${accessToken}` } });
  }

  /** Returns a function that sends Web API requests as a persona with these scopes. */
  async as(persona: string, scopes: string[]) {
    const { accessToken } = await this.signIn(persona, scopes);
    return async (line: string, body?: unknown): Promise<WebApiReply> => {
      const [method = "", path = ""] = line.split(" ");
      const response = await fetch(`${this.url}/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${accessToken}` },
        ...(body !== undefined && {
          body: typeof body === "string" ? body : JSON.stringify(body),
        }),
      });
      return { status: response.status, body: readLeniently(await response.text()) };
    };
  }

  /** Sends an arbitrary control request, even an invalid one. */
  async raw(method: string, operation: string, body?: string) {
    const response = await fetch(`${this.url}/__control/${operation}`, {
      method,
      ...(body !== undefined && { body }),
    });
    return { status: response.status, text: await response.text() };
  }
}

function readLeniently(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The Web API's regular error object. */
export function apiError(status: number, message: string): WebApiReply {
  return { status, body: { error: { status, message } } };
}

export async function object(response: Response): Promise<Record<string, unknown>> {
  const value: unknown = await response.json();
  assert(typeof value === "object" && value !== null);
  return Object.fromEntries(Object.entries(value));
}

export function tokens(body: Record<string, unknown>) {
  const { access_token: accessToken, refresh_token: refreshToken } = body;
  assert(typeof accessToken === "string" && typeof refreshToken === "string");
  return { accessToken, refreshToken };
}

export function assertOAuthError(reply: Reply, error: string, description: string): void {
  assert.equal(reply.status, 400);
  assert.deepEqual(reply.body, { error, error_description: description });
}

/** Starts a harness before each test of the calling suite and closes it afterwards. */
export function useSpotifyHarness(): () => SpotifyHarness {
  let harness: SpotifyHarness | undefined;
  beforeEach(async () => {
    harness = await SpotifyHarness.start();
  });
  afterEach(async () => {
    await harness?.spotify.close();
  });
  return () => {
    assert(harness !== undefined);
    return harness;
  };
}
