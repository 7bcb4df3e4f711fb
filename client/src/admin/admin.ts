import type { Backend } from "../backend/backend.js";
import type { RequestOf, ResponseOf } from "../backend/callables.js";

/**
 * A report, with a snapshot of what it is about and what admins decided.
 *
 * @example
 * ```ts
 * const titleOf = ({ about }: Report) => about.excerpt;
 * ```
 */
export type Report = ResponseOf<"listReports">["reports"][number];

/**
 * What an admin can decide on a report.
 *
 * @example
 * ```ts
 * const mild: readonly Decision[] = ["no_violation", "warning_given"];
 * ```
 */
export type Decision = RequestOf<"resolveReport">["decision"];

/**
 * What admins do. Everybody else gets `NOT_ADMIN`. Everything is recorded with its reason, which the people concerned
 * read in their notices.
 *
 * @example
 * ```ts
 * const { reports } = await ambient.admin.reports();
 * ```
 */
export class Admin {
  readonly #backend: Backend;

  /** @internal */
  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /**
   * A page of reports in one state, open ones by default: urgent ones first, then the oldest first.
   *
   * @example
   * ```ts
   * const { reports, cursor } = await ambient.admin.reports({ state: "appealed" });
   * const next = cursor && (await ambient.admin.reports({ state: "appealed", cursor }));
   * ```
   */
  reports(page: RequestOf<"listReports"> = {}): Promise<ResponseOf<"listReports">> {
    return this.#backend.call("listReports", page);
  }

  /**
   * Decides a report and does what the decision says. A suspension lasts until `until`, or for good. If the person is an
   * admin, a second admin must confirm with the same call within 24 hours; until then the status is
   * `awaiting_second_admin`.
   *
   * @example
   * ```ts
   * await ambient.admin.resolve(report.reportId, "content_hidden", "Insults (rule 3)");
   * ```
   */
  resolve(
    reportId: string,
    decision: Decision,
    reason: string,
    { until }: { readonly until?: Date } = {},
  ): Promise<ResponseOf<"resolveReport">> {
    const end = until && { until: until.getTime() };
    return this.#backend.call("resolveReport", { reportId, decision, reason, ...end });
  }

  /**
   * Decides an appeal. `reversed` undoes the decision. If that was `no_violation`, `decision` says what is decided
   * instead, and the person concerned can appeal it.
   *
   * @example
   * ```ts
   * await ambient.admin.decideAppeal(report.reportId, "reversed", "It was a quote.");
   * ```
   */
  decideAppeal(
    reportId: string,
    outcome: RequestOf<"decideAppeal">["outcome"],
    reason: string,
    { decision, until }: { readonly decision?: Decision; readonly until?: Date } = {},
  ): Promise<ResponseOf<"decideAppeal">> {
    const anew = { ...(decision && { decision }), ...(until && { until: until.getTime() }) };
    return this.#backend.call("decideAppeal", { reportId, outcome, reason, ...anew });
  }

  /**
   * Hides a comment that nobody has reported. The show's hosts cannot show it again.
   *
   * @example
   * ```ts
   * await ambient.admin.hideComment(showId, comment.id, "Insults (rule 3)");
   * ```
   */
  async hideComment(showId: string, commentId: string, reason: string): Promise<void> {
    await this.#backend.call("hideComment", { showId, commentId, reason });
  }

  /**
   * Takes a show down: it ends, no list contains it, and only its creator and admins can still read it.
   *
   * @example
   * ```ts
   * await ambient.admin.takeDownShow(showId, "Fraud (rule 7)");
   * ```
   */
  async takeDownShow(showId: string, reason: string): Promise<void> {
    await this.#backend.call("takeDownShow", { showId, reason });
  }

  /**
   * Suspends an account at once, until a time or for good (`null`). If the person is an admin, a second admin must
   * confirm with the same call within 24 hours.
   *
   * @example
   * ```ts
   * const aWeek = new Date(Date.now() + 7 * 86_400_000);
   * const { status } = await ambient.admin.suspend(uid, aWeek, "Threats (rule 1)");
   * ```
   */
  suspend(uid: string, until: Date | null, reason: string): Promise<ResponseOf<"suspendAccount">> {
    const end = until?.getTime() ?? null;
    return this.#backend.call("suspendAccount", { uid, until: end, reason });
  }

  /**
   * Ends a suspension now. If the person is an admin, a second admin must confirm with the same call within 24 hours.
   *
   * @example
   * ```ts
   * await ambient.admin.liftSuspension(uid, "Mistaken identity");
   * ```
   */
  liftSuspension(uid: string, reason: string): Promise<ResponseOf<"liftSuspension">> {
    return this.#backend.call("liftSuspension", { uid, reason });
  }

  /**
   * Makes a person an admin, or revokes the role. Revoking the role requires a second admin.
   *
   * @example
   * ```ts
   * await ambient.admin.setAdmin(uid, true, "Joins the moderators");
   * ```
   */
  setAdmin(uid: string, admin: boolean, reason: string): Promise<ResponseOf<"setAdmin">> {
    return this.#backend.call("setAdmin", { uid, admin, reason });
  }

  /**
   * Sets the words that nobody may write anywhere in the service. Shows also have words of their own.
   *
   * @example
   * ```ts
   * await ambient.admin.setWordFilter(["spam"]);
   * ```
   */
  async setWordFilter(words: readonly string[]): Promise<void> {
    await this.#backend.call("setWordFilter", { words: [...words] });
  }
}
