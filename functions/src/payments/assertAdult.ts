import type { DocumentSnapshot } from "firebase-admin/firestore";
import type { ClientConfigDocument } from "../contract/clientConfig.js";
import { hasAccepted, type TermsDocument } from "../contract/terms.js";
import { Refusal } from "../errors.js";

/**
 * Money is for adults who have accepted the terms in force: a minor's payment can be void, and would have to be paid
 * back. A project without terms knows nobody's age and checks nothing.
 */
export function assertAdult(
  config: DocumentSnapshot<ClientConfigDocument>,
  terms: DocumentSnapshot<TermsDocument>,
): void {
  if (!hasAccepted(config.data(), terms.data())) throw new Refusal("TERMS_NOT_ACCEPTED");
  const hasTerms = config.data()?.termsVersion !== undefined;
  if (hasTerms && terms.data()?.ageBand !== "adult") throw new Refusal("SUPPORT_ADULTS_ONLY");
}
