import { activityDocument } from "../../../functions/src/contract/audience.js";
import { commentDocument, newComment } from "../../../functions/src/contract/comments.js";
import { queries } from "../../../functions/src/contract/queries.js";
import { isAbsent } from "../backend/readDocument.js";
import { secondsUntil } from "../clock/secondsUntil.js";
import { AmbientError, asAmbientError } from "../errors/ambientError.js";
import { requireValid } from "../errors/requireValid.js";
import { firstOf } from "../observe/firstOf.js";
import { Observed, type Observable } from "../observe/observable.js";
import { mapped, createSource, type Source } from "../observe/source.js";
import type { TransactionHandle, Unsubscribe } from "../sdk/firebaseSdk.js";
import type { Session } from "../show/session.js";
import { COMMENTS_PER_PAGE, type Comment } from "./comment.js";
import { latestComments, type OwnComments } from "./latestComments.js";
import { pinnedComment } from "./pinnedComment.js";
import { readerOf, type Reader } from "./reader.js";
import { slowModeSecondsOf } from "./slowMode.js";

/**
 * How many of the person's own comments are kept until a digest includes them. Slow mode allows fewer per interval.
 */
const MAX_SENT = 20;

const authorOf = ({ authorUid }: Comment) => authorUid;

/**
 * The comments of a show.
 *
 * @example
 * ```ts
 * show.comments.latest.subscribe(renderComments);
 * await show.comments.send("What a song!");
 * ```
 */
export class Comments {
  /**
   * The latest comments, newest first. Hosts also see hidden comments. When comments come fast and the show's
   * `commentFeed` is `digest`, listeners receive a digest every few seconds; their own comments appear at once.
   *
   * @example
   * ```ts
   * const unsubscribe = show.comments.latest.subscribe(renderComments, renderProblem);
   * ```
   */
  readonly latest: Observable<readonly Comment[]>;
  /**
   * Whether there may be comments older than `latest`, which `before` reads.
   *
   * @example
   * ```ts
   * show.comments.hasEarlier.subscribe((hasEarlier) => console.log(hasEarlier));
   * ```
   */
  readonly hasEarlier: Observable<boolean>;
  /**
   * The pinned comment, however old it is; null if none is pinned.
   *
   * @example
   * ```ts
   * show.comments.pinned.subscribe((comment) => setBanner(comment?.text));
   * ```
   */
  readonly pinned: Observable<Comment | null>;
  readonly #session: Session;
  readonly #reader: Source<Reader>;
  readonly #own = new Observed<OwnComments>({ sent: [], deletedIds: new Set() });

  /** @internal */
  constructor(session: Session) {
    this.#session = session;
    this.#reader = readerOf(session);
    const { feed } = session;
    const latest = session.within(() =>
      latestComments({
        reader: this.#reader,
        feed,
        own: this.#own,
        local: session.backend.local,
        direct: (kind, isFresh) => this.#direct(kind, isFresh),
      }),
    );
    this.latest = session.withoutHidden(latest, authorOf);
    this.hasEarlier = session.backend.observable(
      mapped(latest, ({ length }) => length >= COMMENTS_PER_PAGE),
    );
    const pinned = session.within(() =>
      pinnedComment({
        reader: this.#reader,
        pinnedId: this.#pinnedId(),
        feed,
        document: (id) => this.#visible(id),
      }),
    );
    const pins = mapped(pinned, (comment) => (comment === null ? [] : [comment]));
    this.pinned = session.backend.observable(
      mapped(session.withoutHidden(pins, authorOf), ([comment]) => comment ?? null),
    );
  }

