import { credentialsRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import type { CredentialsDocument } from "../contract/spotify.js";

/** Waits until `lease` is given up, replaced, or past its time, or until `deadline`, in ms since the epoch. */
export async function untilLeaseEnds(
  deps: Pick<Dependencies, "firestore" | "clock">,
  uid: string,
  lease: NonNullable<CredentialsDocument["lease"]>,
  deadline: number,
): Promise<void> {
  const longestMs = Math.min(lease.until.toMillis(), deadline) - deps.clock.now();
  let stopListening: (() => void) | undefined;
  const ended = new Promise<void>((resolve, reject) => {
    stopListening = credentialsRef(deps.firestore, uid).onSnapshot((snapshot) => {
      if (snapshot.data()?.lease?.id !== lease.id) resolve();
    }, reject);
  });
  try {
    await Promise.race([ended, deps.clock.sleep(Math.max(longestMs, 0))]);
  } finally {
    stopListening?.();
  }
}
