import type { DocumentSnapshot } from "firebase-admin/firestore";
import type { Caller } from "../caller.js";
import type { AdminDocument } from "../contract/admins.js";
import type { Dependencies } from "../dependencies.js";
import { invalidArgument, Refusal } from "../errors.js";

/**
 * The person who uses the command-line tool with the project's own credentials. No account can have this uid: those
 * begin with `spotify_`.
 */
export const OPERATOR: Caller = { uid: "operator", isAdmin: true };

/**
 * Refuses with NOT_ADMIN, also if the caller is no longer an admin but their ID token still says so. `record` is the
 * caller's own `admins/{uid}`.
 */
export function assertAdmin(caller: Caller, record: DocumentSnapshot<AdminDocument>): void {
  if (!caller.isAdmin || record.data()?.isAdmin === false) throw new Refusal("NOT_ADMIN");
}

/**
 * Whether the ID token says that the caller is an admin and Firebase Auth does not deny it: a token outlives the account
 * and the claim by up to an hour, and an admin who was made by hand has no document that could be read instead.
 */
export async function isAdminInAuth(
  { accounts }: Pick<Dependencies, "accounts">,
  { uid, isAdmin }: Caller,
): Promise<boolean> {
  if (!isAdmin || uid === OPERATOR.uid) return isAdmin;
  return !(await accounts.isFormerAdmin(uid));
}

export async function assertAdminInAuth(
  deps: Pick<Dependencies, "accounts">,
  caller: Caller,
): Promise<void> {
  if (!(await isAdminInAuth(deps, caller))) throw new Refusal("NOT_ADMIN");
}

/** Admins cannot act on themselves: it is a mistake, or an attempt to undo a decision about them. */
export function assertNotOneself(caller: Pick<Caller, "uid">, uid: string, field = "uid"): void {
  if (caller.uid !== uid) return;
  const message = field === "uid" ? "must not be yourself" : "must not be about yourself";
  throw invalidArgument(field, message);
}
