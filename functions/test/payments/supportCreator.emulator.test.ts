import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { randomUUID } from "node:crypto";
import {
  banRef,
  clientConfigRef,
  hiddenRef,
  paymentsRef,
  playbackRef,
  serviceWordsRef,
  showWordsRef,
  suspensionRef,
  termsRef,
  userRef,
} from "../../src/collections.js";
import type { RefusalDetails, RefusalReason } from "../../src/contract/reasons.js";
import { limits } from "../../src/contract/limits.js";
import { allowanceRef } from "../../src/limits/spend.js";
import { noNewPayments } from "../../src/payments/noPayments.js";
import { checkPayments } from "../../src/payments/checkPayments.js";

import { wordPattern } from "../../src/wordFilter/wordPattern.js";

import { quietFirestore, showIn, somebody, type Person } from "../support/backstage.js";
import { callAgain } from "../support/callAgain.js";

import { startOwnStripe, type OwnStripe } from "../support/ownStripe.js";
import { refuses } from "../support/refuses.js";
import { supportConfig, supportScene, type SupportScene } from "../support/supportScene.js";

type Prepare = (scene: SupportScene, firestore: Firestore) => Promise<unknown>;

interface RefusedRequest {
  readonly what: string;
  readonly given?: Prepare;
  readonly undo?: Prepare;
  readonly changes?: (
    scene: SupportScene,
    firestore: Firestore,
  ) => MaybePromise<NonNullable<Parameters<SupportScene["begin"]>[0]>>;
  /** Dan by default. */
  readonly by?: (scene: SupportScene) => Person;
  readonly reason: RefusalReason;
  readonly details?: RefusalDetails;
}

type MaybePromise<Value> = Value | Promise<Value>;

const ban: Prepare = ({ ada, dan, showId }, firestore) =>
  banRef(firestore, showId, dan.uid).set({
    uid: dan.uid,
    by: ada.uid,
    at: Timestamp.now(),
    reason: null,
  });

const playMusic: Prepare = ({ showId }, firestore) =>
  playbackRef(firestore, showId).update({
    mode: "music",
    trackUri: "spotify:track:a",
    trackIndex: 0,
  });

const suspend = (firestore: Firestore, { uid }: Person) =>
  suspensionRef(firestore, uid).set({
    uid,
    reportId: "report",
    by: "admin",
    reason: "fraud",
    at: Timestamp.now(),
    until: null,
    isApplied: true,
  });

const filter = { words: ["night"], pattern: wordPattern(["night"]) };

const elsewhere =
  (
    status: "draft" | "cancelled" | "ended" | "live",
    changes: Parameters<typeof showIn>[2] = {},
  ): NonNullable<RefusedRequest["changes"]> =>
  async ({ ada }, firestore) => ({ showId: await showIn(status, ada, changes, firestore) });

function issue(path: string, message: string): RefusalDetails {
  return { issues: [{ path, message }] };
}

