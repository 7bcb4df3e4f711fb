import { type DocumentSnapshot, Timestamp, type Transaction } from "firebase-admin/firestore";
import type { z } from "zod";
import { isDeepStrictEqual } from "node:util";
import { writeAudit } from "../admins/writeAudit.js";
import type { Caller } from "../caller.js";
import { attemptAll } from "../attemptAll.js";
import { adminRef, serviceWordsRef, showRef, showsRef, showWordsRef } from "../collections.js";
import { queries } from "../contract/queries.js";
import type { ShowDocument } from "../contract/shows.js";
import type { setWordFilter as contract, WordFilterDocument } from "../contract/wordFilter.js";
import type { Dependencies } from "../dependencies.js";
import { invalidArgument, Refusal } from "../errors.js";
import { eachPage } from "../eachPage.js";
import { select } from "../queries.js";
import { readTogether } from "../readTogether.js";
import { compiledFilter, hasWords, MAX_PATTERN, wordPattern } from "./wordPattern.js";
import { assertAdmin, assertAdminInAuth } from "../admins/assertAdmin.js";

const PAGE = 200;

/** Replaces the list. The pattern treats words that differ only in case, accents or punctuation as one. */
export async function setWordFilter(
  deps: Pick<Dependencies, "firestore" | "clock" | "newId" | "accounts">,
  caller: Caller,
  { showId, words: given }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const words = [...new Set(given)];
  if ((wordPattern(words)?.length ?? 0) > MAX_PATTERN) {
    throw invalidArgument("words", "have too many letters in total: remove some words");
  }
  if (showId === undefined) {
    await filterService(deps, caller, words);
  } else {
    await filterShow(deps, caller, showId, words);
  }
  return { words };
}

/** Also for the comments of live shows. An interrupted call can be repeated. */
async function filterService(
  deps: Pick<Dependencies, "firestore" | "clock" | "newId" | "accounts">,
  caller: Caller,
  words: string[],
): Promise<void> {
  await assertAdminInAuth(deps, caller);
  const db = deps.firestore;
  await db.runTransaction(async (transaction) => {
    const [record, service] = await readTogether(
      transaction,
      adminRef(db, caller.uid),
      serviceWordsRef(db),
    );
    assertAdmin(caller, record);
    // A retry after a lost answer adds no second entry to the audit log.
    if (isDeepStrictEqual(service.data()?.words, words)) return;
    transaction.set(service.ref, { words, pattern: wordPattern(words) });
    const detail = `words: ${words.length}`;
    writeAudit(deps, transaction, { by: caller.uid, action: "setWordFilter", detail });
  });
  const live = select(showsRef(db), queries.liveShows, "live").select();
  await eachPage(live, PAGE, (page) => attemptAll(page, ({ id }) => renewFilter(deps, id)));
}

/** Gives a live show the words of the service as they are now. */
async function renewFilter(
  { firestore: db, clock }: Pick<Dependencies, "firestore" | "clock">,
  showId: string,
): Promise<void> {
  await db.runTransaction(async (transaction) => {
    const [show, own, service] = await readTogether(
      transaction,
      showRef(db, showId),
      showWordsRef(db, showId),
      serviceWordsRef(db),
    );
    const data = show.data();
    if (data?.status !== "live") return;
    writeFilter(transaction, show, compiledFilter(own.data()?.words ?? [], service.data()), clock);
  });
}

function writeFilter(
  transaction: Transaction,
  show: DocumentSnapshot<ShowDocument>,
  filter: WordFilterDocument,
  clock: Dependencies["clock"],
): void {
  transaction.set(showWordsRef(show.ref.firestore, show.id), filter);
  const hasWordFilter = hasWords(filter);
  if ((show.data()?.hasWordFilter ?? false) === hasWordFilter) return;
  transaction.update(show.ref, { hasWordFilter, updatedAt: Timestamp.fromMillis(clock.now()) });
}

async function filterShow(
  { firestore: db, clock }: Pick<Dependencies, "firestore" | "clock">,
  caller: Caller,
  showId: string,
  words: readonly string[],
): Promise<void> {
  await db.runTransaction(async (transaction) => {
    const [show, service] = await readTogether(
      transaction,
      showRef(db, showId),
      serviceWordsRef(db),
    );
    const data = show.data();
    if (!data) throw new Refusal("SHOW_NOT_FOUND");
    if (data.creatorUid !== caller.uid) throw new Refusal("NOT_CREATOR");
    if (data.status === "ended" || data.status === "cancelled") {
      throw new Refusal("SHOW_OVER", { status: data.status });
    }
    writeFilter(transaction, show, compiledFilter(words, service.data()), clock);
  });
}
