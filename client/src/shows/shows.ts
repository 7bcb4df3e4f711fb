import { participantDocument } from "../../../functions/src/contract/audience.js";
import { clientConfigDocument } from "../../../functions/src/contract/clientConfig.js";
import { setlistDocument, type SetlistDocument } from "../../../functions/src/contract/music.js";
import { personCard } from "../../../functions/src/contract/fields.js";
import { userDocument } from "../../../functions/src/contract/identity.js";
import { queries } from "../../../functions/src/contract/queries.js";
import {
  showDocument,
  showPlan,
  showSummary,
  type ShowSummary,
} from "../../../functions/src/contract/shows.js";
import { saveDocument } from "../../../functions/src/contract/saves.js";
import { hasAccepted, termsDocument } from "../../../functions/src/contract/terms.js";
import { wordFilterDocument } from "../../../functions/src/contract/wordFilter.js";
import type { Backend } from "../backend/backend.js";
import type { ResponseOf } from "../backend/callables.js";
import { readBy } from "../backend/readDocument.js";
import { AmbientError, asAmbientError } from "../errors/ambientError.js";
import { requireValid } from "../errors/requireValid.js";
import { memo } from "../observe/memo.js";
import type { Observable } from "../observe/observable.js";
import { mapped } from "../observe/source.js";
import {
  listPage,
  pageOf,
  pageQuery,
  type ListRequest,
  type Page,
  type PageRequest,
} from "../backend/page.js";
import { detailsOf, type ShowDetails } from "./showDetails.js";

/**
 * The fields that a creator sets before a show is live. While it is live, title, description and tags can change.
 *
 * @example
 * ```ts
 * const plan: ShowPlan = { title: "Night drive", scheduledFor: new Date("2027-01-01T20:00:00Z") };
 * ```
 */
export interface ShowPlan {
  readonly title: string;
  readonly description?: string;
  /** `unlisted` shows are only found by their id. Public by default. */
  readonly visibility?: "public" | "unlisted";
  /** Only adults may join. Its creator must be one, too. */
  readonly adultsOnly?: boolean;
  /** At most 3, of those in `ambient.config`. */
  readonly tags?: readonly string[];
  /** With a time the show is announced. Without one it is a draft that only its creator sees. */
  readonly scheduledFor?: Date | null;
}

const plannedFields = showPlan.partial();

/**
 * The tracks that an ended show played: the document `shows/{showId}/setlist/final`.
 *
 * @example
 * ```ts
 * const names = ({ tracks }: Setlist) => tracks.map(({ name }) => name || "Unknown track");
 * ```
 */
export interface Setlist extends SetlistDocument {}

/**
 * One of the person's own ended shows, with its summary.
 *
 * @example
 * ```ts
 * const peakOf = ({ summary }: PastShow) => summary?.peak ?? 0;
 * ```
 */
export interface PastShow extends ShowDetails {
  readonly summary: ShowSummary | undefined;
}

/** The rules allow a person this many shows that have not started. */
const MAX_OPEN_DRAFTS = 20;
/** Enough shows to contain all open drafts. */
const NEWEST_SHOWS = 60;

/**
 * Shows before they are live, and the person's own. `ambient.discover` finds other people's.
 *
 * @example
 * ```ts
 * const showId = await ambient.shows.create({ title: "Night drive", tags: ["jazz"] });
 * ```
 */
export class Shows {
  readonly #backend: Backend;

