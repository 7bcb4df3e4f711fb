import { Timestamp, type Transaction } from "firebase-admin/firestore";
import { accountRef, credentialsRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { Refusal } from "../errors.js";
import type { SpotifyAccess } from "../identity/schema.js";
import { openAccess, sealGrant } from "./credentials.js";
import type { Grant } from "./gateway.js";
import { untilLeaseEnds } from "./lease.js";
import type { CredentialsDocument } from "./schema.js";

type AccessDependencies = Pick<
  Dependencies,
  "firestore" | "spotify" | "cipher" | "clock" | "newId"
>;

/** How long one call tries, refresh and waiting together. */
const DEADLINE_MS = 20_000;
/** How long Spotify may take; the lease outlives it, so that a live holder never loses it. */
const REFRESH_DEADLINE_MS = 8_000;
const LEASE_MS = 12_000;
/** A token with less life than this is replaced: an app has to get some use out of it. */
const MIN_REMAINING_MS = 60_000;

type Turn =
  | { kind: "fresh"; access: SpotifyAccess }
  | { kind: "wait"; lease: NonNullable<CredentialsDocument["lease"]> }
  | { kind: "refresh"; leaseId: string; refreshToken: string; scopes: string[] };

/**
 * The person's access token, refreshed at Spotify when it runs out. All callers share one refresh:
 * whoever takes the lease on the credentials asks Spotify, the others wait for what he writes. If
 * he dies, the lease runs out and the next takes over. Refuses with SPOTIFY_RELINK_REQUIRED when
 * there is no grant any more, SPOTIFY_RATE_LIMITED, SPOTIFY_UNAVAILABLE.
 */
export async function freshAccessToken(
  deps: AccessDependencies,
  uid: string,
): Promise<SpotifyAccess> {
  const deadline = deps.clock.now() + DEADLINE_MS;
  while (deps.clock.now() < deadline) {
    const turn = await takeTurn(deps, uid);
    switch (turn.kind) {
      case "fresh":
        return turn.access;
      case "wait":
        await untilLeaseEnds(deps, uid, turn.lease, deadline);
        break;
      case "refresh": {
        const access = await refreshAsHolder(deps, uid, turn);
        if (access) return access;
        break;
      }
    }
  }
  throw new Refusal("SPOTIFY_UNAVAILABLE");
}

async function takeTurn(deps: AccessDependencies, uid: string): Promise<Turn> {
  const ref = credentialsRef(deps.firestore, uid);
  // Almost every call ends here: a plain read contends with nobody.
  const seen = (await ref.get()).data();
  if (!seen) throw new Refusal("SPOTIFY_RELINK_REQUIRED");
  const now = deps.clock.now();
  const settled = turnWithoutLease(deps, uid, seen, now);
  if (settled) return settled;

  return deps.firestore.runTransaction(async (transaction) => {
    const current = (await transaction.get(ref)).data();
    if (!current) throw new Refusal("SPOTIFY_RELINK_REQUIRED");
    const turn = turnWithoutLease(deps, uid, current, now);
    if (turn) return turn;
    const leaseId = deps.newId();
    transaction.update(ref, {
      lease: { id: leaseId, until: Timestamp.fromMillis(now + LEASE_MS) },
      refreshFailure: null,
    });
    return {
      kind: "refresh",
      leaseId,
      refreshToken: deps.cipher.open(current.refreshToken, uid),
      scopes: current.scopes,
    };
  });
}

function turnWithoutLease(
  deps: AccessDependencies,
  uid: string,
  stored: CredentialsDocument,
  now: number,
): Turn | undefined {
  if (stored.expiresAt.toMillis() - now > MIN_REMAINING_MS) {
    return { kind: "fresh", access: openAccess(deps.cipher, uid, stored) };
  }
  if (stored.lease && stored.lease.until.toMillis() > now) {
    return { kind: "wait", lease: stored.lease };
  }
  return undefined;
}

/** Resolves to undefined when the lease was lost meanwhile: somebody signed in anew, or took over. */
async function refreshAsHolder(
  deps: AccessDependencies,
  uid: string,
  turn: Extract<Turn, { kind: "refresh" }>,
): Promise<SpotifyAccess | undefined> {
  let grant: Grant;
  try {
    grant = await deps.spotify.refreshAccessToken(
      turn.refreshToken,
      deps.clock.now() + REFRESH_DEADLINE_MS,
    );
  } catch (error) {
    if (await recordFailure(deps, uid, turn.leaseId, error)) throw error;
    return undefined;
  }
  const stored = sealGrant(deps.cipher, uid, {
    ...grant,
    refreshToken: grant.refreshToken ?? turn.refreshToken,
    // Spotify leaves `scope` out where nothing changed.
    scopes: grant.scopes.length > 0 ? grant.scopes : turn.scopes,
  });
  const kept = await whileHolding(deps, uid, turn.leaseId, (transaction, ref) => {
    transaction.update(ref, {
      ...stored,
      lease: null,
      updatedAt: Timestamp.fromMillis(deps.clock.now()),
    });
  });
  return kept ? openAccess(deps.cipher, uid, stored) : undefined;
}

/** Gives the lease up and tells those who wait why; false when it was no longer ours to give. */
function recordFailure(
  deps: AccessDependencies,
  uid: string,
  leaseId: string,
  error: unknown,
): Promise<boolean> {
  const refusal = error instanceof Refusal ? error : new Refusal("INTERNAL");
  return whileHolding(deps, uid, leaseId, (transaction, ref) => {
    if (refusal.reason === "SPOTIFY_RELINK_REQUIRED") {
      // The grant is dead at Spotify: what is left of it is only a liability.
      transaction.delete(ref);
      transaction.update(accountRef(deps.firestore, uid), { spotifyLinked: false });
      return;
    }
    const { retryAfterSeconds } = refusal.details;
    transaction.update(ref, {
      lease: null,
      refreshFailure: {
        leaseId,
        reason: refusal.reason,
        ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
      },
    });
  });
}

/** Writes only while the lease is still this one: a later grant or holder is never overwritten. */
function whileHolding(
  deps: AccessDependencies,
  uid: string,
  leaseId: string,
  write: (transaction: Transaction, ref: ReturnType<typeof credentialsRef>) => void,
): Promise<boolean> {
  const ref = credentialsRef(deps.firestore, uid);
  return deps.firestore.runTransaction(async (transaction) => {
    const current = (await transaction.get(ref)).data();
    if (current?.lease?.id !== leaseId) return false;
    write(transaction, ref);
    return true;
  });
}
