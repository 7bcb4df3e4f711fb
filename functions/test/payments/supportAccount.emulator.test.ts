import assert from "node:assert/strict";
import type { Firestore } from "firebase-admin/firestore";
import { clientConfigRef, supportAccountRef, termsRef, userRef } from "../../src/collections.js";
import { disconnectAccount } from "../../src/payments/disconnectAccount.js";
import { openSupportAccount } from "../../src/payments/openSupportAccount.js";
import { openSupportDashboard } from "../../src/payments/openSupportDashboard.js";
import { noPayments } from "../../src/payments/noPayments.js";
import { refreshAccount } from "../../src/payments/refreshAccount.js";
import { supportAccountStatus } from "../../src/payments/supportAccountStatus.js";
import { Timestamp } from "firebase-admin/firestore";
import { quietFirestore, somebody, type Person } from "../support/backstage.js";
import { callAgain } from "../support/callAgain.js";
import { as } from "../support/callers.js";
import { startOwnStripe, type OwnStripe } from "../support/ownStripe.js";
import { refuses } from "../support/refuses.js";
import {
  supportConfig,
  supportDependencies,
  type SupportDependencies,
} from "../support/supportScene.js";

describe("a creator's account for support", () => {
  let firestore: Firestore;
  let stripe: OwnStripe;
  let deps: SupportDependencies;
  let ada: Person;

  before(async () => {
    firestore = quietFirestore();
    stripe = await startOwnStripe();
  });
  after(() => Promise.all([stripe.close(), firestore.terminate()]));
  beforeEach(async () => {
    await Promise.all([stripe.control.faults.clear(), stripe.control.takeEvents()]);
    deps = supportDependencies(firestore, stripe);
    await clientConfigRef(firestore).set(supportConfig);
    ada = await somebody("Ada", firestore);
  });

  const open = (returnUrl?: string) =>
    openSupportAccount(deps, as(ada), returnUrl === undefined ? {} : { returnUrl });
  const account = async () => (await supportAccountRef(firestore, ada.uid).get()).data();
  const accepts = async () => (await userRef(firestore, ada.uid).get()).data()?.acceptsSupport;
  const deliver = async (order: "given" | "reversed" = "given") => {
    const events = await stripe.control.takeEvents();
    for (const event of order === "given" ? events : events.toReversed()) {
      assert.equal(await stripe.deliver(deps, event), 200);
    }
    return events;
  };
  const enabled = { chargesEnabled: true, payoutsEnabled: true, requirementsDue: [] };

  it("is one, however often it is opened at once, and continues with the same one later", async () => {
    const links = await Promise.all([1, 2, 3].map(() => callAgain(() => open())));
    assert.equal(new Set(links.map(({ onboardingUrl }) => onboardingUrl)).size, 3);
    const created = (await stripe.control.requests()).filter(
      ({ method, path, status }) => `${method} ${path}` === "POST /v1/accounts" && status === 200,
    );
    assert.equal(new Set(created.map(({ idempotencyKey }) => idempotencyKey)).size, 1);
    const first = (await account())?.accountId;
    assert.match(first ?? "", /^acct_/);
    await open();
    assert.equal((await account())?.accountId, first);
  });

  it("is what Stripe says now, whichever of its events came last", async () => {
    await open();
    const id = (await account())?.accountId ?? "";
    assert.equal(await accepts(), undefined);
    await assert.rejects(openSupportDashboard(deps, as(ada)), refuses("SUPPORT_ACCOUNT_MISSING"));
    const none = await supportAccountStatus(deps, as(await somebody("Eve", firestore)));
    assert.deepEqual([none.isOpen, none.chargesEnabled], [false, false]);

    await stripe.control.changeAccount({ account: id, ...enabled });
    await deliver();
    assert.partialDeepStrictEqual(await account(), {
      ...enabled,
      country: "DE",
      defaultCurrency: "eur",
    });
    assert.equal(await accepts(), true);

    const due = { chargesEnabled: false, requirementsDue: ["individual.id_number"] };
    await stripe.control.changeAccount({ account: id, ...due });
    await stripe.control.changeAccount({ account: id, ...enabled });
    await stripe.control.changeAccount({ account: id, ...due });
    await deliver("reversed");
    assert.partialDeepStrictEqual(await account(), due);
    assert.equal(await accepts(), false);

    // An answer of Stripe's that is older than what is stored.
    deps.clock.advance(-60_000);
    await stripe.control.changeAccount({ account: id, ...enabled });
    await deliver();
    assert.partialDeepStrictEqual(await account(), due);
  });

  it("is known without an event to the creator who comes back", async () => {
    await open();
    const id = (await account())?.accountId ?? "";
    await stripe.control.changeAccount({ account: id, ...enabled });
    const status = await supportAccountStatus(deps, as(ada));
    assert.deepEqual(status, {
      isOpen: true,
      ...enabled,
      country: "DE",
      defaultCurrency: "eur",
    });
    assert.equal(await accepts(), true);
    const { dashboardUrl } = await openSupportDashboard(deps, as(ada));
    const statuses = [await fetch(dashboardUrl), await fetch(dashboardUrl)].map(
      ({ status }) => status,
    );
    assert.deepEqual(statuses, [200, 404], "the address works once");
  });

  it("leads back for a new form if the address of the form was used before", async () => {
    const { onboardingUrl } = await open("https://ambient.example/account");
    assert.equal((await fetch(onboardingUrl)).status, 200);
    const again = await fetch(onboardingUrl, { redirect: "manual" });
    assert.equal(again.headers.get("location"), "https://ambient.example/account?support=again");
  });

  it("is kept if the key lacks a permission", async () => {
    await open();
    const before = await account();
    const message = "The provided key does not have the required permissions for this endpoint";
    const body = { error: { type: "invalid_request_error", message } };
    await stripe.control.faults.set({ match: "/v1/account", times: 9, status: 403, body });
    await assert.rejects(open(), { message });
    await assert.rejects(supportAccountStatus(deps, as(ada)), { message });
    assert.deepEqual(await account(), before);
  });

  it("is forgotten when it is no longer connected, and late events change nothing", async () => {
    await open();
    const id = (await account())?.accountId ?? "";
    await stripe.control.changeAccount({ account: id, ...enabled });
    await stripe.control.changeAccount({ account: id, disconnect: true });
    // The event is still on its way.
    await assert.rejects(open(), refuses("PAYMENTS_UNAVAILABLE"));
    assert.equal(await account(), undefined);
    await deliver();
    assert.equal(await account(), undefined);
    assert.notEqual(await accepts(), true);
    await open();
    const newer = await account();
    assert.notEqual(newer?.accountId, id);
    // What was begun for the old account, and comes too late.
    const newest = newer?.accountId ?? "";
    const reads = { ...deps.payments, readAccount: () => stripe.payments.readAccount(newest) };
    await refreshAccount({ ...deps, payments: reads }, ada.uid, id);
    await disconnectAccount(deps, ada.uid, id);
    assert.deepEqual(await account(), newer);
    await assert.rejects(
      openSupportDashboard(deps, as(await somebody("Eve", firestore))),
      refuses("SUPPORT_ACCOUNT_MISSING"),
    );
  });

  it("is not opened for a return elsewhere, for a minor, without a profile or without payments", async () => {
    for (const elsewhere of [
      "https://ambient.example.evil.example/",
      "https://evil.example",
      "javascript:alert(1)",
      "ambient",
      "http://ambient.example",
    ]) {
      await assert.rejects(
        open(elsewhere),
        refuses("INVALID_ARGUMENT", {
          issues: [{ path: "returnUrl", message: "must be on one of the project's own origins" }],
        }),
      );
    }
    assert.ok((await open("https://ambient.example/account?tab=1")).onboardingUrl);

    await clientConfigRef(firestore).set({ ...supportConfig, termsVersion: 1 });
    await assert.rejects(open(), refuses("TERMS_NOT_ACCEPTED"));
    const accepted = { version: 1, acceptedAt: Timestamp.now() };
    await termsRef(firestore, ada.uid).set({ ...accepted, ageBand: "minor" });
    await assert.rejects(open(), refuses("SUPPORT_ADULTS_ONLY"));
    await termsRef(firestore, ada.uid).set({ ...accepted, ageBand: "adult" });
    assert.ok(await open());

    const stranger = { uid: "spotify_stranger" };
    await termsRef(firestore, stranger.uid).set({ ...accepted, ageBand: "adult" });
    await assert.rejects(openSupportAccount(deps, stranger, {}), refuses("PROFILE_NOT_FOUND"));
    await assert.rejects(
      openSupportAccount({ ...deps, payments: noPayments }, as(ada), {}),
      refuses("PAYMENTS_OFF"),
    );
  });

  it("is opened by the next call if Stripe did not answer, or its answer was lost", async () => {
    await stripe.control.faults.set({ match: "POST /v1/accounts", times: 9, status: 500 });
    await assert.rejects(open(), refuses("PAYMENTS_UNAVAILABLE"));
    assert.equal((await account())?.accountId, null);
    await stripe.control.faults.clear();
    await stripe.control.faults.set({
      match: "POST /v1/accounts",
      times: 1,
      drop: true,
      after: true,
    });
    assert.ok((await open()).onboardingUrl);
  });
});
