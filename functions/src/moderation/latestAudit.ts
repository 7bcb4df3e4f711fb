import { auditsRef } from "../collections.js";
import type { AuditDocument } from "../contract/accounts.js";
import { queries } from "../contract/queries.js";
import type { Dependencies } from "../dependencies.js";
import { select } from "../queries.js";

/** What admins did, the latest first. Admins' apps read the collection themselves. */
export async function latestAudit(
  { firestore }: Pick<Dependencies, "firestore">,
  limit: number,
): Promise<readonly AuditDocument[]> {
  const { docs } = await select(auditsRef(firestore), queries.latestAudit).limit(limit).get();
  return docs.map((entry) => entry.data());
}
