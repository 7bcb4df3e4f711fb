import { type Firestore, GrpcStatus } from "firebase-admin/firestore";
import type { PersonCard } from "../contract/fields.js";
import { showsRef } from "../collections.js";
import { hasStatus } from "../grpcStatus.js";
import { queries } from "../contract/queries.js";
import { select, selectEverywhere } from "../queries.js";

/**
 * Puts a person's card wherever a copy of it stands: in their shows, their places in others' and their
 * comments. Safe to repeat, also where it broke off.
 */
export async function replaceCards(db: Firestore, uid: string, card: PersonCard): Promise<void> {
  const copies = [
    [select(showsRef(db), queries.ownShows, uid), { creator: card }],
    [selectEverywhere(db, queries.participationsOf, uid), { ...card }],
    [selectEverywhere(db, queries.commentsBy, uid), { author: card }],
  ] as const;
  const writer = db.bulkWriter();
  const writes = await Promise.all(
    copies.map(async ([query, fields]) => {
      const { docs } = await query.select().get();
      return docs.map(({ ref }) => unlessGone(writer.update(ref, fields)));
    }),
  );
  await writer.close();
  await Promise.all(writes.flat());
}

/** A comment may be deleted meanwhile. */
async function unlessGone(written: Promise<unknown>): Promise<void> {
  try {
    await written;
  } catch (error) {
    if (!hasStatus(error, GrpcStatus.NOT_FOUND)) throw error;
  }
}
