import type { Query, QueryDocumentSnapshot } from "firebase-admin/firestore";

/**
 * Processes what a query finds, `size` documents at a time, so that memory stays bounded. A page that fails does not
 * stop the others: failures are thrown at the end. `goOn` is asked before each further page.
 */
export async function eachPage<Document>(
  query: Query<Document>,
  size: number,
  work: (page: readonly QueryDocumentSnapshot<Document>[]) => Promise<void>,
  goOn: () => boolean = () => true,
): Promise<void> {
  const failures: unknown[] = [];
  let page = query.limit(size);
  for (;;) {
    const { docs } = await page.get();
    const last = docs.at(-1);
    if (!last) break;
    try {
      await work(docs);
    } catch (error) {
      failures.push(error);
    }
    if (docs.length < size || !goOn()) break;
    page = query.startAfter(last).limit(size);
  }
  if (failures.length > 0) throw new AggregateError(failures, "some pages failed");
}
