import { blockDocument } from "../../../functions/src/contract/blocks.js";
import {
  accountDocument,
  profileEdit,
  userDocument,
  type AccountDocument,
  type UserDocument,
} from "../../../functions/src/contract/identity.js";
import { noticeDocument, type NoticeDocument } from "../../../functions/src/contract/notices.js";
import { queries } from "../../../functions/src/contract/queries.js";
import { termsDocument, type TermsDocument } from "../../../functions/src/contract/terms.js";
import type { Backend } from "../backend/backend.js";
import type { RequestOf, ResponseOf } from "../backend/callables.js";
import { listPage, type ListRequest, type Page } from "../backend/page.js";
import type { Identified, Received } from "../backend/readDocument.js";
import { abortable, type Abortable } from "../errors/abortable.js";
import { requireValid } from "../errors/requireValid.js";
import { memo } from "../observe/memo.js";
import type { KnownObservable, Observable } from "../observe/observable.js";
import { mapped } from "../observe/source.js";

/**
 * A person's public profile: the document `users/{uid}`.
 *
 * @example
 * ```ts
 * const name = (profile: Profile) => profile.displayName;
 * ```
 */
export interface Profile extends UserDocument {}

/**
 * What Spotify says about the account. Only its owner can read it.
 *
 * @example
 * ```ts
 * const needsLink = (account: AccountDetails) => !account.spotifyLinked;
 * ```
 */
export interface AccountDetails extends AccountDocument {}

/**
 * The terms that a person has accepted, and their age band then.
 *
 * @example
 * ```ts
 * const mayJoinAdults = (terms: Terms | undefined) => terms?.ageBand === "adult";
 * ```
 */
export interface Terms extends Received<TermsDocument> {}

/**
 * The statement of reasons of an admin's decision: on something of the person's, on their report, or on an appeal.
 *
 * @example
 * ```ts
 * const canAppeal = ({ appealUntil }: Notice) => (appealUntil?.toMillis() ?? 0) > Date.now();
 * ```
 */
export interface Notice extends Identified<Received<NoticeDocument>> {}

/**
 * The signed-in person, their profile and their Spotify account.
 *
 * @example
 * ```ts
 * ambient.account.uid.subscribe((uid) => (uid ? openHome() : openSignIn()));
 * ```
 */
export class Account {
  /**
   * The uid. `null`: nobody is signed in. `undefined`: not known yet, while the app starts.
   *
   * @example
   * ```ts
   * if (ambient.account.uid.current === null) openSignIn();
   * ```
   */
  readonly uid: KnownObservable<string | null | undefined>;
  readonly #backend: Backend;

  /** @internal */
  constructor(backend: Backend) {
    this.#backend = backend;
    this.uid = backend.account;
    this.details = backend.mine((uid) =>
      backend.document(`users/${uid}/private/account`, accountDocument),
    );
    this.terms = backend.mine((uid) =>
      backend.document(`users/${uid}/private/terms`, termsDocument),
    );
  }

  /**
   * Signs in with the code from Spotify's redirect. A code works once: after an error, authorise again.
   *
   * @example
   * ```ts
   * const { uid, isNewUser } = await ambient.account.signIn(readRedirect(location.href, authorization));
   * ```
   */
  async signIn(
    request: RequestOf<"signInWithSpotify">,
  ): Promise<Omit<ResponseOf<"signInWithSpotify">, "customToken">> {
    const { customToken, ...answer } = await this.#backend.call("signInWithSpotify", request);
    await this.#backend.signIn(customToken);
    return answer;
  }

  /**
   * Leaves the show that the person is in, and signs out. Every subscription ends with `SIGNED_OUT`, and the device's
   * cache is cleared. It also unregisters the app from notifications. If the app may not have registered since it
   * started, pass its `deviceToken`.
   *
   * @example
   * ```ts
   * await ambient.account.signOut();
   * ```
   */
  signOut(deviceToken?: string): Promise<void> {
    return this.#backend.signOut(deviceToken);
  }

  /**
   * A Spotify access token for a player in the app. The refresh token stays on the server.
   *
   * @example
   * ```ts
   * const { accessToken } = await ambient.account.spotifyAccess();
   * ```
   */
  spotifyAccess(): Promise<ResponseOf<"getSpotifyAccessToken">> {
    return this.#backend.call("getSpotifyAccessToken", {});
  }

  /**
   * Deletes the stored Spotify grant and the person's Spotify data. Signing in again links the account again.
   *
   * @example
   * ```ts
   * await ambient.account.disconnectSpotify();
   * ```
   */
  async disconnectSpotify(): Promise<void> {
    await this.#backend.call("disconnectSpotify", {});
  }

