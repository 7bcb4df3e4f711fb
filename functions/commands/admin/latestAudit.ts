import { auditsRef } from "../../src/collections.js";
import type { AuditDocument } from "../../src/contract/admins.js";
import { queries } from "../../src/contract/queries.js";
import type { Dependencies } from "../../src/dependencies.js";
import { select } from "../../src/queries.js";

/** What admins did, the latest first. Admins' apps read the collection themselves. */
export async function latestAudit(
  { firestore }: Pick<Dependencies, "firestore">,
  limit: number,
): Promise<readonly AuditDocument[]> {
  const { docs } = await select(auditsRef(firestore), queries.latestAudit).limit(limit).get();
  return docs.map((entry) => entry.data());
}
