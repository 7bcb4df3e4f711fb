import { activityDocument } from "../../../functions/src/contract/audience.js";
import { feedDocument } from "../../../functions/src/contract/feed.js";
import { commentDocument, type CommentDocument } from "../../../functions/src/contract/comments.js";
import { queries } from "../../../functions/src/contract/queries.js";
import { isAbsent } from "../backend/readDocument.js";
import { secondsUntil } from "../clock/secondsUntil.js";
import { AmbientError, asAmbientError } from "../errors/ambientError.js";
import { requireValid } from "../errors/requireValid.js";
import { Observed, subscribable, switching, type Subscribable } from "../observe/subscribable.js";
import type { TransactionHandle, Unsubscribe } from "../sdk/firebaseSdk.js";
import type { Session } from "../show/session.js";

/**
 * A comment and its id.
 *
 * @example
 * ```ts
 * const line = ({ author, text }: Comment) => `${author.displayName}: ${text}`;
 * ```
 */
export interface Comment extends CommentDocument {
  readonly id: string;
}

/**
 * How many comments `latest` has at most, and a page of `before` where nothing else is asked for.
 *
 * @example
 * ```ts
 * const mayHaveMore = (latest: readonly Comment[]) => latest.length >= COMMENTS_PER_PAGE;
 * ```
 */
export const COMMENTS_PER_PAGE = 50;

const none: Subscribable<null> = new Observed(null);

/** Which comments there are to be had: it changes with one's role, and with the size of the crowd. */
type Feed = "all" | "visible" | "digest";

/**
 * What people write in a show.
 *
 * @example
 * ```ts
 * show.comments.latest.subscribe(renderComments);
 * await show.comments.send("What a song!");
 * ```
 */
export class Comments {
  /**
   * The latest comments, the newest first: for hosts the hidden ones as well. Where the
   * show's `commentFeed` says `digest`, listeners read what the server has gathered of them.
   *
   * @example
   * ```ts
   * const unsubscribe = show.comments.latest.subscribe(renderComments, renderProblem);
   * ```
   */
  readonly latest: Subscribable<readonly Comment[]>;
  /**
   * The pinned comment, however old it is; null while none is pinned.
   *
   * @example
   * ```ts
   * show.comments.pinned.subscribe((comment) => setBanner(comment?.text));
   * ```
   */
  readonly pinned: Subscribable<Comment | null>;
  readonly #session: Session;

  /** @internal */
  constructor(session: Session) {
    this.#session = session;
    this.latest = switching(this.#feed(), (feed) =>
      feed === "digest" ? this.#digest() : this.#direct(feed),
    );
    this.pinned = switching(this.#pinnedId(), (id) =>
      id === null ? session.within(none) : this.#visible(id),
    );
  }

  /**
   * A page of comments from before `comment`, the newest first, as they are now: `latest` alone tells of what
   * is hidden or deleted later.
   *
   * @example
   * ```ts
   * const older = await show.comments.before(comment);
   * ```
   */
  async before(comment: Comment, most = COMMENTS_PER_PAGE): Promise<readonly Comment[]> {
    this.#session.requirePresence();
    const query = this.#query(this.#session.isHost ? "all" : "visible", most, comment.createdAt);
    return this.#session.backend.readList(query, commentDocument);
  }

