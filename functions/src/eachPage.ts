import type { Query, QueryDocumentSnapshot } from "firebase-admin/firestore";

/** Goes over what a query finds, `size` documents at a time, so that memory stays bounded. */
export async function eachPage<Document>(
  query: Query<Document>,
  size: number,
  work: (page: readonly QueryDocumentSnapshot<Document>[]) => Promise<void>,
): Promise<void> {
  let page = query.limit(size);
  for (;;) {
    const { docs } = await page.get();
    await work(docs);
    const last = docs.at(-1);
    if (!last || docs.length < size) return;
    page = query.startAfter(last).limit(size);
  }
}