/** Each differs in one thing from a request that is taken. */
const refusals: readonly RefusedRequest[] = [
  {
    what: "to oneself",
    by: ({ ada }) => ada,
    reason: "INVALID_ARGUMENT",
    details: issue("creatorUid", "must be somebody else"),
  },
  {
    what: "to nobody",
    changes: () => ({ creatorUid: "spotify_nobody" }),
    reason: "PERSON_NOT_FOUND",
  },
  {
    what: "to a person without an account",
    changes: async (_scene, firestore) => ({
      creatorUid: (await somebody("Eve", firestore)).uid,
      showId: undefined,
    }),
    reason: "SUPPORT_UNAVAILABLE",
  },
  {
    what: "to a person whose profile is gone",
    given: ({ ada }, firestore) => userRef(firestore, ada.uid).delete(),
    reason: "PERSON_NOT_FOUND",
  },
  {
    what: "to a suspended person",
    given: ({ ada }, firestore) => suspend(firestore, ada),
    reason: "SUPPORT_UNAVAILABLE",
  },
  {
    what: "to a person whom one has blocked",
    given: ({ ada, dan }, firestore) => hiddenRef(firestore, dan.uid).set({ uids: [ada.uid] }),
    changes: () => ({ showId: undefined }),
    reason: "BLOCKED",
  },
  { what: "in an app", changes: () => ({ from: "app" }), reason: "SUPPORT_ONLY_ON_WEB" },
  { what: "while music plays", given: playMusic, reason: "SUPPORT_NOT_NOW" },
  {
    what: "outside the show while music plays",
    given: playMusic,
    changes: () => ({ showId: undefined }),
    reason: "SUPPORT_NOT_NOW",
  },
  {
    what: "in no show",
    changes: () => ({ showId: "no-such-show" }),
    reason: "SHOW_NOT_FOUND",
  },
  { what: "in a draft", changes: elsewhere("draft"), reason: "SHOW_NOT_FOUND" },
  { what: "in a cancelled show", changes: elsewhere("cancelled"), reason: "SHOW_NOT_FOUND" },
  {
    what: "in a show that was taken down",
    changes: elsewhere("ended", { visibility: "taken_down" }),
    reason: "SHOW_NOT_FOUND",
  },
  {
    what: "in another creator's show",
    changes: async (_scene, firestore) => ({
      showId: await showIn("live", await somebody("Eve", firestore), {}, firestore),
    }),
    reason: "SHOW_NOT_FOUND",
  },
  { what: "with a message from a banned person", given: ban, reason: "BANNED" },
  {
    what: "with a word that the show filters",
    given: ({ showId }, firestore) => showWordsRef(firestore, showId).set(filter),
    reason: "WORDS_NOT_ALLOWED",
  },
  {
    what: "with a word that the service filters",
    given: (_scene, firestore) => serviceWordsRef(firestore).set(filter),
    undo: (_scene, firestore) => serviceWordsRef(firestore).delete(),
    reason: "WORDS_NOT_ALLOWED",
  },
  {
    what: "with a return to a page elsewhere",
    changes: () => ({ returnUrl: "https://evil.example" }),
    reason: "INVALID_ARGUMENT",
    details: issue("returnUrl", "must be on one of the project's own origins"),
  },
  {
    what: "before the terms are accepted",
    given: (_scene, firestore) =>
      clientConfigRef(firestore).set({ ...supportConfig, termsVersion: 1 }),
    reason: "TERMS_NOT_ACCEPTED",
  },
  {
    what: "to minors",
    given: async ({ dan }, firestore) => {
      await clientConfigRef(firestore).set({ ...supportConfig, termsVersion: 1 });
      const accepted = { version: 1, acceptedAt: Timestamp.now() };
      await termsRef(firestore, dan.uid).set({ ...accepted, ageBand: "minor" });
    },
    reason: "SUPPORT_ADULTS_ONLY",
  },
  {
    what: "too often",
    given: ({ dan, deps }, firestore) =>
      allowanceRef(firestore, "support", dan.uid).set({
        expiresAt: Timestamp.fromMillis(deps.clock.now() + limits.support.seconds * 1_000),
      }),
    reason: "RATE_LIMITED",
    details: { retryAfterSeconds: limits.support.seconds / limits.support.count },
  },
];

