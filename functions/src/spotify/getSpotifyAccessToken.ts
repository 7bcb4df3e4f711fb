import { GrpcStatus, Timestamp, type WriteBatch } from "firebase-admin/firestore";
import type { Caller } from "../caller.js";
import { accountRef, credentialsRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { Refusal } from "../errors.js";
import { hasStatus } from "../grpcStatus.js";
import { decryptAccess, encryptGrant } from "./credentials.js";
import type { Grant } from "../ports/spotifyGateway.js";
import { untilLeaseEnds } from "./untilLeaseEnds.js";
import type { CredentialsDocument, SpotifyAccess } from "../contract/spotify.js";

type AccessDependencies = Pick<
  Dependencies,
  "firestore" | "spotify" | "cipher" | "clock" | "newId"
>;

/** How long one call tries, refresh and waiting together. */
const DEADLINE_MS = 20_000;
const LEASE_MS = 12_000;
/** How much of the lease remains after Spotify's deadline: enough to store the new tokens. */
const STORING_MS = 4_000;
/** A token that expires sooner than this is replaced, because an app needs some time to use it. */
const MIN_REMAINING_MS = 60_000;

type Turn =
  | { kind: "fresh"; access: SpotifyAccess }
  | { kind: "wait"; lease: NonNullable<CredentialsDocument["lease"]> }
  | {
      kind: "refresh";
      lease: NonNullable<CredentialsDocument["lease"]>;
      leasedAt: Timestamp;
      used: CredentialsDocument["refreshToken"];
      refreshToken: string;
      scopes: string[];
    };

/**
 * The person's access token, refreshed at Spotify when it runs out. All callers share one refresh: the call that
 * takes the lease on the credentials asks Spotify. The others wait for what the holder writes, and fail if the holder
 * fails. If the holder crashes, the lease expires and the next call takes over. Refuses with SPOTIFY_RELINK_REQUIRED
 * if the grant has ended, SPOTIFY_RATE_LIMITED, SPOTIFY_QUOTA_EXCEEDED, SPOTIFY_UNAVAILABLE.
 */
export async function getSpotifyAccessToken(
  deps: AccessDependencies,
  { uid }: Pick<Caller, "uid">,
): Promise<SpotifyAccess> {
  const startedAt = deps.clock.now();
  const deadline = startedAt + DEADLINE_MS;
  while (deps.clock.now() < deadline) {
    const turn = await takeTurn(deps, uid, startedAt);
    switch (turn?.kind) {
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
      case undefined:
        break;
    }
  }
  throw new Refusal("SPOTIFY_UNAVAILABLE");
}

/** Resolves to undefined if another call wrote at the same moment: read again. */
async function takeTurn(
  deps: AccessDependencies,
  uid: string,
  startedAt: number,
): Promise<Turn | undefined> {
  const snapshot = await credentialsRef(deps.firestore, uid).get();
  const stored = snapshot.data();
  if (!stored || !snapshot.updateTime) throw new Refusal("SPOTIFY_RELINK_REQUIRED");
  const now = deps.clock.now();
  if (stored.expiresAt.toMillis() - now > MIN_REMAINING_MS) {
    return { kind: "fresh", access: decryptAccess(deps.cipher, uid, stored) };
  }
  if (stored.lease && stored.lease.until.toMillis() > now) {
    return { kind: "wait", lease: stored.lease };
  }
  throwSharedFailure(stored, startedAt, now);

  // Decrypted before the lease is taken, so that a missing key does not make other calls wait.
  const refreshToken = deps.cipher.decrypt(stored.refreshToken, uid);
  const lease = { id: deps.newId(), until: Timestamp.fromMillis(now + LEASE_MS) };
  // Only one of the simultaneous calls gets the lease. A transaction would work as well, but would make the others
  // queue for a lock only to learn that they have to wait.
  const leased = await unlessBeaten(
    snapshot.ref.update({ lease, refreshFailure: null }, { lastUpdateTime: snapshot.updateTime }),
  );
  return (
    leased && {
      kind: "refresh",
      lease,
      leasedAt: leased.writeTime,
      used: stored.refreshToken,
      refreshToken,
      scopes: stored.scopes,
    }
  );
}

/**
 * If a refresh fails while this call waits, this call fails as well. Spotify's `Retry-After` applies to all calls.
 */
function throwSharedFailure(stored: CredentialsDocument, startedAt: number, now: number): void {
  if (!stored.refreshFailure) return;
  const { at, reason, retryAfterSeconds } = stored.refreshFailure;
  if (retryAfterSeconds !== undefined) {
    const remainingMs = at.toMillis() + retryAfterSeconds * 1000 - now;
    if (remainingMs > 0) {
      throw new Refusal(reason, { retryAfterSeconds: Math.ceil(remainingMs / 1000) });
    }
  }
  if (at.toMillis() < startedAt) return;
  if (reason === "INTERNAL") throw new Error("the refresh that this call waited for failed");
  throw new Refusal(reason);
}

/** What the write resolves to, or undefined if another call changed the document before. */
async function unlessBeaten<Result>(write: Promise<Result>): Promise<Result | undefined> {
  try {
    return await write;
  } catch (error) {
    if (hasStatus(error, GrpcStatus.FAILED_PRECONDITION, GrpcStatus.NOT_FOUND)) return undefined;
    throw error;
  }
}

/** Resolves to undefined if the lease was lost in the meantime: the person signed in again, or another call took over. */
async function refreshAsHolder(
  deps: AccessDependencies,
  uid: string,
  turn: Extract<Turn, { kind: "refresh" }>,
): Promise<SpotifyAccess | undefined> {
  let grant: Grant;
  try {
    grant = await deps.spotify.refreshAccessToken(
      turn.refreshToken,
      turn.lease.until.toMillis() - STORING_MS,
    );
  } catch (error) {
    if (await recordFailure(deps, uid, turn, error)) throw error;
    return undefined;
  }
  const stored = encryptGrant(deps.cipher, uid, {
    ...grant,
    refreshToken: grant.refreshToken ?? turn.refreshToken,
    // Spotify leaves `scope` out where nothing changed.
    scopes: grant.scopes.length > 0 ? grant.scopes : turn.scopes,
  });
  const kept = await whileGrantHolds(deps, uid, turn, (batch, held) => {
    batch.update(
      credentialsRef(deps.firestore, uid),
      { ...stored, lease: null, updatedAt: Timestamp.fromMillis(deps.clock.now()) },
      held,
    );
  });
  return kept ? decryptAccess(deps.cipher, uid, stored) : undefined;
}

/** Ends the lease and records why, for the calls that wait. False if this call no longer held it. */
function recordFailure(
  deps: AccessDependencies,
  uid: string,
  turn: Extract<Turn, { kind: "refresh" }>,
  error: unknown,
): Promise<boolean> {
  const refusal = error instanceof Refusal ? error : new Refusal("INTERNAL");
  const ref = credentialsRef(deps.firestore, uid);
  return whileGrantHolds(deps, uid, turn, (batch, held) => {
    if (refusal.reason === "SPOTIFY_RELINK_REQUIRED") {
      // Spotify has ended the grant, so its remains are only a risk.
      batch
        .delete(ref, held)
        .set(accountRef(deps.firestore, uid), { spotifyLinked: false }, { merge: true });
      return;
    }
    const { retryAfterSeconds } = refusal.details;
    batch.update(
      ref,
      {
        lease: null,
        refreshFailure: {
          at: Timestamp.fromMillis(deps.clock.now()),
          reason: refusal.reason,
          ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
        },
      },
      held,
    );
  });
}

/**
 * Writes only if the stored grant is still the one that was used, so that it never overwrites a later sign-in or
 * refresh; otherwise false. It also writes if the holder's lease has expired, because a rotated refresh token must be
 * kept, or the person has to sign in again.
 */
async function whileGrantHolds(
  deps: AccessDependencies,
  uid: string,
  turn: Extract<Turn, { kind: "refresh" }>,
  write: (batch: WriteBatch, held: { lastUpdateTime: Timestamp }) => void,
): Promise<boolean> {
  let lastUpdateTime: Timestamp | undefined = turn.leasedAt;
  while (lastUpdateTime) {
    const batch = deps.firestore.batch();
    write(batch, { lastUpdateTime });
    if (await unlessBeaten(batch.commit())) return true;
    const snapshot = await credentialsRef(deps.firestore, uid).get();
    const sameGrant = snapshot.data()?.refreshToken.ciphertext === turn.used.ciphertext;
    lastUpdateTime = sameGrant ? snapshot.updateTime : undefined;
  }
  return false;
}
