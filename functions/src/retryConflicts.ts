import { GrpcStatus } from "firebase-admin/firestore";
import { hasStatus } from "./grpcStatus.js";

/** Every retry means that another writer changed the document first. */
const MAX_ATTEMPTS = 5;

/**
 * Runs an attempt that reads, and writes only if what it read is unchanged. Repeats it until no other write comes in
 * between. This is a transaction without locks: with locks, many writers of one document would wait for each other
 * until they time out.
 */
export async function retryConflicts<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (let number = 1; ; number += 1) {
    try {
      return await attempt();
    } catch (error) {
      const isConflict = hasStatus(error, GrpcStatus.FAILED_PRECONDITION, GrpcStatus.ABORTED);
      if (!isConflict || number === MAX_ATTEMPTS) throw error;
    }
  }
}
