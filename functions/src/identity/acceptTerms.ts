import { Timestamp } from "firebase-admin/firestore";
import type { z } from "zod";
import type { Caller } from "../caller.js";
import { clientConfigRef, termsRef, userRef } from "../collections.js";
import { queries } from "../contract/queries.js";
import { ageOf, type acceptTerms as contract } from "../contract/terms.js";
import type { Dependencies } from "../dependencies.js";
import { invalidArgument, Refusal } from "../errors.js";
import { selectEverywhere } from "../queries.js";
import { readTogether } from "../readTogether.js";
import { requireProfile } from "./requireProfile.js";

/** A person is in only a few shows at a time. */
const LATEST_SHOWS = 20;
const ADULT = 18;

/**
 * Records that the caller has accepted the current terms, and their age band but not their year of birth. From then on they may
 * also comment and speak in the shows that they are in. Accepting again, perhaps newer terms, replaces what was stored.
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
  const presences = selectEverywhere(db, queries.presencesOf, uid, "present").limit(LATEST_SHOWS);
  await db.runTransaction(async (transaction) => {
    const [config, user] = await readTogether(transaction, clientConfigRef(db), userRef(db, uid));
    const current = config.data()?.termsVersion;
    if (version !== current) {
      const message = current === undefined ? "there are no terms" : `must be ${current}`;
      throw invalidArgument("version", message);
    }
    await requireProfile(transaction, db, user);
    const places = await transaction.get(presences);
    transaction.set(termsRef(db, uid), { version, ageBand, acceptedAt: Timestamp.fromDate(now) });
    // The rules read the participant documents anyway.
    for (const place of places.docs) {
      if (place.get("hasAcceptedTerms") === false) {
        transaction.update(place.ref, { hasAcceptedTerms: true });
      }
    }
  });
  return { ageBand };
}
