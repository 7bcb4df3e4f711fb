import { participantDocument } from "../../../functions/src/contract/audience.js";
import { queries } from "../../../functions/src/contract/queries.js";
import { onStage } from "../../../functions/src/contract/role.js";
import {
  newSpeakRequest,
  speakRequestDocument,
  type SpeakRequestDocument,
} from "../../../functions/src/contract/stage.js";
import { readBy, type Received } from "../backend/readDocument.js";
import type { RequestOf, ResponseOf } from "../backend/callables.js";
import { AmbientError, asAmbientError } from "../errors/ambientError.js";
import { requireValid } from "../errors/requireValid.js";
import { memo } from "../observe/memo.js";
import type { Observable } from "../observe/observable.js";
import type { Participant, Session } from "../show/session.js";
import { secondsUntil } from "../clock/secondsUntil.js";

/**
 * A person's request to speak, and its result.
 *
 * @example
 * ```ts
 * const isRaised = (request: SpeakRequest | undefined) => request?.status === "pending";
 * ```
 */
export interface SpeakRequest extends Received<SpeakRequestDocument> {}

/** The waits that the rules enforce: between two requests, and after a decision. */
const BETWEEN_REQUESTS_MS = 10_000;
const AFTER_DECISION_MS = 60_000;

/**
 * When a person may ask again after their request was cancelled or rejected: ms since the epoch, on the server's
 * clock. Undefined while the request is pending or accepted.
 *
 * @example
 * ```ts
 * const waits = (request: SpeakRequest) => (askAgainAt(request) ?? 0) > Date.now();
 * ```
 */
export function askAgainAt(request: SpeakRequest): number | undefined {
  if (request.status !== "cancelled" && request.status !== "rejected") return undefined;
  const afterRequest = request.createdAt.toMillis() + BETWEEN_REQUESTS_MS;
  const { decidedAt } = request;
  return decidedAt
    ? Math.max(afterRequest, decidedAt.toMillis() + AFTER_DECISION_MS)
    : afterRequest;
}

/** More than the largest stage: 20 seats, plus the creator and the cohosts. */
const MAX_ON_STAGE = 100;

/**
 * Who speaks in a show, and who asks to.
 *
 * @example
 * ```ts
 * await show.stage.ask("I was there!");
 * ```
 */
export class Stage {
  /**
   * The creator, cohosts and speakers who are present.
   *
   * @example
   * ```ts
   * show.stage.people.subscribe(renderStage);
   * ```
   */
  readonly people: Observable<readonly Participant[]>;

  /**
   * The person's own request; undefined if they have not asked.
   *
   * @example
   * ```ts
   * show.stage.request.subscribe((request) => setHand(request?.status));
   * ```
   */
  readonly request: Observable<SpeakRequest | undefined>;
  readonly #session: Session;

  /** @internal */
  constructor(session: Session) {
    this.#session = session;
    const { backend, uid } = session;
    const path = session.path("participants");
    const values = ["present", [...onStage]];
    const people = session.list(
      () => backend.query(path, queries.presentByRole, values, MAX_ON_STAGE),
      participantDocument,
    );
    this.people = session.withoutHidden(people, (person) => person.uid);
    this.request = session.document(session.path("speakRequests", uid), speakRequestDocument);
  }

  /**
   * For hosts: the pending requests, oldest first.
   *
   * @example
   * ```ts
   * show.stage.requests().subscribe(renderQueue);
   * ```
   */
  requests(limit = 50): Observable<readonly SpeakRequest[]> {
    return this.#requests(limit);
  }

