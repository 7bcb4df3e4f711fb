import { followingDocument } from "../../../functions/src/contract/follows.js";
import { userDocument } from "../../../functions/src/contract/identity.js";
import { queries } from "../../../functions/src/contract/queries.js";
import type { Backend } from "../backend/backend.js";
import type { ResponseOf } from "../backend/callables.js";
import { listPage, type ListRequest, type Page, type PageRequest } from "../backend/page.js";
import { AmbientError, asAmbientError } from "../errors/ambientError.js";
import { firstOf } from "../observe/firstOf.js";
import { memo } from "../observe/memo.js";
import type { Observable } from "../observe/observable.js";
import { mapped } from "../observe/source.js";
import type { Identified } from "../backend/readDocument.js";
import type { z } from "zod";

/**
 * A creator whom the signed-in person follows. `id` is the creator's uid.
 *
 * @example
 * ```ts
 * const nameOf = ({ id }: Follow) => ambient.account.profile(id);
 * ```
 */
export interface Follow extends Identified<z.output<typeof followingDocument>> {}

/**
 * A person who follows the signed-in person.
 *
 * @example
 * ```ts
 * const line = ({ displayName, followedAt }: Follower) =>
 *   `${displayName}, since ${new Date(followedAt).toDateString()}`;
 * ```
 */
export type Follower = ResponseOf<"listFollowers">["followers"][number];

/**
 * Whom the signed-in person follows, and who follows them.
 *
 * @example
 * ```ts
 * await ambient.follows.follow(creatorUid);
 * ```
 */
export class Follows {
  readonly #backend: Backend;
  /** @internal */
  constructor(backend: Backend, followed: Observable<ReadonlySet<string>>) {
    this.#backend = backend;
    this.uids = followed;
  }

  /**
   * Follows a creator. Following them twice is not an error. Errors: `INVALID_ARGUMENT` for oneself, `BLOCKED` if a
   * block separates the two, and `PERSON_NOT_FOUND`.
   *
   * @example
   * ```ts
   * await ambient.follows.follow(show.details.current.creatorUid);
   * ```
   */
  async follow(creatorUid: string): Promise<void> {
    if (creatorUid === this.#backend.uid) {
      const issues = [{ path: "creatorUid", message: "must be somebody else" }];
      throw new AmbientError("INVALID_ARGUMENT", { details: { issues } });
    }
    try {
      await this.#backend.add(this.#path(creatorUid), { creatorUid });
    } catch (error) {
      throw await this.#whyNot(asAmbientError(error), creatorUid);
    }
  }

  /**
   * Unfollows a creator.
   *
   * @example
   * ```ts
   * await ambient.follows.unfollow(creatorUid);
   * ```
   */
  async unfollow(creatorUid: string): Promise<void> {
    await this.#backend.delete(this.#path(creatorUid));
  }

  /**
   * Turns off the notifications about a creator whom the person follows.
   *
   * @example
   * ```ts
   * await ambient.follows.mute(creatorUid);
   * ```
   */
  async mute(creatorUid: string): Promise<void> {
    await this.#backend.update(this.#path(creatorUid), { muted: true });
  }

  /**
   * Turns the notifications about a creator on again.
   *
   * @example
   * ```ts
   * await ambient.follows.unmute(creatorUid);
   * ```
   */
  async unmute(creatorUid: string): Promise<void> {
    await this.#backend.update(this.#path(creatorUid), { muted: false });
  }

  /**
   * The uids of all whom the signed-in person follows, the latest 1,000, in one read: for a list of shows that marks them.
   * A follow appears here within seconds; `isFollowing` knows it at once.
   *
   * @example
   * ```ts
   * ambient.follows.uids.subscribe((uids) => setCount(uids.size));
   * ```
   */
  readonly uids: Observable<ReadonlySet<string>>;

  /**
   * Whether the signed-in person follows a creator.
   *
   * @example
   * ```ts
   * ambient.follows.isFollowing(creatorUid).subscribe(setFollowing);
   * ```
   */
  isFollowing(creatorUid: string): Observable<boolean> {
    return this.#isFollowing(creatorUid);
  }

  readonly #isFollowing = memo((creatorUid: string) =>
    this.#backend.observable(mapped(this.#follow(creatorUid), (follow) => follow !== undefined)),
  );

  /**
   * Whether the notifications about a creator are turned off.
   *
   * @example
   * ```ts
   * ambient.follows.isMuted(creatorUid).subscribe(setMuted);
   * ```
   */
  isMuted(creatorUid: string): Observable<boolean> {
    return this.#isMuted(creatorUid);
  }

  readonly #isMuted = memo((creatorUid: string) =>
    this.#backend.observable(mapped(this.#follow(creatorUid), (follow) => follow?.muted === true)),
  );

  /**
   * Whom the signed-in person follows, the latest first.
   *
   * @example
   * ```ts
   * ambient.follows.list().subscribe(({ items }) => setCount(items.length));
   * ```
   */
  list(request: ListRequest = {}): Observable<Page<Follow>> {
    return this.#list(request);
  }

  readonly #list = memo((request: ListRequest) =>
    this.#backend.mine((uid) => {
      const follows = { path: `users/${uid}/following`, schema: followingDocument };
      return listPage(this.#backend, follows, queries.followedPeople, () => [], request);
    }),
  );

  /**
   * A page of those who follow the signed-in person, the latest first. Everyone else sees only the count
   * (`followerCount` of the profile). A page has 30 people by default.
   *
   * @example
   * ```ts
   * const { items, next } = await ambient.follows.followers();
   * const earlier = next && (await ambient.follows.followers({ after: next }));
   * ```
   */
  async followers({ limit, after }: PageRequest<string> = {}): Promise<Page<Follower, string>> {
    const { followers, cursor } = await this.#backend.call("listFollowers", {
      ...(limit !== undefined && { limit }),
      ...(after !== undefined && { cursor: after }),
    });
    return { items: followers, next: cursor ?? undefined };
  }

  /** One listener for whether and how the person follows a creator. */
  readonly #follow = memo((creatorUid: string) =>
    this.#backend.mine((uid) =>
      this.#backend.document(`users/${uid}/following/${creatorUid}`, followingDocument),
    ),
  );

  #path(creatorUid: string): string {
    return `users/${this.#backend.uid}/following/${creatorUid}`;
  }

  /** The rules deny without a reason, so this checks what they checked. */
  async #whyNot(error: AmbientError, creatorUid: string): Promise<AmbientError> {
    if (error.reason !== "PERMISSION_DENIED") return error;
    const hidden = await firstOf(this.#backend.hidden).catch(() => undefined);
    if (hidden?.has(creatorUid)) return new AmbientError("BLOCKED", { cause: error });
    const creator = await this.#backend.read(`users/${creatorUid}`, userDocument).catch(() => null);
    return creator === undefined ? new AmbientError("PERSON_NOT_FOUND", { cause: error }) : error;
  }
}
