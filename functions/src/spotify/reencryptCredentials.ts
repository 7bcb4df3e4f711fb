import type { DocumentReference } from "firebase-admin/firestore";
import { attemptAll } from "../attemptAll.js";
import { credentialsOfAll } from "../collections.js";
import type { CredentialsDocument } from "../contract/spotify.js";
import type { Dependencies } from "../dependencies.js";
import { eachPage } from "../eachPage.js";

type ReencryptDependencies = Pick<Dependencies, "firestore" | "cipher" | "clock">;

const PAGE = 300;
/** The time after which a holder that crashed writes nothing more, in ms. Its lease lasts 12 s. */
const HOLDER_GONE_MS = 60_000;

/** The result for the stored grants. `busy`: being refreshed, so left for the next run. */
export type Reencrypted = Readonly<Record<"current" | "rewritten" | "busy", number>>;

/**
 * Encrypts every stored Spotify grant with the primary key, so that the other keys can be deleted. Safe to repeat:
 * the next run completes an interrupted one, and nothing is encrypted twice. A grant that cannot be decrypted does
 * not stop the others: all failures are thrown at the end.
 */
export async function reencryptCredentials(
  deps: ReencryptDependencies,
  onProgress: (soFar: Reencrypted) => void = () => undefined,
): Promise<Reencrypted> {
  const counts = { current: 0, rewritten: 0, busy: 0 };
  await eachPage(credentialsOfAll(deps.firestore), PAGE, async (page) => {
    try {
      await attemptAll(page, async ({ ref }) => {
        counts[await reencrypt(deps, ref)] += 1;
      });
    } finally {
      onProgress({ ...counts });
    }
  });
  return counts;
}

function reencrypt(
  { firestore, cipher, clock }: ReencryptDependencies,
  ref: DocumentReference<CredentialsDocument>,
): Promise<keyof Reencrypted> {
  return firestore.runTransaction(async (transaction) => {
    const stored = (await transaction.get(ref)).data();
    const texts = stored && [stored.refreshToken, stored.accessToken];
    if (!texts || texts.every(({ keyVersion }) => keyVersion === cipher.keyVersion)) {
      return "current";
    }
    // The refresh keeps its result only if the grant is still the text that it used.
    if (stored.lease && stored.lease.until.toMillis() + HOLDER_GONE_MS > clock.now()) return "busy";
    const anew = (text: CredentialsDocument["refreshToken"]) =>
      cipher.encrypt(cipher.decrypt(text, ref.id), ref.id);
    transaction.update(ref, {
      refreshToken: anew(stored.refreshToken),
      accessToken: anew(stored.accessToken),
    });
    return "rewritten";
  });
}
