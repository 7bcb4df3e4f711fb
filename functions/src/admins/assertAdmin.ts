import type { DocumentSnapshot } from "firebase-admin/firestore";
import type { Caller } from "../caller.js";
import type { AdminDocument } from "../contract/admins.js";
import { invalidArgument, Refusal } from "../errors.js";

/**
 * Who acts through the command-line tool, with the project's own credentials. No account can have this uid: those
 * begin with `spotify_`.
 */
export const OPERATOR: Caller = { uid: "operator", isAdmin: true };

/**
 * NOT_ADMIN, also for somebody who is no longer an admin but whose ID token still says so. `record` is the caller's
 * own `admins/{uid}`.
 */
export function assertAdmin(caller: Caller, record: DocumentSnapshot<AdminDocument>): void {
  if (!caller.isAdmin || record.data()?.isAdmin === false) throw new Refusal("NOT_ADMIN");
}

/** For the first line of an operation: whoever is no admin learns nothing more, and nothing is read. */
export function assertClaimsAdmin(caller: Caller): void {
  if (!caller.isAdmin) throw new Refusal("NOT_ADMIN");
}

/** An admin who names themselves made a slip, or tries to undo what was decided about them. */
export function assertNotOneself(caller: Caller, uid: string): void {
  if (caller.uid !== uid) return;
  throw invalidArgument("uid", "must not be yourself");
}
