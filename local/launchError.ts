/** An error for the user: its message is shown without a stack, and the launcher exits with 1. */
export class LaunchError extends Error {
  override readonly name = "LaunchError";
}

export function describe(error: unknown): string {
  if (error instanceof LaunchError) return error.message;
  if (error instanceof Error) return error.stack ?? error.message;
  return String(error);
}