  /**
   * Everything that is stored about the signed-in person: a line of JSON, `{path, data}`, for each document. All of it
   * is as of one moment. It takes a call for each page.
   *
   * @example
   * ```ts
   * const file = new Blob([await ambient.account.export()], { type: "application/x-ndjson" });
   * ```
   */
  async export(options: Abortable = {}): Promise<string> {
    const pages: string[] = [];
    let page: ResponseOf<"exportAccount"> | undefined;
    do {
      const request = page?.cursor ? { cursor: page.cursor } : {};
      page = await abortable(options, () => this.#backend.call("exportAccount", request));
      pages.push(page.lines);
    } while (page.cursor !== null);
    return pages.join("");
  }

  /**
   * Deletes the account and what is stored about the person, and signs out. The person's live show ends, and they
   * leave every show. If the project has a grace period, signing in again within it cancels the deletion.
   *
   * @example
   * ```ts
   * if (confirm("Delete your account for good?")) await ambient.account.delete();
   * ```
   */
  async delete(): Promise<void> {
    await this.#backend.call("deleteAccount", {});
    await this.signOut();
  }

  /**
   * Cancels a pending deletion, from a device that is still signed in. Signing in again does the same.
   *
   * @example
   * ```ts
   * await ambient.account.cancelDeletion();
   * ```
   */
  async cancelDeletion(): Promise<void> {
    await this.#backend.call("cancelDeletion", {});
  }

  /**
   * What Spotify says about the signed-in person's account.
   *
   * @example
   * ```ts
   * ambient.account.details.subscribe((account) => setLinked(account?.spotifyLinked ?? false));
   * ```
   */
  readonly details: Observable<AccountDetails | undefined>;

  /**
   * Anyone's public profile.
   *
   * @example
   * ```ts
   * ambient.account.profile(show.details.current.creatorUid).subscribe(renderCreator);
   * ```
   */
  profile(uid: string): Observable<Profile | undefined> {
    return this.#profile(uid);
  }

  readonly #profile = memo((uid: string) =>
    this.#backend.whileSignedIn(this.#backend.document(`users/${uid}`, userDocument)),
  );

  /**
   * Changes the parts of your profile that do not come from Spotify.
   *
   * @example
   * ```ts
   * await ambient.account.editProfile({ bio: "Night drives and slow songs." });
   * ```
   */
  async editProfile(changes: {
    bio?: string;
    links?: readonly string[];
    supportLink?: string;
  }): Promise<void> {
    requireValid(profileEdit, changes);
    const updatedAt = this.#backend.serverTimestamp();
    await this.#backend.update(`users/${this.#backend.uid}`, { ...changes, updatedAt });
  }

  /**
   * Accepts the terms in force, `termsVersion` of `ambient.config`. Until then, creating a show, commenting and
   * speaking fail with `TERMS_NOT_ACCEPTED`. The server keeps the age band, not the year of birth. Other errors:
   * `TOO_YOUNG`, or `INVALID_ARGUMENT` if the version is not the current one.
   *
   * @example
   * ```ts
   * await ambient.account.acceptTerms({ version: 3, birthYear: 1996 });
   * ```
   */
  acceptTerms(request: RequestOf<"acceptTerms">): Promise<ResponseOf<"acceptTerms">> {
    return this.#backend.call("acceptTerms", request);
  }

  /**
   * The terms that the signed-in person has accepted; undefined if none.
   *
   * @example
   * ```ts
   * ambient.account.terms.subscribe((terms) => console.log(terms?.version, terms?.ageBand));
   * ```
   */
  readonly terms: Observable<Terms | undefined>;

  /**
   * Blocks a person. Neither of you can join the other's shows, and a live show that you share is left at once. The
   * client leaves each of you out of what the other sees: comments, people in a show (hosts see everyone), and shows.
   * Blocking a person twice is not an error.
   *
   * @example
   * ```ts
   * await ambient.account.block(comment.authorUid);
   * ```
   */
  async block(uid: string): Promise<void> {
    await this.#backend.add(`users/${this.#backend.uid}/blocked/${uid}`);
  }

  /**
   * Lifts your block. A person who also blocks you stays hidden.
   *
   * @example
   * ```ts
   * await ambient.account.unblock(uid);
   * ```
   */
  async unblock(uid: string): Promise<void> {
    await this.#backend.delete(`users/${this.#backend.uid}/blocked/${uid}`);
  }

  /**
   * The uids of the people whom you block, latest first.
   *
   * @example
   * ```ts
   * ambient.account.blocked().subscribe(({ items }) => console.log(items.join(", ")));
   * ```
   */
  blocked(request: ListRequest = {}): Observable<Page<string>> {
    return this.#blocked(request);
  }

  readonly #blocked = memo((request: ListRequest) =>
    this.#backend.mine((uid) => {
      const blocks = { path: `users/${uid}/blocked`, schema: blockDocument };
      const list = listPage(this.#backend, blocks, queries.blockedPeople, () => [], request);
      return mapped(list, ({ items, next }) => ({
        items: items.map(({ id }) => id),
        next: next?.id,
      }));
    }),
  );

  /**
   * Whether you block a person.
   *
   * @example
   * ```ts
   * ambient.account.isBlocking(creatorUid).subscribe((isBlocking) => setStatus(isBlocking));
   * ```
   */
  isBlocking(uid: string): Observable<boolean> {
    return this.#isBlocking(uid);
  }

  readonly #isBlocking = memo((uid: string) =>
    this.#backend.mine((me) => {
      const block = this.#backend.document(`users/${me}/blocked/${uid}`, blockDocument);
      return mapped(block, (found) => found !== undefined);
    }),
  );

  /**
   * What admins decided about the signed-in person and on their reports, latest first.
   *
   * @example
   * ```ts
   * ambient.account.notices().subscribe(renderNotices);
   * ```
   */
  notices(limit = 50): Observable<readonly Notice[]> {
    return this.#notices(limit);
  }

  readonly #notices = memo((limit: number) =>
    this.#backend.mine((uid) =>
      this.#backend.list(
        () => this.#backend.query(`users/${uid}/notices`, queries.notices, [], limit),
        noticeDocument,
      ),
    ),
  );

  /**
   * Appeals a decision, once and until the notice's `appealUntil`. The answer arrives as another notice.
   *
   * @example
   * ```ts
   * await ambient.account.appeal(notice.id, "It was a quote from the song.");
   * ```
   */
  async appeal(noticeId: string, text: string): Promise<void> {
    await this.#backend.call("appealDecision", { noticeId, text });
  }
}
