import { queries, type QueryDeclaration } from "../../../functions/src/contract/queries.js";
import {
  paymentDocument,
  supportAccountDocument,
  type PaymentDocument,
  type SupportAccountDocument,
} from "../../../functions/src/contract/support.js";
import type { Backend } from "../backend/backend.js";
import type { RequestOf, ResponseOf } from "../backend/callables.js";
import { listPage, type Page, type ListRequest } from "../backend/page.js";
import type { Identified, Received } from "../backend/readDocument.js";
import { memo } from "../observe/memo.js";
import type { Observable } from "../observe/observable.js";

/**
 * A creator's account at Stripe.
 *
 * @example
 * ```ts
 * const isReady = (account: SupportAccount | undefined) => account?.chargesEnabled ?? false;
 * ```
 */
export interface SupportAccount extends SupportAccountDocument {}

/**
 * A payment from a listener to a creator, and its outcome.
 *
 * @example
 * ```ts
 * const canRefund = ({ status }: Payment) => status === "paid" || status === "partly_refunded";
 * ```
 */
export interface Payment extends Identified<Received<PaymentDocument>> {}

/** What the creator sees: without payments that were started but never completed. */
const COMPLETED_STATUSES = ["paid", "partly_refunded", "refunded", "disputed"];

/**
 * Support for creators: giving it on Stripe's page, and receiving it. Card data never reaches the app or the server.
 *
 * @example
 * ```ts
 * const requestId = crypto.randomUUID();
 * const { checkoutUrl } = await ambient.support.give({ requestId, creatorUid, amount: 500, currency: "eur", from: "web" });
 * location.assign(checkoutUrl);
 * ```
 */
export class Support {
  readonly #backend: Backend;

  /** @internal */
  constructor(backend: Backend) {
    this.#backend = backend;
    this.account = backend.mine((uid) =>
      backend.document(`supportAccounts/${uid}`, supportAccountDocument),
    );
  }

  /**
   * Begins a payment, and returns the address of Stripe's page. `support` of `ambient.config` has the currencies and
   * amounts, in the currency's smallest unit; the creator's profile says whether they accept it (`acceptsSupport`).
   * Choose a new `requestId` for each payment, and reuse it when retrying, so that nobody pays twice. Where the project
   * allows support on the web only, apps get `SUPPORT_ONLY_ON_WEB` and can show a link instead, and nobody can give
   * while the creator's show plays music (`SUPPORT_NOT_NOW`).
   *
   * @example
   * ```ts
   * const { supportId, checkoutUrl } = await ambient.support.give({
   *   requestId: crypto.randomUUID(),
   *   creatorUid,
   *   showId,
   *   amount: 500,
   *   currency: "eur",
   *   message: "What a night!",
   *   from: "web",
   *   returnUrl: location.href,
   * });
   * ```
   */
  give(request: RequestOf<"supportCreator">): Promise<ResponseOf<"supportCreator">> {
    return this.#backend.call("supportCreator", request);
  }

  /**
   * A payment that the signed-in person gave or received. Stripe's page leads back with its id in `support`; the payment
   * counts once its `status` is `paid`, usually seconds later.
   *
   * @example
   * ```ts
   * ambient.support.payment(supportId).subscribe((payment) => setStatus(payment?.status));
   * ```
   */
  payment(supportId: string): Observable<Received<PaymentDocument> | undefined> {
    return this.#payment(supportId);
  }

  readonly #payment = memo((supportId: string) =>
    this.#backend.whileSignedIn(this.#backend.document(`payments/${supportId}`, paymentDocument)),
  );

  /**
   * What the signed-in person has given, latest first, with payments that were started but never completed.
   *
   * @example
   * ```ts
   * ambient.support.given().subscribe(({ items }) => console.log(items.length));
   * ```
   */
  given(request: ListRequest = {}): Observable<Page<Payment>> {
    return this.#given(request);
  }

  readonly #given = memo((request: ListRequest) =>
    this.#list(queries.supportGiven, (uid) => [uid], request),
  );

  /**
   * What the signed-in person has received, latest first, with refunds and disputes.
   *
   * @example
   * ```ts
   * ambient.support.received().subscribe(({ items }) => console.log(items.length));
   * ```
   */
  received(request: ListRequest = {}): Observable<Page<Payment>> {
    return this.#received(request);
  }

  readonly #received = memo((request: ListRequest) =>
    this.#list(queries.supportReceived, (uid) => [uid, COMPLETED_STATUSES], request),
  );

  #list(
    declaration: QueryDeclaration,
    values: (uid: string) => readonly unknown[],
    request: ListRequest,
  ): Observable<Page<Payment>> {
    return this.#backend.mine((uid) =>
      listPage(
        this.#backend,
        { path: "payments", schema: paymentDocument },
        declaration,
        () => values(uid),
        request,
      ),
    );
  }

  /**
   * Refunds a payment that the signed-in person received. The money comes out of their balance at Stripe.
   *
   * @example
   * ```ts
   * await ambient.support.refund(supportId);
   * ```
   */
  async refund(supportId: string): Promise<void> {
    await this.#backend.call("refundSupport", { supportId });
  }

  /**
   * Opens an account at Stripe for the signed-in person, or continues with it, and returns the address of Stripe's form. It
   * works once. Stripe leads back with `support=account`, or with `support=again` if the address was used before.
   *
   * @example
   * ```ts
   * location.assign(await ambient.support.openAccount({ returnUrl: location.href }));
   * ```
   */
  async openAccount(request: RequestOf<"openSupportAccount"> = {}): Promise<string> {
    return (await this.#backend.call("openSupportAccount", request)).onboardingUrl;
  }

  /**
   * Asks Stripe for the state of the account. Use it when the person comes back from Stripe; later changes arrive in `account`.
   *
   * @example
   * ```ts
   * const { chargesEnabled, requirementsDue } = await ambient.support.refreshAccount();
   * ```
   */
  refreshAccount(): Promise<ResponseOf<"supportAccountStatus">> {
    return this.#backend.call("supportAccountStatus", {});
  }

  /**
   * The signed-in person's account at Stripe; undefined if they have none.
   *
   * @example
   * ```ts
   * ambient.support.account.subscribe((account) => setStatus(account?.chargesEnabled));
   * ```
   */
  readonly account: Observable<SupportAccount | undefined>;

  /**
   * The address of Stripe's dashboard, with payouts and the bank account. It works once, so ask when the person clicks.
   *
   * @example
   * ```ts
   * location.assign(await ambient.support.openDashboard());
   * ```
   */
  async openDashboard(): Promise<string> {
    return (await this.#backend.call("openSupportDashboard", {})).dashboardUrl;
  }
}
