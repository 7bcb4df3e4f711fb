import { AggregateField, type Firestore } from "firebase-admin/firestore";
import { reactionsRef } from "../collections.js";
import { reactionKind, type ReactionTotals } from "../contract/reactions.js";

/**
 * Everything that was tapped in a show, added up again each time, so that it is right even if events arrived twice, late
 * or not at all. One query for each kind: each goes by the index of its own field.
 */
export async function reactionTotalsOf(db: Firestore, showId: string): Promise<ReactionTotals> {
  const sum = async (kind: string): Promise<number> => {
    const totals = await reactionsRef(db, showId)
      .aggregate({ total: AggregateField.sum(kind) })
      .get();
    return totals.data().total;
  };
  const [clap, heart, fire, laugh, wow] = await Promise.all([
    sum(reactionKind.enum.clap),
    sum(reactionKind.enum.heart),
    sum(reactionKind.enum.fire),
    sum(reactionKind.enum.laugh),
    sum(reactionKind.enum.wow),
  ]);
  return { clap, heart, fire, laugh, wow };
}
