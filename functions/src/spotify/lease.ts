import { credentialsRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { Refusal } from "../errors.js";
import type { CredentialsDocument } from "./schema.js";

/**
 * Waits until `lease` is given up, replaced, or past its time. Refuses as its holder was refused,
 * so that one failure at Spotify is one request there however many wait for it.
 */
export async function untilLeaseEnds(
  deps: Pick<Dependencies, "firestore" | "clock">,
  uid: string,
  lease: NonNullable<CredentialsDocument["lease"]>,
  deadline: number,
): Promise<void> {
  const ref = credentialsRef(deps.firestore, uid);
  const longestMs = Math.min(lease.until.toMillis(), deadline) - deps.clock.now();
  let stopListening: (() => void) | undefined;
  const ended = new Promise<CredentialsDocument | undefined>((resolve, reject) => {
    stopListening = ref.onSnapshot((snapshot) => {
      const stored = snapshot.data();
      if (stored?.lease?.id !== lease.id) resolve(stored);
    }, reject);
  });
  try {
    const stored = await Promise.race([ended, deps.clock.sleep(Math.max(longestMs, 0))]);
    const failure = stored?.refreshFailure;
    if (failure?.leaseId === lease.id) {
      throw new Refusal(
        failure.reason,
        failure.retryAfterSeconds === undefined
          ? {}
          : { retryAfterSeconds: failure.retryAfterSeconds },
      );
    }
  } finally {
    stopListening?.();
  }
}
