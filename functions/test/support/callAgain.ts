import { GrpcStatus } from "firebase-admin/firestore";

/**
 * As an app does that is told CONTENTION: calls again, until there is an answer. Where many write the
 * same, the emulator lets their transactions wait for each other until it ends them.
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
  // A read that is sent again after the emulator has ended its transaction.
  return (
    error.code === GrpcStatus.INVALID_ARGUMENT &&
    error.message.includes("Transaction is invalid or closed")
  );
}
