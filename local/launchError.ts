/** What went wrong in words that need no stack: shown as they are, and the launcher exits 1. */
export class LaunchError extends Error {
  override readonly name = "LaunchError";
}

export function describe(error: unknown): string {
  if (error instanceof LaunchError) return error.message;
  if (error instanceof Error) return error.stack ?? error.message;
  return String(error);
}
