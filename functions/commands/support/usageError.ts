/** A mistake of the operator's, whose message is shown without a stack. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
