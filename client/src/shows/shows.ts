import { queries } from "../../../functions/src/contract/queries.js";
import {
  showDocument,
  showSummary,
  type ShowSummary,
} from "../../../functions/src/contract/shows.js";
import { ownCard } from "../account/account.js";
import type { Backend } from "../backend/backend.js";
import type { ResponseOf } from "../backend/callables.js";
import { AmbientError, asAmbientError } from "../errors/ambientError.js";
import { requireValid } from "../errors/requireValid.js";
import type { Subscribable } from "../observe/subscribable.js";
import { detailsOf, type ShowDetails } from "./showDetails.js";

/**
 * What a creator says about a show before it is live.
 *
 * @example
 * ```ts
 * const plan: ShowPlan = { title: "Night drive", scheduledFor: new Date("2027-01-01T20:00:00Z") };
 * ```
 */
export interface ShowPlan {
  readonly title: string;
  readonly description?: string;
  /** `unlisted`: for those who have its id. Public by default. */
  readonly visibility?: "public" | "unlisted";
  /** With a time the show is announced, without one it is a draft that nobody else sees. */
  readonly scheduledFor?: Date | null;
}

const plannedFields = showDocument
  .pick({ title: true, description: true, visibility: true })
  .partial();

/** The rules let a person have this many shows that have not started. */
const MOST_OPEN_DRAFTS = 20;
/** Enough to find them among the others. */
const NEWEST_SHOWS = 60;

/**
 * The shows that there are, and one's own before they are live.
 *
 * @example
 * ```ts
 * const unsubscribe = ambient.shows.live().subscribe(renderShows);
 * ```
 */
export class Shows {
  readonly #backend: Backend;

  /** @internal */
  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /**
   * Drafts a show, and announces it where the plan has a time. A person with 20 shows that have not started gets
   * `RATE_LIMITED`: start or delete one first.
   *
   * @example
   * ```ts
   * const showId = await ambient.shows.create({ title: "Night drive" });
   * ```
   */
  async create(plan: ShowPlan): Promise<string> {
    requireValid(plannedFields, plan);
    const { firestore } = this.#backend.sdk;
    const creator = await ownCard(this.#backend);
    const showId = this.#backend.newId("shows");
    const { title, description = "", visibility = "public", scheduledFor } = plan;
    const draft = {
      creatorUid: this.#backend.uid,
      creator,
      title,
      description,
      visibility,
      status: "draft",
      createdAt: firestore.serverTimestamp(),
      updatedAt: firestore.serverTimestamp(),
    };
    try {
      await this.#backend.create(`shows/${showId}`, draft);
    } catch (error) {
      throw await this.#whyNoDraft(asAmbientError(error));
    }
    if (!scheduledFor) return showId;
    try {
      await this.edit(showId, { scheduledFor });
    } catch (error) {
      // Whoever tries again makes a new one: half of this one must not stay.
      await this.delete(showId).catch(() => undefined);
      throw error;
    }
    return showId;
  }

  /**
   * Changes a show that is not live yet. A time announces it, null takes it back to a draft.
   *
   * @example
   * ```ts
   * await ambient.shows.edit(showId, { scheduledFor: new Date(Date.now() + 3_600_000) });
   * ```
   */
  async edit(showId: string, changes: Partial<ShowPlan>): Promise<void> {
    requireValid(plannedFields, changes);
    const { scheduledFor } = changes;
    try {
      await this.#backend.update(`shows/${showId}`, {
        ...changes,
        ...(scheduledFor !== undefined && {
          status: scheduledFor === null ? "draft" : "scheduled",
        }),
        updatedAt: this.#backend.sdk.firestore.serverTimestamp(),
      });
    } catch (error) {
      // The rules judge by the server's clock; the device's is good enough to tell why.
      if (!scheduledFor || scheduledFor.getTime() > this.#backend.local.wall()) throw error;
      const issues = [{ path: "scheduledFor", message: "must be in the future" }];
      throw new AmbientError("INVALID_ARGUMENT", { details: { issues }, cause: error });
    }
  }