  /**
   * Writes a comment, and answers its id once the server has it: a form keeps the text until then. Offline it
   * fails with `OFFLINE` after a few tries, and nothing is sent later by itself. Refused, it says why:
   * `INVALID_ARGUMENT` where the text is blank or longer than 500, `COMMENTS_CLOSED`, or `SLOW_MODE` with
   * `retryAfterSeconds`.
   *
   * @example
   * ```ts
   * const commentId = await show.comments.send("What a song!");
   * ```
   */
  async send(text: string): Promise<string> {
    const { backend, uid, me } = this.#session;
    const { firestore } = backend.sdk;
    this.#session.requirePresence();
    requireValid(commentDocument.pick({ text: true }), { text });
    const { displayName, photoUrl } = me.current;
    const commentId = backend.newId(this.#session.path("comments"));
    const comment = backend.doc(this.#path(commentId));
    const activity = backend.doc(this.#session.path("activity", uid));
    const write = (transaction: TransactionHandle) => {
      transaction.set(comment, {
        authorUid: uid,
        author: { displayName, photoUrl },
        text,
        createdAt: firestore.serverTimestamp(),
        hidden: false,
      });
      // The rules bind the two to each other: slow mode is measured against this stamp.
      transaction.set(
        activity,
        { lastCommentAt: firestore.serverTimestamp(), lastCommentId: commentId },
        { merge: true },
      );
    };
    try {
      await backend.writeOnce(comment, (found) => !isAbsent(found), write);
    } catch (error) {
      throw await this.#whyNot(asAmbientError(error));
    }
    return commentId;
  }

  /**
   * Deletes a comment of one's own.
   *
   * @example
   * ```ts
   * await show.comments.delete(comment.id);
   * ```
   */
  delete(commentId: string): Promise<void> {
    return this.#session.backend.delete(this.#path(commentId));
  }

  /**
   * For hosts: hides a comment from the listeners.
   *
   * @example
   * ```ts
   * await show.comments.hide(comment.id);
   * ```
   */
  hide(commentId: string): Promise<void> {
    return this.#session.backend.update(this.#path(commentId), { hidden: true });
  }

  /**
   * For hosts: shows a hidden comment again.
   *
   * @example
   * ```ts
   * await show.comments.unhide(comment.id);
   * ```
   */
  unhide(commentId: string): Promise<void> {
    return this.#session.backend.update(this.#path(commentId), { hidden: false });
  }

  /**
   * For hosts: pins a comment for everybody; null takes the pin off.
   *
   * @example
   * ```ts
   * await show.comments.pin(comment.id);
   * ```
   */
  pin(commentId: string | null): Promise<void> {
    const { backend } = this.#session;
    const updatedAt = backend.sdk.firestore.serverTimestamp();
    return backend.update(this.#session.path(), { pinnedCommentId: commentId, updatedAt });
  }

  #path(commentId: string): string {
    return this.#session.path("comments", commentId);
  }

  #feed(): Subscribable<Feed> {
    const { me, details } = this.#session;
    const current = (): Feed => {
      if (this.#session.isHost) return "all";
      return details.current.commentFeed === "digest" ? "digest" : "visible";
    };
    return subscribable((next) => {
      const tell = () => {
        next(current());
      };
      const stops = [me.subscribe(tell), details.subscribe(tell)];
      return () => {
        for (const stop of stops) stop();
      };
    });
  }

  #pinnedId(): Subscribable<string | null> {
    const { details } = this.#session;
    return subscribable((next) =>
      details.subscribe(({ pinnedCommentId }) => {
        next(pinnedCommentId ?? null);
      }),
    );
  }

  /** Null while it is hidden, and once it is deleted: the server takes the pin off a moment later. */
  #visible(id: string): Subscribable<Comment | null> {
    const { backend, details } = this.#session;
    const comment = this.#session.within(backend.document(this.#path(id), commentDocument));
    const version = () => details.current.updatedAt.toMillis();
    return subscribable((next, fail) => {
      let isDenied = false;
      let askedAt = 0;
      let stop: Unsubscribe | undefined;
      const listen = () => {
        isDenied = false;
        askedAt = version();
        stop = comment.subscribe(
          (found) => {
            next(found && !found.hidden ? { ...found, id } : null);
          },
          (error) => {
            if (error.reason !== "PERMISSION_DENIED") {
              fail(error);
              return;
            }
            // So the rules tell a listener that it was hidden. That it is shown again nobody tells him.
            isDenied = true;
            next(null);
            listenAgain();
          },
        );
      };
      const listenAgain = () => {
        if (isDenied && version() !== askedAt) listen();
      };
      listen();
      const stopDetails = details.subscribe(listenAgain);
      return () => {
        stopDetails();
        stop?.();
      };
    });
  }

  #direct(feed: "all" | "visible"): Subscribable<readonly Comment[]> {
    return this.#session.within(
      this.#session.backend.list(() => this.#query(feed, COMMENTS_PER_PAGE), commentDocument),
    );
  }

  #digest(): Subscribable<readonly Comment[]> {
    const feed = this.#session.within(
      this.#session.backend.document(this.#session.path("feed/latest"), feedDocument),
    );
    return subscribable((next, fail) =>
      feed.subscribe((latest) => {
        next(latest?.comments ?? []);
      }, fail),
    );
  }

  #query(feed: "all" | "visible", most: number, after?: unknown) {
    const path = this.#session.path("comments");
    return feed === "all"
      ? this.#session.backend.query(path, queries.allComments, [], most, after)
      : this.#session.backend.query(path, queries.visibleComments, [false], most, after);
  }

  /** The rules say no without a reason: what they judged by tells it. */
  async #whyNot(error: AmbientError): Promise<AmbientError> {
    const explained = await this.#session.explain(error);
    if (explained.reason !== "PERMISSION_DENIED") return explained;
    const { backend, uid } = this.#session;
    const { settings, status } = this.#session.details.current;
    if (status !== "live") return new AmbientError("SHOW_NOT_LIVE", { cause: error });
    if (settings?.commentsEnabled === false) {
      return new AmbientError("COMMENTS_CLOSED", { cause: error });
    }
    const path = this.#session.path("activity", uid);
    const activity = await backend.read(path, activityDocument).catch(() => undefined);
    // The rules leave a second between two comments even with slow mode off.
    const slowModeMs = Math.max(1, settings?.slowModeSeconds ?? 0) * 1_000;
    if (!activity?.lastCommentAt) return explained;
    const retryAfterSeconds = secondsUntil(activity.lastCommentAt.toMillis() + slowModeMs, {
      clock: this.#session.clock,
      local: backend.local,
    });
    if (retryAfterSeconds === undefined) return explained;
    return new AmbientError("SLOW_MODE", { details: { retryAfterSeconds }, cause: error });
  }
}
