import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { phoneOf, type Phone } from "../../local/clientApp/ambient.js";
import type { Show } from "../../client/src/show/show.js";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { offerSupport } from "../support/offerSupport.js";
import { because } from "../support/refusal.js";
import { first } from "../support/subscribed.js";
import { runningSuite } from "../support/suite.js";

/** Presses a button of one of the local Stripe's pages, and resolves with where it leads. */
async function press(page: string, act: string): Promise<string> {
  const response = await fetch(page, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ act }),
  });
  assert.equal(response.status, 303);
  return response.headers.get("location") ?? "";
}

/** Supporting a creator, with the client package, Stripe's pages and its webhooks. */
describe("the client package's support", () => {
  let endpoints: Endpoints;
  let ben: Phone;
  let gus: Phone;
  let show: Show;

  before(async () => {
    endpoints = await runningSuite();
    await offerSupport(endpoints);
    [ben, gus] = await Promise.all([
      phoneOf(endpoints, "creator-ben"),
      phoneOf(endpoints, "listener-gus"),
    ]);
    show = await ben.ambient.start(await ben.ambient.shows.create({ title: "Open tab" }));
  });
  after(async () => {
    await offerSupport(endpoints, false);
    await Promise.all([ben, gus].map((phone) => phone.close()));
  });

  it("opens an account, takes a payment into the comments, and gives it back", async () => {
    const guest = await gus.ambient.join(show.id);
    const request = {
      requestId: randomUUID(),
      creatorUid: ben.uid,
      showId: show.id,
      amount: 500,
      currency: "eur",
      message: "For the strings",
      from: "web",
    } as const;
    await assert.rejects(gus.ambient.support.give(request), because("SUPPORT_UNAVAILABLE"));

    await press(await ben.ambient.support.openAccount(), "finish");
    await first(ben.ambient.support.account, (account) => account?.chargesEnabled === true);
    await first(
      gus.ambient.account.profile(ben.uid),
      (profile) => profile?.acceptsSupport === true,
    );
    assert.match(await ben.ambient.support.openDashboard(), /\/express\//);

    const { supportId, checkoutUrl } = await gus.ambient.support.give(request);
    const back = await press(checkoutUrl, "pay");
    assert.equal(new URL(back).searchParams.get("support"), supportId);
    await first(gus.ambient.support.payment(supportId), (payment) => payment?.status === "paid");
    const [comment] = await first(guest.comments.latest, ([newest]) => newest?.id === supportId);
    assert.deepEqual(
      [comment?.text, comment?.support, comment?.authorUid],
      ["For the strings", { amount: 500, currency: "eur" }, gus.uid],
    );
    const {
      items: [received],
    } = await first(ben.ambient.support.received(), ({ items }) => items.length > 0);
    assert.deepEqual(
      [received?.id, received?.supporter.displayName, received?.feeAmount],
      [supportId, "Gus van der Meer", 25],
    );
    const given = await first(gus.ambient.support.given(), ({ items }) => items.length > 0);
    assert.deepEqual(
      given.items.map(({ id }) => id),
      [supportId],
    );

    await assert.rejects(gus.ambient.support.refund(supportId), because("PAYMENT_NOT_FOUND"));
    await ben.ambient.support.refund(supportId);
    await first(guest.comments.latest, ([newest]) => newest?.support === undefined);
    await first(
      gus.ambient.support.payment(supportId),
      (payment) => payment?.status === "refunded",
    );
    await show.end();
  });
});
