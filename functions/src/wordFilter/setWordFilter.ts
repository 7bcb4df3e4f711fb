import { Timestamp } from "firebase-admin/firestore";
import type { z } from "zod";
import { isDeepStrictEqual } from "node:util";
import { writeAudit } from "../admins/writeAudit.js";
import type { Caller } from "../caller.js";
import { adminRef, serviceWordsRef, showRef, showWordsRef } from "../collections.js";
import type { setWordFilter as contract } from "../contract/wordFilter.js";
import type { Dependencies } from "../dependencies.js";
import { invalidArgument, Refusal } from "../errors.js";
import { readTogether } from "../readTogether.js";
import { compiledFilter, hasWords, MAX_PATTERN, wordPattern } from "./wordPattern.js";
import { assertAdmin, assertAdminInAuth } from "../admins/assertAdmin.js";

/** Replaces the list. The pattern treats words that differ only in case, accents or punctuation as one. */
export async function setWordFilter(
  deps: Pick<Dependencies, "firestore" | "clock" | "newId" | "accounts">,
  caller: Caller,
  { showId, words: given }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const words = [...new Set(given)];
  if ((wordPattern(words)?.length ?? 0) > MAX_PATTERN) {
    throw invalidArgument("words", "must not have so many letters in all: leave some words out");
  }
  if (showId === undefined) {
    await filterService(deps, caller, words);
  } else {
    await filterShow(deps, caller, showId, words);
  }
  return { words };
}

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
    // The retry of a lost answer leaves no second entry in the audit log.
    if (isDeepStrictEqual(service.data()?.words, words)) return;
    transaction.set(service.ref, { words, pattern: wordPattern(words) });
    const detail = `words: ${words.length}`;
    writeAudit(deps, transaction, { by: caller.uid, action: "setWordFilter", detail });
  });
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
    const filter = compiledFilter(words, service.data());
    transaction.set(showWordsRef(db, showId), filter);
    const hasWordFilter = hasWords(filter);
    if ((data.hasWordFilter ?? false) !== hasWordFilter) {
      const updatedAt = Timestamp.fromMillis(clock.now());
      transaction.update(show.ref, { hasWordFilter, updatedAt });
    }
  });
}