  /**
   * Reads a page of comments older than `comment`, newest first. Fewer than `limit` means that there are no older
   * ones. The page is not live: later hiding and deleting shows up in `latest` only.
   *
   * @example
   * ```ts
   * const older = await show.comments.before(comment);
   * ```
   */
  async before(comment: Comment, limit = COMMENTS_PER_PAGE): Promise<readonly Comment[]> {
    this.#session.requirePresence();
    const kind = this.#session.isHost ? "all" : "visible";
    const seen: Comment[] = [];
    let oldest: Comment | undefined = comment;
    while (oldest && seen.length < limit) {
      const query = this.#query(kind, limit, [oldest.createdAt]);
      const page: readonly Comment[] = await this.#session.backend.readList(query, commentDocument);
      seen.push(...(await firstOf(this.#session.withoutHidden(new Observed(page), authorOf))));
      oldest = page.length < limit ? undefined : page.at(-1);
    }
    return seen.slice(0, limit);
  }

  /**
   * Sends a comment and returns its id once the server has stored it; a form should keep the text until then. While
   * offline it fails with `OFFLINE` after a few attempts, and nothing is sent later. Other errors:
   * `INVALID_ARGUMENT` if the text is blank or longer than 500 characters, or if `mentions` names somebody twice or more
   * than 5 people; `COMMENT_NOT_FOUND` if `replyTo` is hidden or deleted; `COMMENTS_CLOSED`, `WORDS_NOT_ALLOWED`, or
   * `SLOW_MODE` with `retryAfterSeconds`. The people in `mentions` get no notification: `addressesMe` is true on their
   * devices.
   *
   * @example
   * ```ts
   * await show.comments.send("What a song!");
   * await show.comments.send("It is!", { replyTo: comment, mentions: [speaker.uid] });
   * ```
   */
  async send(
    text: string,
    options: {
      readonly replyTo?: Pick<Comment, "id" | "authorUid"> | undefined;
      readonly mentions?: readonly string[];
    } = {},
  ): Promise<string> {
    const { backend, uid, me } = this.#session;
    this.#session.requirePresence();
    this.#session.requireTerms();
    const { replyTo: original, mentions = [] } = options;
    const content = {
      text,
      ...(original && { replyTo: { commentId: original.id, authorUid: original.authorUid } }),
      ...(mentions.length > 0 && { mentions: [...mentions] }),
    };
    requireValid(newComment, content);
    const { displayName, photoUrl } = me.current;
    const commentId = backend.newId(this.#session.path("comments"));
    const comment = backend.doc(this.#path(commentId));
    const activity = backend.doc(this.#session.path("activity", uid));
    const write = (transaction: TransactionHandle) => {
      transaction.set(comment, {
        authorUid: uid,
        author: { displayName, photoUrl },
        ...content,
        createdAt: backend.serverTimestamp(),
        hidden: false,
      });
      // The rules require both writes together, because slow mode is measured by this timestamp.
      transaction.set(
        activity,
        { lastCommentAt: backend.serverTimestamp(), lastCommentId: commentId },
        { merge: true },
      );
    };
    try {
      await backend.writeOnce(comment, (found) => !isAbsent(found), write);
    } catch (error) {
      throw await this.#whyNot(asAmbientError(error), original?.id);
    }
    void this.#hasSent(commentId);
    return commentId;
  }

  /**
   * The comment that another one replies to; undefined if it is hidden or deleted, if its author is blocked, or if the
   * comment is no reply. It comes from `latest` if that has it. Otherwise each call reads it, because nothing reports that a
   * comment was hidden since: read it when the person asks for it, and not for each row.
   *
   * @example
   * ```ts
   * const original = await show.comments.original(comment);
   * ```
   */
  async original({ replyTo }: Comment): Promise<Comment | undefined> {
    this.#session.requirePresence();
    if (!replyTo) return undefined;
    const id = replyTo.commentId;
    const known = this.latest.current?.find((comment) => comment.id === id);
    const found = known ?? (await this.#readVisible(id));
    if (!found || found.hidden) return undefined;
    const [visible] = await firstOf(this.#session.withoutHidden(new Observed([found]), authorOf));
    return visible;
  }

  /**
   * Whether somebody else's comment replies to one of the person's comments or mentions them.
   *
   * @example
   * ```ts
   * const unread = (comments: readonly Comment[]) =>
   *   comments.filter((comment) => show.comments.addressesMe(comment)).length;
   * ```
   */
  addressesMe({ authorUid, replyTo, mentions = [] }: Comment): boolean {
    const { uid } = this.#session;
    return authorUid !== uid && (replyTo?.authorUid === uid || mentions.includes(uid));
  }

  /**
   * Deletes one of the person's own comments.
   *
   * @example
   * ```ts
   * await show.comments.delete(comment.id);
   * ```
   */
  async delete(commentId: string): Promise<void> {
    await this.#session.backend.delete(this.#path(commentId));
    const { sent, deletedIds } = this.#own.current;
    this.#own.set({ sent, deletedIds: new Set([...deletedIds, commentId]) });
  }

  /**
   * For hosts: hides a comment from listeners.
   *
   * @example
   * ```ts
   * await show.comments.hide(comment.id);
   * ```
   */
  async hide(commentId: string): Promise<void> {
    await this.#session.backend.update(this.#path(commentId), { hidden: true });
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
   * For hosts: pins a comment for everyone; null removes the pin.
   *
   * @example
   * ```ts
   * await show.comments.pin(comment.id);
   * ```
   */
  pin(commentId: string | null): Promise<void> {
    const { backend } = this.#session;
    const updatedAt = backend.serverTimestamp();
    return backend.update(this.#session.path(), { pinnedCommentId: commentId, updatedAt });
  }

  #path(commentId: string): string {
    return this.#session.path("comments", commentId);
  }

  /**
   * Reads the comment back for its server timestamp, and shows it until a digest includes it. It does so in
   * direct mode, too, because a digest may still be shown or be about to begin.
   */
  async #hasSent(commentId: string): Promise<void> {
    const { backend, isHost } = this.#session;
    if (isHost) return;
    // Without it, the comment appears with the next digest.
    const comment = await backend
      .read(this.#path(commentId), commentDocument)
      .catch(() => undefined);
    if (!comment) return;
    const { sent, deletedIds } = this.#own.current;
    this.#own.set({
      sent: [{ ...comment, id: commentId }, ...sent].slice(0, MAX_SENT),
      deletedIds,
    });
  }

  /** Undefined if it is deleted or hidden. */
  async #readVisible(id: string): Promise<Comment | undefined> {
    try {
      const found = await this.#session.backend.read(this.#path(id), commentDocument);
      return found?.hidden === false ? { ...found, id } : undefined;
    } catch (error) {
      const explained = await this.#session.explain(asAmbientError(error));
      if (explained.reason === "PERMISSION_DENIED") return undefined;
      throw explained;
    }
  }

  #pinnedId(): Source<string | null> {
    const { details } = this.#session;
    return mapped(details, ({ pinnedCommentId }) => pinnedCommentId ?? null);
  }

  /** Null while the comment is hidden, and once it is deleted. The server removes the pin a moment later. */
  #visible(id: string): Source<Comment | null> {
    const { details } = this.#session;
    const comment = this.#session.document(this.#path(id), commentDocument);
    const version = () => details.current.updatedAt.toMillis();
    return createSource((next, fail) => {
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
            // The rules deny a listener once the comment is hidden, and nothing reports when it is shown again. So
            // this listens again whenever the show's document changes.
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

  #direct(kind: "all" | "visible", isFresh: boolean): Source<readonly Comment[]> {
    return this.#session.list(() => this.#query(kind, COMMENTS_PER_PAGE), commentDocument, isFresh);
  }

  #query(kind: "all" | "visible", limit: number, after?: readonly unknown[]) {
    const path = this.#session.path("comments");
    return kind === "all"
      ? this.#session.backend.query(path, queries.allComments, [], limit, after)
      : this.#session.backend.query(path, queries.visibleComments, [false], limit, after);
  }

  /** The rules deny without a reason, so this checks what they checked. */
  async #whyNot(error: AmbientError, originalId?: string): Promise<AmbientError> {
    const explained = await this.#session.explain(error);
    if (explained.reason !== "PERMISSION_DENIED") return explained;
    const { backend, uid, me } = this.#session;
    const details = this.#session.details.current;
    const { settings, status } = details;
    if (status !== "live") return new AmbientError("SHOW_NOT_LIVE", { cause: error });
    if (settings?.commentsEnabled === false) {
      return new AmbientError("COMMENTS_CLOSED", { cause: error });
    }
    if (originalId !== undefined) {
      const original = await this.#readVisible(originalId).catch(() => null);
      if (original === undefined) return new AmbientError("COMMENT_NOT_FOUND", { cause: error });
    }
    const path = this.#session.path("activity", uid);
    const activity = await backend.read(path, activityDocument).catch(() => undefined);
    const otherwise = details.hasWordFilter
      ? new AmbientError("WORDS_NOT_ALLOWED", { cause: error })
      : explained;
    if (!activity?.lastCommentAt) return otherwise;
    const slowModeMs = slowModeSecondsOf(details, me.current) * 1_000;
    const retryAfterSeconds = secondsUntil(
      activity.lastCommentAt.toMillis() + slowModeMs,
      { clock: this.#session.clock, local: backend.local },
      // Where words are filtered, they are the likelier reason once the wait is over.
      details.hasWordFilter ? 0 : undefined,
    );
    if (retryAfterSeconds === undefined) return otherwise;
    return new AmbientError("SLOW_MODE", { details: { retryAfterSeconds }, cause: error });
  }
}
