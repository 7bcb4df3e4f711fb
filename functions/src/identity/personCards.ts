import { type Firestore, GrpcStatus } from "firebase-admin/firestore";
import type { PersonCard } from "../contract/fields.js";
import { paymentsRef, showsRef } from "../collections.js";
import { eachPage } from "../eachPage.js";
import { hasStatus } from "../grpcStatus.js";
import { queries } from "../contract/queries.js";
import { select, selectEverywhere } from "../queries.js";

const PAGE = 500;

/**
 * Updates every copy of a person's name and picture: in their shows, their participant documents in others' shows,
 * their comments, others' inbox entries about their shows, and the payments that they made. Safe to repeat or
 * interrupt.
 */
export async function replaceCards(db: Firestore, uid: string, card: PersonCard): Promise<void> {
  const copies = [
    [select(showsRef(db), queries.ownShows, uid), { creator: card }],
    [selectEverywhere(db, queries.participationsOf, uid), { ...card }],
    [selectEverywhere(db, queries.commentsBy, uid), { author: card }],
    [selectEverywhere(db, queries.notificationsAbout, uid), { creator: card }],
    [select(paymentsRef(db), queries.everyPaymentBy, uid), { supporter: card }],
  ] as const;
  const writer = db.bulkWriter();
  try {
    await Promise.all(
      copies.map(([query, fields]) =>
        eachPage(query.select(), PAGE, async (docs) => {
          const writes = docs.map(({ ref }) => unlessGone(writer.update(ref, fields)));
          // Together: a write that fails while nobody waits for it would end the instance.
          await Promise.all([...writes, writer.flush()]);
        }),
      ),
    );
  } finally {
    await writer.close();
  }
}

/** A comment or an inbox entry may have been deleted in the meantime. */
async function unlessGone(written: Promise<unknown>): Promise<void> {
  try {
    await written;
  } catch (error) {
    if (!hasStatus(error, GrpcStatus.NOT_FOUND)) throw error;
  }
}
