/** The operator's mistake: its message is shown without a stack. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
