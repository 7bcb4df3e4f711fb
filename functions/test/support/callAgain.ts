import { GrpcStatus } from "firebase-admin/firestore";

/**
 * Repeats a call while it fails with contention, like an app does. The emulator makes conflicting
 * transactions wait for each other and then aborts them.
 */
export async function callAgain<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!isContention(error)) throw error;
    }
  }
}

function isContention(error: unknown): boolean {
  if (!(error instanceof Error && "code" in error)) return false;
  if (error.code === GrpcStatus.ABORTED) return true;
  // A read that was retried after the emulator had ended its transaction.
  return (
    error.code === GrpcStatus.INVALID_ARGUMENT &&
    error.message.includes("Transaction is invalid or closed")
  );
}
