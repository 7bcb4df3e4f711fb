import { z } from "zod";

import type { faultRequest } from "../../faults/faults.js";
import { loggedRequest, type LoggedRequest } from "../requestLog.js";
import type { QuotaMode } from "../state.js";
import type { ExpireRequest, PersonaRequest } from "./requests.js";

export interface Authorization {
  readonly persona: string;
  readonly redirectUri: string;
  readonly clientId: string;
  readonly state?: string;
  readonly scopes?: readonly string[];
  /** The S256 challenge of PKCE. */
  readonly codeChallenge?: string;
}

/** What a test says to a running local Spotify. */
export interface SpotifyControl {
  readonly faults: {
    set(fault: z.input<typeof faultRequest>): Promise<void>;
    clear(): Promise<void>;
  };
  expire(persona: string, what?: ExpireRequest["what"]): Promise<void>;
  revoke(persona: string): Promise<void>;
  requests(): Promise<LoggedRequest[]>;
  clearRequests(): Promise<void>;
  advanceClock(ms: number): Promise<void>;
  resetClock(): Promise<void>;
  changePersona(change: PersonaRequest): Promise<void>;
  setQuotaMode(quotaMode: QuotaMode): Promise<void>;
  setRefreshTokenRotation(rotateRefreshTokens: boolean): Promise<void>;
  /** Signs in as the persona would, up to the redirect. */
  authorize(authorization: Authorization): Promise<{ code: string; state: string | null }>;
}

export function spotifyControl(url: string): SpotifyControl {
  async function send(method: string, operation: string, body?: unknown): Promise<string> {
    const response = await fetch(`${url}/__control/${operation}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(`${method} ${operation}: ${response.status} ${answer}`);
    return answer;
  }
  const post = async (operation: string, body: unknown) => {
    await send("POST", operation, body);
  };
  const remove = async (operation: string) => {
    await send("DELETE", operation);
  };
  return {
    faults: { set: (fault) => post("faults", fault), clear: () => remove("faults") },
    expire: (persona, what = "access") => post("expire", { persona, what }),
    revoke: (persona) => post("revoke", { persona }),
    requests: async () => z.array(loggedRequest).parse(JSON.parse(await send("GET", "requests"))),
    clearRequests: () => remove("requests"),
    advanceClock: (advanceMs) => post("clock", { advanceMs }),
    resetClock: () => remove("clock"),
    changePersona: (change) => post("personas", change),
    setQuotaMode: (quotaMode) => post("mode", { quotaMode }),
    setRefreshTokenRotation: (rotateRefreshTokens) => post("mode", { rotateRefreshTokens }),
    authorize: (authorization) => authorize(url, authorization),
  };
}

async function authorize(url: string, authorization: Authorization) {
  const { persona, redirectUri, clientId, state, scopes, codeChallenge } = authorization;
  const query = new URLSearchParams({
    response_type: "code",
    client_id: clientId,
    redirect_uri: redirectUri,
    persona,
    ...(state !== undefined && { state }),
    ...(scopes !== undefined && { scope: scopes.join(" ") }),
    ...(codeChallenge !== undefined && {
      code_challenge: codeChallenge,
      code_challenge_method: "S256",
    }),
  });
  const response = await fetch(`${url}/authorize?${query.toString()}`, { redirect: "manual" });
  const location = response.headers.get("location");
  if (response.status !== 302 || location === null) {
    throw new Error(`GET /authorize: ${response.status} ${await response.text()}`);
  }
  const answer = new URL(location).searchParams;
  const code = answer.get("code");
  if (code === null) throw new Error(`GET /authorize: ${answer.get("error") ?? "no code"}`);
  return { code, state: answer.get("state") };
}
