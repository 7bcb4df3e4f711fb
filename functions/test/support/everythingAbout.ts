import type { Firestore } from "firebase-admin/firestore";

/**
 * All documents of a show by path, with their update times. They stay the same if nothing is
 * written.
 */
export async function everythingAbout(
  db: Firestore,
  showId: string,
): Promise<Record<string, { readonly updateTime: unknown }>> {
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
