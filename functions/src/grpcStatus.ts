import type { GrpcStatus } from "firebase-admin/firestore";

/** Firestore's errors have a gRPC status in `code`. */
export function hasStatus(error: unknown, ...statuses: GrpcStatus[]): error is Error {
  if (!(error instanceof Error) || !("code" in error)) return false;
  return statuses.some((status) => status === error.code);
}
