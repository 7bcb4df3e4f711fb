import { randomBytes } from "node:crypto";
import { CANARY } from "../canary.js";

import type { Clock } from "./clock.js";

const codeLifeMs = 10 * 60_000;
export const accessTokenLifeSeconds = 3600;
const grantLifeMonths = 6;

/** A user's permission for the app, from one visit to the consent page. */
export interface Grant {
  readonly personaId: string;
  readonly scope: string;
  readonly authorizedAt: number;
  revoked: boolean;
  /** Its six months were declared over early. */
  expired: boolean;
  /** Issued to a client without a secret, which may also refresh without one. */
  publicClient: boolean;
}

export interface AuthorizationCode {
  readonly grant: Grant;
  readonly redirectUri: string;
  readonly codeChallenge: string | null;
  readonly expiresAt: number;
  used: boolean;
}

interface AccessToken {
  readonly grant: Grant;
  expiresAt: number;
}

interface RefreshToken {
  readonly grant: Grant;
  superseded: boolean;
}

export type AccessTokenState = { valid: Grant } | "unknown" | "expired";
export type RefreshTokenState = { valid: Grant } | "unknown" | "expired" | "revoked";

/**
 * All codes and tokens. Expired ones are kept, so that the request log still knows their owners.
 */
export class Grants {
  readonly #clock: Clock;
  readonly #codes = new Map<string, AuthorizationCode>();
  readonly #accessTokens = new Map<string, AccessToken>();
  readonly #refreshTokens = new Map<string, RefreshToken>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  authorize(allowed: {
    personaId: string;
    scope: string;
    redirectUri: string;
    codeChallenge: string | null;
  }): string {
    const now = this.#clock.now();
    const grant: Grant = {
      personaId: allowed.personaId,
      scope: allowed.scope,
      authorizedAt: now,
      revoked: false,
      expired: false,
      publicClient: false,
    };
    const code = randomToken("AQ");
    this.#codes.set(code, {
      grant,
      redirectUri: allowed.redirectUri,
      codeChallenge: allowed.codeChallenge,
      expiresAt: now + codeLifeMs,
      used: false,
    });
    return code;
  }

  code(code: string): AuthorizationCode | "expired" | undefined {
    const found = this.#codes.get(code);
    if (found === undefined || found.used || found.grant.revoked) return undefined;
    return this.#clock.now() >= found.expiresAt ? "expired" : found;
  }

  issueAccessToken(grant: Grant): string {
    const token = randomToken("BQ");
    const expiresAt = this.#clock.now() + accessTokenLifeSeconds * 1000;
    this.#accessTokens.set(token, { grant, expiresAt });
    return token;
  }

  issueRefreshToken(grant: Grant): string {
    const token = randomToken("AQ");
    this.#refreshTokens.set(token, { grant, superseded: false });
    return token;
  }

  rotate(refreshToken: string, grant: Grant): string {
    const old = this.#refreshTokens.get(refreshToken);
    if (old !== undefined) old.superseded = true;
    return this.issueRefreshToken(grant);
  }

  accessToken(token: string): AccessTokenState {
    const found = this.#accessTokens.get(token);
    if (found === undefined || found.grant.revoked) return "unknown";
    return this.#clock.now() >= found.expiresAt ? "expired" : { valid: found.grant };
  }

  refreshToken(token: string): RefreshTokenState {
    const found = this.#refreshTokens.get(token);
    if (found === undefined) return "unknown";
    if (found.grant.revoked) return "revoked";
    if (found.superseded) return "unknown";
    return this.#isOver(found.grant) ? "expired" : { valid: found.grant };
  }

  #isOver(grant: Grant): boolean {
    const end = new Date(grant.authorizedAt);
    end.setUTCMonth(end.getUTCMonth() + grantLifeMonths);
    return grant.expired || this.#clock.now() >= end.getTime();
  }

  expireAccessTokens(personaId: string): void {
    for (const token of this.#accessTokens.values()) {
      if (token.grant.personaId === personaId) token.expiresAt = 0;
    }
  }

  expireGrants(personaId: string): void {
    for (const grant of this.#grantsOf(personaId)) grant.expired = true;
  }

  revoke(personaId: string): void {
    for (const grant of this.#grantsOf(personaId)) grant.revoked = true;
  }

  *#grantsOf(personaId: string): Iterable<Grant> {
    for (const { grant } of this.#codes.values()) {
      if (grant.personaId === personaId) yield grant;
    }
  }

  /** The current or former owner of a code or token. */
  personaIdOf(secret: string): string | undefined {
    const found =
      this.#accessTokens.get(secret) ?? this.#refreshTokens.get(secret) ?? this.#codes.get(secret);
    return found?.grant.personaId;
  }
}

function randomToken(prefix: string): string {
  return `${prefix}${CANARY}-${randomBytes(48).toString("base64url")}`;
}