describe("a request to support a creator", () => {
  let firestore: Firestore;
  let stripe: OwnStripe;
  let scene: SupportScene;

  before(async () => {
    firestore = quietFirestore();
    stripe = await startOwnStripe();
  });
  after(() => Promise.all([stripe.close(), firestore.terminate()]));
  beforeEach(async () => {
    await Promise.all([stripe.control.faults.clear(), stripe.control.takeEvents()]);
    scene = await supportScene(firestore, stripe);
  });

  const ledgerSize = async () => (await paymentsRef(firestore).count().get()).data().count;
  /** Checks the refusal, and that it left no trace in the ledger or at Stripe. */
  const isRefused = async (
    changes: Parameters<SupportScene["begin"]>[0],
    reason: RefusalReason,
    details: RefusalDetails = {},
    by = scene.dan,
  ) => {
    const before = await ledgerSize();
    const requests = (await stripe.control.requests()).length;
    await assert.rejects(scene.begin(changes, by), refuses(reason, details));
    assert.equal(await ledgerSize(), before);
    assert.equal((await stripe.control.requests()).length, requests);
  };

  it("opens a page at Stripe for a direct charge with the fee, and nothing about the supporter", async function () {
    const { supportId, checkoutUrl } = await scene.begin({
      returnUrl: "https://ambient.example/show/1",
    });
    assert.match(checkoutUrl, /\/c\/pay\/cs_test_/);
    const request = (await stripe.control.requests()).at(-1);
    assert.deepEqual(
      [request?.path, request?.account, request?.status],
      ["/v1/checkout/sessions", scene.accountId, 200],
    );
    const sent = Object.fromEntries(new URLSearchParams(request?.body));
    assert.partialDeepStrictEqual(sent, {
      "mode": "payment",
      "client_reference_id": supportId,
      "line_items[0][price_data][unit_amount]": "500",
      "line_items[0][price_data][currency]": "eur",
      "line_items[0][price_data][product_data][name]": "Support for Ada",
      "payment_intent_data[application_fee_amount]": "25",
      "payment_intent_data[metadata][supportId]": supportId,
      "success_url": `https://ambient.example/show/1?support=${supportId}`,
      "cancel_url": "https://ambient.example/show/1?support=cancelled",
    });
    assert.doesNotMatch(JSON.stringify(sent), /Dan|spotify_|What a night/);
    const payment = await scene.payment(supportId);
    assert.partialDeepStrictEqual(payment, {
      supporterUid: scene.dan.uid,
      supporter: { displayName: "Dan", photoUrl: null },
      creatorUid: scene.ada.uid,
      showId: scene.showId,
      amount: 500,
      currency: "eur",
      feeAmount: 25,
      status: "pending",
      message: "What a night",
      paidAt: null,
    });
    // Stripe's own description of its API has judged every request of these tests.
    if (!stripe.isJudged) this.skip();
  });

  it("is refused for each wrong amount and currency, with nothing written", async () => {
    for (const amount of [1, 199, 20_001]) {
      await isRefused({ amount }, "INVALID_ARGUMENT", issue("amount", "must be from 200 to 20000"));
    }
    const names = "must be one of eur, jpy, kwd";
    for (const currency of ["usd", "xyz"]) {
      await isRefused({ currency }, "INVALID_ARGUMENT", issue("currency", names));
    }
    // JPY 500 is 500 yen, KWD 1.23 has a digit that Stripe does not take.
    const yen = await scene.begin({ currency: "jpy", amount: 500 });
    assert.equal((await scene.payment(yen.supportId)).amount, 500);
    await isRefused(
      { currency: "kwd", amount: 1_234 },
      "INVALID_ARGUMENT",
      issue("amount", "must be a multiple of 10"),
    );
    const { minVersions, features } = supportConfig;
    await clientConfigRef(firestore).set({ minVersions, features });
    await isRefused({}, "PAYMENTS_OFF");
  });

  for (const { what, given, undo, changes, by, reason, details } of refusals) {
    it(`is refused ${what}, with nothing written`, async () => {
      await given?.(scene, firestore);
      try {
        await isRefused(await changes?.(scene, firestore), reason, details, by?.(scene));
      } finally {
        await undo?.(scene, firestore);
      }
    });
  }

  it("is taken without a message from a banned person", async () => {
    await ban(scene, firestore);
    assert.ok((await scene.begin({ message: undefined })).checkoutUrl);
  });

  it("is taken from apps, and while music plays, where the project allows it", async () => {
    await playMusic(scene, firestore);
    const support = { ...scene.deps.support, isWebOnly: false };
    const { supportId } = await scene.begin({ from: "app" }, scene.dan, { ...scene.deps, support });
    assert.equal((await scene.payment(supportId)).status, "pending");
  });

  it("is refused while payments are switched off", async () => {
    const payments = noNewPayments(scene.deps.payments);
    const deps = { ...scene.deps, payments };
    await assert.rejects(scene.begin({}, scene.dan, deps), refuses("PAYMENTS_OFF"));
  });

  it("is refused for an account that can no longer charge, before and after Stripe's event", async () => {
    await stripe.control.changeAccount({ account: scene.accountId, chargesEnabled: false });
    await assert.rejects(scene.begin(), refuses("SUPPORT_UNAVAILABLE"));
    await scene.deliverAll();
    await isRefused({}, "SUPPORT_UNAVAILABLE");
  });

  it("returns the same page whenever a request is repeated, and refuses other values under its id", async () => {
    const requestId = randomUUID();
    const answers = await Promise.all(
      [1, 2, 3].map(() => callAgain(() => scene.begin({ requestId }))),
    );
    assert.deepEqual(answers, Array(3).fill(answers[0]));
    assert.deepEqual(await scene.begin({ requestId }), answers[0]);
    const used = issue("requestId", "has been used for another payment");
    for (const changes of [{ amount: 600 }, { message: "Hi" }, { currency: "jpy" }]) {
      const before = await scene.payment(answers[0]?.supportId ?? "");
      await assert.rejects(
        scene.begin({ requestId, ...changes }),
        refuses("INVALID_ARGUMENT", used),
      );
      assert.deepEqual(await scene.payment(answers[0]?.supportId ?? ""), before);
    }
    const lost = randomUUID();
    // Stripe's own clock does not wait: five minutes ago, half an hour was to come.
    scene.deps.clock.advance(-5 * 60_000);
    await stripe.control.faults.set({ match: "/checkout/sessions", times: 9, status: 503 });
    await assert.rejects(scene.begin({ requestId: lost }), refuses("PAYMENTS_UNAVAILABLE"));
    await stripe.control.faults.clear();
    scene.deps.clock.advance(5 * 60_000);
    const returnUrl = "https://ambient.example/later";
    const again = await scene.begin({ requestId: lost, returnUrl });
    const eve = await somebody("Eve", firestore);
    assert.notEqual((await scene.begin({ requestId: lost }, eve)).supportId, again.supportId);

    const session = (await scene.payment(again.supportId)).stripe.sessionId ?? "";
    await stripe.control.act(session, "pay");
    await scene.deliverAll();
    await assert.rejects(
      scene.begin({ requestId: lost }),
      refuses("SUPPORT_NOT_PENDING", { status: "paid" }),
    );
  });

  it("is refused with a reason once its time to open a page is over, whether or not the check has run", async () => {
    const { deps } = scene;
    const requestId = randomUUID();
    await stripe.control.faults.set({ match: "/checkout/sessions", times: 9, status: 503 });
    await assert.rejects(scene.begin({ requestId }), refuses("PAYMENTS_UNAVAILABLE"));
    await stripe.control.faults.clear();
    deps.clock.advance(90 * 60_000);
    const expired = { status: "expired" };
    const pages = async () =>
      (await stripe.control.requests()).filter(({ method }) => method === "POST").length;
    const before = await pages();
    await assert.rejects(scene.begin({ requestId }), refuses("SUPPORT_NOT_PENDING", expired));
    await checkPayments(deps);
    await assert.rejects(scene.begin({ requestId }), refuses("SUPPORT_NOT_PENDING", expired));
    assert.equal(await pages(), before, "no page is opened");
  });

  it("gets the page that was kept first, if another call was faster", async () => {
    const requestId = randomUUID();
    const { payments } = scene.deps;
    const faster: unknown[] = [];
    const slow = {
      ...payments,
      openCheckout: async (request: Parameters<typeof payments.openCheckout>[0]) => {
        const page = await payments.openCheckout(request);
        faster.push(await scene.begin({ requestId }));
        return page;
      },
    };
    const answer = await scene.begin({ requestId }, scene.dan, { ...scene.deps, payments: slow });
    assert.deepEqual([answer], faster);
  });

  it("keeps its page open when a page that nobody was given expires", async () => {
    const requestId = randomUUID();
    const { supportId } = await scene.begin({ requestId });
    const payment = await scene.payment(supportId);
    // A call that broke off before it kept its page.
    const { sessionId } = await stripe.payments.openCheckout({
      supportId,
      accountId: scene.accountId,
      amount: 500,
      currency: "eur",
      feeAmount: 25,
      title: "Support for Ada",
      successUrl: "https://ambient.example/",
      cancelUrl: "https://ambient.example/",
      closesAt: Date.now() + 31 * 60_000,
    });
    await stripe.control.act(sessionId, "expire");
    assert.deepEqual(await scene.deliverAll(), [200]);
    assert.deepEqual(await scene.payment(supportId), payment);
  });
});
