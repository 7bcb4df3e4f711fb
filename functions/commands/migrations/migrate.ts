import type { DocumentData, DocumentReference, Firestore } from "firebase-admin/firestore";
import { attemptAll } from "../../src/attemptAll.js";
import type { Migration } from "./migration.js";

const PAGE = 50;

/** How far a migration has come. It is kept outside the database, because the path may name a person. */
export interface Progress {
  /** The path of the last document of the last complete page. */
  readonly after: string | null;
  readonly examined: number;
  /** In a dry run, how many would be changed. */
  readonly changed: number;
}

const start: Progress = { after: null, examined: 0, changed: 0 };

/**
 * Migrates page by page, from `from` on, and tells `onPage` after each complete page; a run that begins there continues one
 * that was killed. The page in which it was killed is examined again, which changes nothing twice. Each document is read and
 * changed in its own transaction. If one fails, the others of its page are migrated, and then this rejects. A dry run
 * writes nothing, and shows `onChange` what it would write.
 */
export async function migrate(
  firestore: Firestore,
  migration: Migration,
  {
    isDryRun,
    from = start,
    onPage = () => Promise.resolve(),
    onChange = () => undefined,
  }: {
    readonly isDryRun: boolean;
    readonly from?: Progress | undefined;
    readonly onPage?: (progress: Progress) => Promise<void>;
    readonly onChange?: (path: string, update: DocumentData) => void;
  },
): Promise<Progress> {
  let progress = from;
  const all = migration.documents(firestore).limit(PAGE);
  for (;;) {
    const { after } = progress;
    const { docs } = await (after === null ? all : all.startAfter(firestore.doc(after))).get();
    const last = docs.at(-1);
    if (!last) return progress;
    let changed = 0;
    await attemptAll(docs, async ({ ref }) => {
      const update = await migrateOne(firestore, migration, ref, isDryRun);
      if (update === undefined) return;
      changed += 1;
      onChange(ref.path, update);
    });
    progress = {
      after: last.ref.path,
      examined: progress.examined + docs.length,
      changed: progress.changed + changed,
    };
    await onPage(progress);
  }
}

function migrateOne(
  firestore: Firestore,
  { change }: Migration,
  ref: DocumentReference,
  isDryRun: boolean,
): Promise<DocumentData | undefined> {
  return firestore.runTransaction(async (transaction) => {
    const now = await transaction.get(ref);
    const update = now.exists ? await change(now, transaction) : undefined;
    if (update !== undefined && !isDryRun) transaction.update(ref, update);
    return update;
  });
}
