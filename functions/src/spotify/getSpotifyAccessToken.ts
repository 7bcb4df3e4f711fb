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
/** What is left of the lease when Spotify's time is up: enough to store what it granted. */
const STORING_MS = 4_000;
/** A token with less life than this is replaced: an app has to get some use out of it. */
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
 * The person's access token, refreshed at Spotify when it runs out. All callers share one refresh:
 * the call that takes the lease on the credentials asks Spotify. The others wait for what the holder writes, and fail if
 * the holder fails. If the holder crashes, the lease expires and the next call takes over. Refuses with
 * SPOTIFY_RELINK_REQUIRED when there is no grant any more, SPOTIFY_RATE_LIMITED, SPOTIFY_QUOTA_EXCEEDED, SPOTIFY_UNAVAILABLE.
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

/** Resolves to undefined when somebody else wrote in the same moment: look again. */
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

  // Opened before the lease is taken: a key that is gone must not make others wait.
  const refreshToken = deps.cipher.decrypt(stored.refreshToken, uid);
  const lease = { id: deps.newId(), until: Timestamp.fromMillis(now + LEASE_MS) };
  // One of any number that saw the same document gets it. A transaction would do as well, but makes
  // the others queue for a lock only to learn that they have to wait.
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
 * A refresh that failed while this call was already waiting is its failure too, and Spotify's word on
 * when to come back holds for everybody.
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

/** What the write resolves to, or undefined when somebody else changed the document before. */
async function unlessBeaten<Result>(write: Promise<Result>): Promise<Result | undefined> {
  try {
    return await write;
  } catch (error) {
    if (hasStatus(error, GrpcStatus.FAILED_PRECONDITION, GrpcStatus.NOT_FOUND)) return undefined;
    throw error;
  }
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

/** Gives the lease up and tells those who wait why; false when it was no longer ours to give. */
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
      // The grant is dead at Spotify: what is left of it is only a liability.
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
 * Writes only while the stored grant is the one that was used: a later sign-in or refresh is never
 * overwritten. False when it was. A lease that ran out under its holder does not matter: what Spotify
 * rotated must be kept, or the person has to sign in again.
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
