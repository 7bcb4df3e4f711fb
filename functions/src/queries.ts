import type { Firestore, Query } from "firebase-admin/firestore";

import type { QueryDeclaration } from "./contract/queries.js";

/** A query with the scope `group`, with its values. */
export function selectEverywhere(
  db: Firestore,
  query: QueryDeclaration & { readonly scope: "group" },
  ...values: unknown[]
): Query {
  return select(db.collectionGroup(query.collection), query, ...values);
}

/** A query over a top-level collection or, by its scope, over a collection group, with its values. */
export function selectInAll(db: Firestore, query: QueryDeclaration, ...values: unknown[]): Query {
  const { collection, scope } = query;
  const source = scope === "group" ? db.collectionGroup(collection) : db.collection(collection);
  return select(source, query, ...values);
}

/** The declared query with its values, in the order of its filters. */
export function select<Document>(
  source: Query<Document>,
  query: QueryDeclaration,
  ...values: unknown[]
): Query<Document> {
  if (values.length !== query.filters.length) throw new Error("one value for each filter");
  const filtered = query.filters.reduce(
    (selected, [field, operator], index) => selected.where(field, operator, values[index]),
    source,
  );
  return query.order.reduce(
    (ordered, [field, direction]) => ordered.orderBy(field, direction),
    filtered,
  );
}