  readonly #requests = memo((limit: number) => {
    const { backend } = this.#session;
    const path = this.#session.path("speakRequests");
    const query = () => backend.query(path, queries.pendingSpeakRequests, ["pending"], limit);
    return this.#session.list(query, speakRequestDocument);
  });

  /**
   * Asks to speak, or asks again. If a request is pending, nothing changes. It fails while offline, so that no hand
   * is raised later. If it is too soon to ask again, it fails with `RATE_LIMITED`, or with `REQUEST_TOO_SOON` after
   * a rejection, both with `retryAfterSeconds`.
   *
   * @example
   * ```ts
   * await show.stage.ask("A question about the last track");
   * ```
   */
  async ask(message = ""): Promise<void> {
    const { backend, uid } = this.#session;
    this.#session.requirePresence();
    this.#session.requireTerms();
    requireValid(newSpeakRequest, { message });
    const reference = backend.doc(this.#session.path("speakRequests", uid));
    try {
      await backend.transaction(async (transaction) => {
        const request = readBy(speakRequestDocument, await transaction.get(reference));
        if (request?.status === "pending") return;
        transaction.set(reference, {
          uid,
          status: "pending",
          message,
          createdAt: backend.serverTimestamp(),
          decidedAt: null,
          decidedBy: null,
        });
      });
    } catch (error) {
      throw await this.#whyNot(asAmbientError(error));
    }
  }

  /**
   * Cancels the person's request if it is pending.
   *
   * @example
   * ```ts
   * await show.stage.cancelAsk();
   * ```
   */
  async cancelAsk(): Promise<void> {
    const { backend, uid } = this.#session;
    this.#session.requirePresence();
    const reference = backend.doc(this.#session.path("speakRequests", uid));
    await backend.transaction(async (transaction) => {
      const request = readBy(speakRequestDocument, await transaction.get(reference));
      if (request?.status === "pending") transaction.update(reference, { status: "cancelled" });
    });
  }

  /**
   * For hosts: accepts or rejects a request.
   *
   * @example
   * ```ts
   * await show.stage.decide(request.uid, "accept");
   * ```
   */
  decide(
    uid: string,
    decision: RequestOf<"decideSpeakRequest">["decision"],
  ): Promise<ResponseOf<"decideSpeakRequest">> {
    const { backend, showId } = this.#session;
    return backend.call("decideSpeakRequest", { showId, uid, decision });
  }

  /**
   * Changes a person's role. A higher role is an invitation; a lower one takes effect at once. People may lower
   * their own role.
   *
   * @example
   * ```ts
   * await show.stage.setRole(participant.uid, "cohost");
   * ```
   */
  setRole(uid: string, role: RequestOf<"setRole">["role"]): Promise<ResponseOf<"setRole">> {
    const { backend, showId } = this.#session;
    return backend.call("setRole", { showId, uid, role });
  }

  /**
   * Accepts the invitation in `show.me`.
   *
   * @example
   * ```ts
   * if (show.me.current.invitedTo) await show.stage.acceptInvitation();
   * ```
   */
  async acceptInvitation(): Promise<ResponseOf<"acceptInvitation">["role"]> {
    const { backend, showId } = this.#session;
    return (await backend.call("acceptInvitation", { showId })).role;
  }

  /**
   * For hosts: switches the stage between talk and music, which exclude each other.
   *
   * @example
   * ```ts
   * await show.stage.setMode("music", 0);
   * ```
   */
  setMode(
    mode: RequestOf<"setStageMode">["mode"],
    trackIndex?: number,
  ): Promise<ResponseOf<"setStageMode">> {
    const { backend, showId } = this.#session;
    return backend.call("setStageMode", {
      showId,
      mode,
      ...(trackIndex !== undefined && { trackIndex }),
    });
  }

  /** The rules deny without a reason, so this checks what they checked. */
  async #whyNot(error: AmbientError): Promise<AmbientError> {
    const explained = await this.#session.explain(error);
    if (explained.reason !== "PERMISSION_DENIED") return explained;
    const { backend, uid, showId } = this.#session;
    const { hasWordFilter, settings, status } = this.#session.details.current;
    const { role, invitedTo } = this.#session.me.current;
    const otherwise = hasWordFilter
      ? new AmbientError("WORDS_NOT_ALLOWED", { cause: error })
      : explained;
    if (status !== "live") return new AmbientError("SHOW_NOT_LIVE", { cause: error });
    if (settings?.speakRequestsOpen === false) {
      return new AmbientError("REQUESTS_CLOSED", { cause: error });
    }
    // People on the stage, and invited people, cannot ask.
    if (role !== "listener" || invitedTo) return explained;
    const path = `shows/${showId}/speakRequests/${uid}`;
    const request = await backend.read(path, speakRequestDocument).catch(() => undefined);
    const again = request && askAgainAt(request);
    if (again === undefined) return otherwise;
    const retryAfterSeconds = secondsUntil(again, {
      clock: this.#session.clock,
      local: backend.local,
    });
    if (retryAfterSeconds === undefined) return otherwise;
    const reason = request?.decidedAt ? "REQUEST_TOO_SOON" : "RATE_LIMITED";
    return new AmbientError(reason, { details: { retryAfterSeconds }, cause: error });
  }
}