  /** @internal */
  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /**
   * Creates a draft, and announces it if the plan has a time. With 20 shows that have not started, it fails with
   * `RATE_LIMITED`: start or delete one first.
   *
   * @example
   * ```ts
   * const showId = await ambient.shows.create({ title: "Night drive" });
   * ```
   */
  async create(plan: ShowPlan): Promise<string> {
    requireValid(plannedFields, plan);
    const creator = await ownCard(this.#backend);
    const showId = this.#backend.newId("shows");
    const { title, description = "", visibility = "public", adultsOnly, scheduledFor, tags } = plan;
    const draft = {
      creatorUid: this.#backend.uid,
      creator,
      title,
      description,
      visibility,
      ...(adultsOnly !== undefined && { adultsOnly }),
      ...(tags !== undefined && { tags: [...tags] }),
      status: "draft",
      createdAt: this.#backend.serverTimestamp(),
      updatedAt: this.#backend.serverTimestamp(),
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
      // Trying again creates a new draft, so this one must not stay behind.
      await this.delete(showId).catch(() => undefined);
      throw error;
    }
    return showId;
  }

  /**
   * Changes a show that is not over. Setting a time announces it; null makes it a draft again. While the show is live, only its
   * title, description and tags can change; everybody in it sees that at once.
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
        updatedAt: this.#backend.serverTimestamp(),
      });
    } catch (error) {
      // The rules judge by the server's clock; the device's clock is good enough to explain the denial.
      if (!scheduledFor || scheduledFor.getTime() > this.#backend.local.wall()) throw error;
      const issues = [{ path: "scheduledFor", message: "must be in the future" }];
      throw new AmbientError("INVALID_ARGUMENT", { details: { issues }, cause: error });
    }
  }

  /**
   * Deletes a draft. To withdraw an announced show, use `cancel`.
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
   * Sets the words that comments and messages in one of your shows may not contain, before or while it is live. The
   * server also finds them with look-alike or repeated letters and with signs between the letters, but not inside
   * longer words.
   *
   * @example
   * ```ts
   * await ambient.shows.setWordFilter(showId, ["spam", "buy now"]);
   * ```
   */
  async setWordFilter(showId: string, words: readonly string[]): Promise<void> {
    await this.#backend.call("setWordFilter", { showId, words: [...words] });
  }

  /**
   * The filtered words of a show, for its hosts.
   *
   * @example
   * ```ts
   * ambient.shows.wordFilter(showId).subscribe((words) => console.log(words.join(", ")));
   * ```
   */
  wordFilter(showId: string): Observable<readonly string[]> {
    return this.#wordFilter(showId);
  }

  readonly #wordFilter = memo((showId: string) => {
    const filter = this.#backend.document(`shows/${showId}/filter/words`, wordFilterDocument);
    return this.#backend.whileSignedIn(mapped(filter, (found) => found?.words ?? []));
  });

  /**
   * The problems that the show would have if it started now.
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
   * A show, without joining it. Undefined if it does not exist.
   *
   * @example
   * ```ts
   * ambient.shows.show(showId).subscribe((details) => setStatus(details?.status));
   * ```
   */
  show(showId: string): Observable<ShowDetails | undefined> {
    return this.#show(showId);
  }

  readonly #show = memo((showId: string) =>
    this.#backend.whileSignedIn(this.#backend.snapshots(`shows/${showId}`, detailsOf(showId))),
  );

  /**
   * The summary of one of the person's own shows, once it is over, even if they were not in it at the end.
   *
   * @example
   * ```ts
   * ambient.shows.summary(showId).subscribe((summary) => summary && renderSummary(summary));
   * ```
   */
  summary(showId: string): Observable<ShowSummary | undefined> {
    return this.#summary(showId);
  }

  readonly #summary = memo((showId: string) =>
    this.#backend.whileSignedIn(
      this.#backend.document(`shows/${showId}/summary/final`, showSummary),
    ),
  );

  /**
   * The tracks that an ended show played, in order. Undefined if it played none or is not over.
   *
   * @example
   * ```ts
   * ambient.shows.setlistOf(showId).subscribe((setlist) => renderTracks(setlist?.tracks ?? []));
   * ```
   */
  setlistOf(showId: string): Observable<Setlist | undefined> {
    return this.#setlist(showId);
  }

  readonly #setlist = memo((showId: string) =>
    this.#backend.whileSignedIn(
      this.#backend.document(`shows/${showId}/setlist/final`, setlistDocument),
    ),
  );

  /**
   * Records, for the creator's summary, that the person opened or saved a show's music in Spotify; each counts once.
   * The creator sees totals, and nobody sees who it was. Call it where the app opens Spotify; `saveSetlist` calls it by
   * itself. Only people who were in the show are counted, and not its creator.
   *
   * @example
   * ```ts
   * await saveToLibrary(spotifyOf(ambient), [track.uri]);
   * await ambient.shows.countUse(showId, "saved");
   * ```
   */
  async countUse(showId: string, what: "opened" | "saved"): Promise<void> {
    const { uid } = this.#backend;
    const path = `shows/${showId}/participants/${uid}`;
    const participant = await this.#backend.read(path, participantDocument);
    if (!participant || participant.role === "creator" || participant.state === "removed") return;
    const reference = this.#backend.doc(`shows/${showId}/saves/${uid}`);
    await this.#backend.transaction(async (transaction) => {
      const before = readBy(saveDocument, await transaction.get(reference));
      // The rules deny a write that changes nothing.
      if (before?.[what]) return;
      const { opened = false, saved = false } = before ?? {};
      const at = this.#backend.serverTimestamp();
      transaction.set(reference, { opened, saved, [what]: true, at });
    });
  }

  /**
   * The person's own ended shows with their summaries, latest first, to compare them.
   *
   * @example
   * ```ts
   * const { items, next } = await ambient.shows.compareWithLastShows();
   * const earlier = next && (await ambient.shows.compareWithLastShows({ after: next }));
   * ```
   */
  async compareWithLastShows(page: PageRequest<PastShow> = {}): Promise<Page<PastShow>> {
    const values = [this.#backend.uid, "ended"];
    const query = pageQuery(this.#backend, "shows", queries.ownEndedShows, values, page);
    const shows = await this.#backend.readList(query, showDocument);
    const compared = await Promise.all(
      shows.map(async (show) => ({
        ...show,
        summary: await this.#backend.read(`shows/${show.id}/summary/final`, showSummary),
      })),
    );
    return pageOf(compared, page);
  }

  /**
   * The person's own shows, drafts included, newest first.
   *
   * @example
   * ```ts
   * ambient.shows.mine().subscribe(({ items }) => renderMyShows(items));
   * ```
   */
  mine(request: ListRequest = {}): Observable<Page<ShowDetails>> {
    return this.#mine(request);
  }

  readonly #mine = memo((request: ListRequest) => {
    const shows = { path: "shows", schema: showDocument };
    return this.#backend.mine((uid) =>
      listPage(this.#backend, shows, queries.ownShows, () => [uid], request),
    );
  });

  /** The rules deny a draft beyond the limit without a reason. */
  async #whyNoDraft(error: AmbientError): Promise<AmbientError> {
    if (error.reason !== "PERMISSION_DENIED") return error;
    const [config, terms] = await Promise.all([
      this.#backend.read("config/client", clientConfigDocument),
      this.#backend.read(`users/${this.#backend.uid}/private/terms`, termsDocument),
    ]).catch(() => []);
    if (!hasAccepted(config, terms))
      return new AmbientError("TERMS_NOT_ACCEPTED", { cause: error });
    const query = this.#backend.query("shows", queries.ownShows, [this.#backend.uid], NEWEST_SHOWS);
    const shows = await this.#backend.readList(query, showDocument).catch(() => []);
    const open = shows.filter(({ status }) => status === "draft" || status === "scheduled");
    if (open.length < MAX_OPEN_DRAFTS) return error;
    return new AmbientError("RATE_LIMITED", { cause: error });
  }
}

/** Name and picture from the person's own profile. The rules require exactly these. */
async function ownCard(backend: Backend) {
  const profile = await backend.read(`users/${backend.uid}`, userDocument);
  if (!profile) throw new AmbientError("PROFILE_NOT_FOUND");
  return personCard.parse(profile);
}
