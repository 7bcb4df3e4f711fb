import { Timestamp } from "firebase-admin/firestore";
import type { z } from "zod";
import type { Caller } from "../caller.js";
import { clientConfigRef, participantRef, termsRef, userRef } from "../collections.js";
import { queries } from "../contract/queries.js";
import { ageOf, type acceptTerms as contract } from "../contract/terms.js";
import type { Dependencies } from "../dependencies.js";
import { invalidArgument, Refusal } from "../errors.js";
import { selectEverywhere } from "../queries.js";
import { readTogether } from "../readTogether.js";
import { requireProfile } from "./requireProfile.js";

/** A person is in few shows at a time. */
const LATEST_SHOWS = 20;
const ADULT = 18;

/**
 * Records that the caller has accepted the current terms, and their age band but not their year of birth. From then on they may
 * also comment and speak in the shows that they are in. Accepting again, perhaps newer terms, replaces what was kept.
 */
export async function acceptTerms(
  { firestore: db, clock, minimumAge }: Pick<Dependencies, "firestore" | "clock" | "minimumAge">,
  { uid }: Pick<Caller, "uid">,
  { version, birthYear }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const now = new Date(clock.now());
  const age = ageOf(birthYear, now);
  if (age < minimumAge) throw new Refusal("TOO_YOUNG");
  const ageBand = age >= ADULT ? "adult" : "minor";
  await db.runTransaction(async (transaction) => {
    const [config, user] = await readTogether(transaction, clientConfigRef(db), userRef(db, uid));
    const current = config.data()?.termsVersion;
    if (version !== current) {
      const message = current === undefined ? "there are no terms" : `must be ${current}`;
      throw invalidArgument("version", message);
    }
    await requireProfile(transaction, db, user);
    transaction.set(termsRef(db, uid), { version, ageBand, acceptedAt: Timestamp.fromDate(now) });
  });
  await markTermsAccepted(db, uid);
  return { ageBand };
}

/** Also recorded in their participant documents, which the rules read anyway. */
async function markTermsAccepted(db: Dependencies["firestore"], uid: string): Promise<void> {
  const places = await selectEverywhere(db, queries.presencesOf, uid, "present")
    .limit(LATEST_SHOWS)
    .get();
  const waiting = places.docs.filter((place) => place.get("hasAcceptedTerms") === false);
  const showIds = waiting.flatMap(({ ref }) => ref.parent.parent?.id ?? []);
  await Promise.all(
    showIds.map((showId) =>
      db.runTransaction(async (transaction) => {
        const place = await transaction.get(participantRef(db, showId, uid));
        if (place.data()?.hasAcceptedTerms !== false) return;
        transaction.update(place.ref, { hasAcceptedTerms: true });
      }),
    ),
  );
}
