import assert from "node:assert/strict";
import { openSupportAccount } from "../../functions/src/contract/support.js";
import { firestore } from "../../functions/test/support/backstage.js";
import { eventually } from "../../functions/test/support/eventually.js";
import { creator } from "./state.js";
import type { Theatre } from "./theatre.js";

/** Presses a button of one of the local Stripe's pages. */
export async function press(page: string, act: string): Promise<void> {
  const body = new URLSearchParams({ act });
  const response = await fetch(page, { method: "POST", redirect: "manual", body });
  assert.equal(response.status, 303);
}

/** Opens the creator's account at Stripe, which takes payments from then on. */
export async function openStripeAccount({
  call,
  uid,
}: Pick<Theatre, "call" | "uid">): Promise<void> {
  const { answer, reason } = await call(creator, openSupportAccount, {});
  assert(answer, `openSupportAccount: ${reason}`);
  await press(answer.onboardingUrl, "finish");
  await eventually("the account takes payments", async () => {
    const account = await firestore.doc(`supportAccounts/${uid(creator)}`).get();
    return account.get("chargesEnabled") === true ? true : undefined;
  });
}
