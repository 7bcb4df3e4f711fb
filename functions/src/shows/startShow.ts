import { Timestamp } from "firebase-admin/firestore";
import type { z } from "zod";
import { audioAccess } from "../audio/audioAccess.js";
import { arrivingParticipant } from "../audience/arrivingParticipant.js";
import { isConnected, writeLease } from "../presence/lease.js";
import type { Caller } from "../caller.js";
import {
  clientConfigRef,
  leaseRef,
  liveShowRef,
  participantRef,
  showRef,
  serviceWordsRef,
  showWordsRef,
  suspensionRef,
  termsRef,
  userRef,
} from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { Refusal } from "../errors.js";
import { requireProfile } from "../identity/requireProfile.js";
import { allowanceRef, assertAllowed, spend } from "../limits/spend.js";
import { storedMusicProblems } from "../music/musicProblems.js";
import { readTogether } from "../readTogether.js";
import { assertNotSuspended } from "../identity/assertNotSuspended.js";
import { compiledFilter } from "../wordFilter/wordPattern.js";
import { lifecycleStep } from "./lifecycle.js";
import { hasAccepted } from "../contract/terms.js";
import { problem } from "../contract/showProblems.js";
import type { ShowDocument, startShow as contract } from "../contract/shows.js";
import { writeNewShow } from "./writeNewShow.js";

/**
 * Takes the show live, with its creator on stage. Every start of a creator reads and writes the same
 * `liveShows/{creatorUid}`, so that exactly one of several simultaneous starts commits. The audio room is created
 * first: without it nothing is written, and an unused room closes by itself.
 */
export async function startShow(
  deps: Pick<Dependencies, "firestore" | "clock" | "rooms" | "presenceGraceMs">,
  caller: Caller,
  { showId }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const db = deps.firestore;
  const allowanceOf = allowanceRef(db, "publicShow", caller.uid);
  const suspensionOf = suspensionRef(db, caller.uid);
  const [[before, allowance, config, terms, suspended], warnings] = await Promise.all([
    readTogether(
      db,
      showRef(db, showId),
      allowanceOf,
      clientConfigRef(db),
      termsRef(db, caller.uid),
      suspensionOf,
    ),
    storedMusicProblems(deps, caller.uid, showId),
  ]);
  assertNotSuspended(suspended.data(), deps.clock.now());
  const { show: found, step: next } = starting(before.data(), caller.uid);
  if (!hasAccepted(config.data(), terms.data())) throw new Refusal("TERMS_NOT_ACCEPTED");
  if (found.adultsOnly === true && terms.data()?.ageBand !== "adult") {
    throw new Refusal("ADULTS_ONLY");
  }
  // Checked before a room is made. The transaction that starts the show counts it.
  if (next === "take" && found.visibility === "public") {
    assertAllowed("publicShow", allowance, deps.clock.now());
  }
  await deps.rooms.open(showId);
  const { startedAt, isNew } = await db.runTransaction(async (transaction) => {
    const [
      showSnapshot,
      liveShowSnapshot,
      userSnapshot,
      participant,
      lease,
      spent,
      suspension,
      words,
      serviceWords,
    ] = await readTogether(
      transaction,
      showRef(db, showId),
      liveShowRef(db, caller.uid),
      userRef(db, caller.uid),
      participantRef(db, showId, caller.uid),
      leaseRef(db, showId, caller.uid),
      allowanceOf,
      suspensionOf,
      // Check them only here, because the creator may set them while the room is being created.
      showWordsRef(db, showId),
      serviceWordsRef(db),
    );
    assertNotSuspended(suspension.data(), deps.clock.now());
    const { show, step } = starting(showSnapshot.data(), caller.uid);
    const liveShow = liveShowSnapshot.data();
    if (step === "take" && liveShow) throw new Refusal("ALREADY_LIVE", { showId: liveShow.showId });
    const user = await requireProfile(transaction, db, userSnapshot);
    const now = Timestamp.fromMillis(deps.clock.now());
    const creator = { displayName: user.displayName, photoUrl: user.photoUrl };
    const isPresent = participant.data()?.state === "present";
    if (!isPresent || !isConnected(lease)) {
      const place = { showId, uid: caller.uid };
      writeLease(deps, transaction, place, now.toMillis() + deps.presenceGraceMs);
    }
    if (step === "done" && show.startedAt) {
      // The creator may have left in the meantime. Starting the show makes them present again.
      if (!isPresent) {
        const arriving = arrivingParticipant(caller.uid, creator, caller.uid, now);
        transaction.set(participant.ref, arriving);
      }
      if (show.hostUid !== caller.uid) {
        transaction.update(showSnapshot.ref, { hostUid: caller.uid, updatedAt: now });
      }
      return { startedAt: show.startedAt, isNew: false };
    }

    if (show.visibility === "public") spend(transaction, "publicShow", spent, now.toMillis());
    const filter = compiledFilter(words.data()?.words ?? [], serviceWords.data());
    writeNewShow(transaction, db, { ref: showSnapshot.ref, show, creator, filter, now });
    return { startedAt: now, isNew: true };
  });
  const creator = { role: "creator", canPublish: true } as const;
  const audio = isNew
    ? await deps.rooms.access(showId, caller.uid, creator)
    : await audioAccess(deps, showId, caller.uid, creator);
  return {
    status: "live",
    startedAt: startedAt.toMillis(),
    audio,
    warnings: warnings.map(problem),
  };
}

function starting(
  show: ShowDocument | undefined,
  uid: string,
): { show: ShowDocument; step: "take" | "done" } {
  if (!show) throw new Refusal("SHOW_NOT_FOUND");
  if (show.creatorUid !== uid) throw new Refusal("NOT_CREATOR");
  return { show, step: lifecycleStep("start", show.status) };
}
