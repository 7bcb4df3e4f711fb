import { refusals, type RefusalDetails, type RefusalReason } from "./contract/reasons.js";

/** A refusal by the domain. Calling again is safe: nothing is half done, and nothing is done twice. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly reason: RefusalReason;
  readonly details: RefusalDetails;

  constructor(reason: RefusalReason, details: RefusalDetails = {}) {
    super(refusals[reason].message);
    this.reason = reason;
    this.details = details;
  }
}

/** A request that has the right shape but asks for something that does not fit; `path` names the field. */
export function invalidArgument(path: string, message: string): Refusal {
  return new Refusal("INVALID_ARGUMENT", { issues: [{ path, message }] });
}

export function isRefusal(error: unknown, reason: RefusalReason): boolean {
  return error instanceof Refusal && error.reason === reason;
}
