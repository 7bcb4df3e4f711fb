import { Timestamp } from "firebase-admin/firestore";
import type { z } from "zod";
import { audioAccess } from "../audio/audioAccess.js";
import { arrivingParticipant } from "../audience/arrivingParticipant.js";
import { isConnected, writeLease } from "../presence/lease.js";
import type { Caller } from "../caller.js";
import {
  clientConfigRef,
  feedRef,
  leaseRef,
  liveShowRef,
  participantRef,
  playbackRef,
  showRef,
  serviceWordsRef,
  showWordsRef,
  stageRef,
  suspensionRef,
  termsRef,
  userRef,
} from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { noReactions } from "../contract/reactions.js";
import { Refusal } from "../errors.js";
import { requireProfile } from "../identity/requireProfile.js";
import { allowanceRef, assertAllowed, spend } from "../limits/spend.js";
import { knownMusicProblems } from "../music/musicProblems.js";
import { silentPlayback } from "../contract/silentPlayback.js";
import { readTogether } from "../readTogether.js";
import { assertNotSuspended } from "../identity/assertNotSuspended.js";
import { compiledFilter, hasWords } from "../wordFilter/wordPattern.js";
import { lifecycleStep } from "./lifecycle.js";
import { hasAccepted } from "../contract/terms.js";
import { problem } from "../contract/showProblems.js";
import {
  defaultSettings,
  type ShowDocument,
  type startShow as contract,
} from "../contract/shows.js";

/**
 * Takes the show live, with its creator on stage. Every start of theirs reads and writes the same
 * `liveShows/{creatorUid}`, so that of any number at once exactly one commits. The audio room comes
 * first: without it nothing is written, and one that is left over closes by itself.
 */
export async function startShow(
  deps: Pick<Dependencies, "firestore" | "clock" | "rooms" | "presenceGraceMs">,
  caller: Caller,
  { showId }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const db = deps.firestore;
  const allowanceOf = allowanceRef(db, "publicShow", caller.uid);
  const suspensionOf = suspensionRef(db, caller.uid);
  const [[before, allowance, config, terms, words, serviceWords, suspended], warnings] =
    await Promise.all([
      readTogether(
        db,
        showRef(db, showId),
        allowanceOf,
        clientConfigRef(db),
        termsRef(db, caller.uid),
        showWordsRef(db, showId),
        serviceWordsRef(db),
        suspensionOf,
      ),
      knownMusicProblems(deps, caller.uid, showId),
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
  const filter = compiledFilter(words.data()?.words ?? [], serviceWords.data());
  await deps.rooms.open(showId);
  const { startedAt, isNew } = await db.runTransaction(async (transaction) => {
    const [showSnapshot, liveShowSnapshot, userSnapshot, participant, lease, spent, suspension] =
      await readTogether(
        transaction,
        showRef(db, showId),
        liveShowRef(db, caller.uid),
        userRef(db, caller.uid),
        participantRef(db, showId, caller.uid),
        leaseRef(db, showId, caller.uid),
        allowanceOf,
        suspensionOf,
      );
    assertNotSuspended(suspension.data(), deps.clock.now());
    const { show, step } = starting(showSnapshot.data(), caller.uid);
    const liveShow = liveShowSnapshot.data();
    if (step === "take" && liveShow) throw new Refusal("ALREADY_LIVE", { showId: liveShow.showId });
    const user = await requireProfile(transaction, db, userSnapshot);
    const now = Timestamp.fromMillis(deps.clock.now());
    const creator = { displayName: user.displayName, photoUrl: user.photoUrl };
    const arriving = arrivingParticipant(caller.uid, creator, caller.uid, now);
    const isPresent = participant.data()?.state === "present";
    if (!isPresent || !isConnected(lease)) {
      const place = { showId, uid: caller.uid };
      writeLease(deps, transaction, place, now.toMillis() + deps.presenceGraceMs);
    }
    if (step === "done" && show.startedAt) {
      // The creator has left meanwhile: whoever starts a show is in it.
      if (!isPresent) transaction.set(participant.ref, arriving);
      if (show.hostUid !== caller.uid) {
        transaction.update(showSnapshot.ref, { hostUid: caller.uid, updatedAt: now });
      }
      return { startedAt: show.startedAt, isNew: false };
    }

    if (show.visibility === "public") spend(transaction, "publicShow", spent, now.toMillis());
    const audience = { listeners: 0, peak: 0, countedAt: now };
    transaction
      .update(showSnapshot.ref, {
        status: "live",
        creator,
        hostUid: caller.uid,
        startedAt: now,
        settings: show.settings ?? defaultSettings,
        pinnedCommentId: null,
        commentFeed: "direct",
        audience,
        hasWordFilter: hasWords(filter),
        updatedAt: now,
      })
      .set(liveShowSnapshot.ref, { showId })
      .set(participant.ref, arriving)
      .set(feedRef(db, showId), {
        audience,
        reactions: noReactions,
        comments: [],
        digestSince: null,
        pinned: null,
        updatedAt: now,
      })
      .set(playbackRef(db, showId), silentPlayback(caller.uid, now, 0, 0))
      .set(stageRef(db, showId), {
        closing: null,
        seating: 0,
        permissionsChangedAt: null,
        spoke: [caller.uid],
        cleanup: null,
        conversationSince: null,
        playsSince: null,
      });
    if (hasWords(filter)) transaction.set(words.ref, filter);
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
