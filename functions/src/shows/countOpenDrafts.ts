import { quotaRef, showsRef } from "../collections.js";
import { queries } from "../contract/queries.js";
import type { Dependencies } from "../dependencies.js";
import type { WrittenDocument } from "../documentWrite.js";
import { select } from "../queries.js";

const OPEN = ["draft", "scheduled"];

/** The person whose number of open drafts may have changed with a show. */
export function openedOrClosed(
  before: WrittenDocument | undefined,
  after: WrittenDocument | undefined,
): string | null {
  const isOpen = (show: WrittenDocument | undefined) =>
    OPEN.some((status) => status === show?.get("status"));
  if (isOpen(before) === isOpen(after)) return null;
  const uid = after?.get("creatorUid") ?? before?.get("creatorUid");
  return typeof uid === "string" ? uid : null;
}

/**
 * Writes how many drafts and scheduled shows a person has, for the rules, which refuse another at 20. It
 * counts all of them each time, so an event may come twice or late; in a transaction, so that
 * of two counts at once the later one stays. Drafts that were created before the count caught up stay,
 * and no further one is created until there are fewer than 20.
 */
export async function countOpenDrafts(
  { firestore }: Pick<Dependencies, "firestore">,
  uid: string,
): Promise<void> {
  const ref = quotaRef(firestore, uid);
  const open = select(showsRef(firestore), queries.showsInStatus, uid, OPEN).count();
  await firestore.runTransaction(async (transaction) => {
    const quota = await transaction.get(ref);
    const openDrafts = (await transaction.get(open)).data().count;
    // None says the same as zero, and an event that comes after its account was deleted leaves nothing behind.
    if ((quota.data()?.openDrafts ?? 0) !== openDrafts) transaction.set(ref, { openDrafts });
  });
}
