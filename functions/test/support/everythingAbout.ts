import type { Firestore } from "firebase-admin/firestore";

/**
 * Every document of a show and about it, by path, with the time of its last write: the same before
 * and after whatever writes nothing.
 */
export async function everythingAbout(
  db: Firestore,
  showId: string,
): Promise<Record<string, unknown>> {
  const roots = [db.doc(`shows/${showId}`), db.doc(`stages/${showId}`)];
  const beneath = await Promise.all(roots.map((root) => root.listCollections()));
  const [own, ...found] = await Promise.all([
    db.getAll(...roots),
    ...beneath.flat().map((collection) => collection.get()),
    ...["liveShows", "reports"].map((id) => db.collection(id).where("showId", "==", showId).get()),
  ]);
  const documents = [...own, ...found.flatMap(({ docs }) => docs)];
  return Object.fromEntries(
    documents
      .sort((a, b) => a.ref.path.localeCompare(b.ref.path))
      .map((document) => [
        document.ref.path,
        { ...document.data(), updateTime: document.updateTime?.valueOf() },
      ]),
  );
}