  /**
   * Deletes a draft. What was announced is cancelled instead.
   *
   * @example
   * ```ts
   * await ambient.shows.delete(showId);
   * ```
   */
  async delete(showId: string): Promise<void> {
    await this.#backend.delete(`shows/${showId}`);
  }

  /**
   * Cancels a show that has not started.
   *
   * @example
   * ```ts
   * await ambient.shows.cancel(showId);
   * ```
   */
  async cancel(showId: string): Promise<void> {
    await this.#backend.call("cancelShow", { showId });
  }

  /**
   * What would go wrong if the show started now.
   *
   * @example
   * ```ts
   * const problems = await ambient.shows.check(showId);
   * ```
   */
  async check(showId: string): Promise<ResponseOf<"checkShow">["problems"]> {
    return (await this.#backend.call("checkShow", { showId })).problems;
  }

  /**
   * One show, without joining it. Undefined: there is none.
   *
   * @example
   * ```ts
   * ambient.shows.show(showId).subscribe((details) => setStatus(details?.status));
   * ```
   */
  show(showId: string): Subscribable<ShowDetails | undefined> {
    return this.#backend.whileSignedIn(
      this.#backend.snapshots(`shows/${showId}`, detailsOf(showId)),
    );
  }

  /**
   * How a show of one's own went, once it is over, also for who was not in it to the end.
   *
   * @example
   * ```ts
   * ambient.shows.summary(showId).subscribe((summary) => summary && renderSummary(summary));
   * ```
   */
  summary(showId: string): Subscribable<ShowSummary | undefined> {
    return this.#backend.whileSignedIn(
      this.#backend.document(`shows/${showId}/summary/final`, showSummary),
    );
  }

  /**
   * What is on now, the fullest first.
   *
   * @example
   * ```ts
   * ambient.shows.live().subscribe(renderLive, renderProblem);
   * ```
   */
  live(most = 20): Subscribable<readonly ShowDetails[]> {
    return this.#list(() =>
      this.#backend.query("shows", queries.livePublicShows, ["public", "live"], most),
    );
  }

  /**
   * What comes next, the soonest first.
   *
   * @example
   * ```ts
   * ambient.shows.upcoming().subscribe(renderCalendar);
   * ```
   */
  upcoming(most = 20): Subscribable<readonly ShowDetails[]> {
    return this.#list(() =>
      this.#backend.query("shows", queries.scheduledPublicShows, ["public", "scheduled"], most),
    );
  }

  /**
   * One's own shows, drafts included, the newest first.
   *
   * @example
   * ```ts
   * ambient.shows.mine().subscribe(renderMyShows);
   * ```
   */
  mine(most = 20): Subscribable<readonly ShowDetails[]> {
    return this.#backend.mine((uid) =>
      this.#list(() => this.#backend.query("shows", queries.ownShows, [uid], most)),
    );
  }

  /**
   * A creator's public shows that are live, or were.
   *
   * @example
   * ```ts
   * ambient.shows.ofCreator(creatorUid, "ended").subscribe(renderPast);
   * ```
   */
  ofCreator(
    creatorUid: string,
    status: "live" | "ended",
    most = 20,
  ): Subscribable<readonly ShowDetails[]> {
    const values = ["public", status, creatorUid];
    return this.#list(() =>
      this.#backend.query("shows", queries.publicShowsOfCreator, values, most),
    );
  }

  /** The rules refuse a draft beyond the limit without a reason. */
  async #whyNoDraft(error: AmbientError): Promise<AmbientError> {
    if (error.reason !== "PERMISSION_DENIED") return error;
    const query = this.#backend.query("shows", queries.ownShows, [this.#backend.uid], NEWEST_SHOWS);
    const shows = await this.#backend.readList(query, showDocument).catch(() => []);
    const open = shows.filter(({ status }) => status === "draft" || status === "scheduled");
    if (open.length < MOST_OPEN_DRAFTS) return error;
    return new AmbientError("RATE_LIMITED", { cause: error });
  }

  #list(query: Parameters<Backend["list"]>[0]): Subscribable<readonly ShowDetails[]> {
    return this.#backend.whileSignedIn(this.#backend.list(query, showDocument));
  }
}
