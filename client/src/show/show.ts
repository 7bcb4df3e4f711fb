import { participantDocument } from "../../../functions/src/contract/audience.js";
import type { FeedDocument } from "../../../functions/src/contract/feed.js";
import type { ShowProblem } from "../../../functions/src/contract/showProblems.js";
import { queries } from "../../../functions/src/contract/queries.js";
import {
  defaultSettings,
  showSummary,
  type ShowSettings,
  type ShowSummary,
} from "../../../functions/src/contract/shows.js";
import { readBy } from "../backend/readDocument.js";
import { Comments } from "../comments/comments.js";
import { Moderation } from "../moderation/moderation.js";
import { Music } from "../music/music.js";
import { memo } from "../observe/memo.js";
import type { KnownObservable, Observable } from "../observe/observable.js";
import { reactionDependenciesOf, Reactions } from "../reactions/reactions.js";
import { showDocument } from "../../../functions/src/contract/shows.js";
import type { ShowDetails } from "../shows/showDetails.js";
import { SongRequests } from "../songRequests/songRequests.js";
import { Stage } from "../stage/stage.js";
import type { Presence } from "./presence.js";
import type { Connection } from "../backend/connection.js";
import type { Participant, Session } from "./session.js";

/**
 * What changes often: the audience and, while `commentFeed` is `digest`, the latest comments.
 *
 * @example
 * ```ts
 * const count = (feed: Feed | undefined) => feed?.audience.listeners ?? 0;
 * ```
 */
export interface Feed extends FeedDocument {}

const sessions = new WeakMap<Show, Session>();

/** The session of a show, for parts of the package that apps load separately. */
export function sessionOf(show: Show): Session {
  const session = sessions.get(show);
  if (!session) throw new Error("a show comes from ambient.join or ambient.start");
  return session;
}

/**
 * A show that the person is in, from `ambient.join` or `ambient.start` until they leave, are removed or close it,
 * or until the show ends.
 *
 * @example
 * ```ts
 * const show = await ambient.join(showId);
 * show.presence.subscribe((presence) => render(presence.kind));
 * ```
 */
export class Show {
  /**
   * The id of the show.
   *
   * @example
   * ```ts
   * openLink(`https://example.com/show/${show.id}`);
   * ```
   */
  readonly id: string;
  /**
   * The uid that joined.
   *
   * @example
   * ```ts
   * const isMe = (person: Participant) => person.uid === show.uid;
   * ```
   */
  readonly uid: string;
  /**
   * Whether the person is in the show. If not, whether it has ended or why the person has left it.
   *
   * @example
   * ```ts
   * show.presence.subscribe((presence) => {
   *   if (presence.kind === "over") openGoodbye(presence.endReason);
   * });
   * ```
   */
  readonly presence: KnownObservable<Presence>;
  /**
   * Whether the server answers.
   *
   * @example
   * ```ts
   * show.connection.subscribe((connection) => setBanner(connection === "offline"));
   * ```
   */
  readonly connection: KnownObservable<Connection>;
  /**
   * The person's own participant: their role, invitation and permission to speak.
   *
   * @example
   * ```ts
   * show.me.subscribe(({ role, invitedTo }) => renderMyPlace(role, invitedTo));
   * ```
   */
  readonly me: KnownObservable<Participant>;
  /**
   * The show itself.
   *
   * @example
   * ```ts
   * show.details.subscribe(({ title, settings }) => renderHeader(title, settings));
   * ```
   */
  readonly details: KnownObservable<ShowDetails>;
  /**
   * Problems with the music when the show started. They do not stop the show. Empty after `join`.
   *
   * @example
   * ```ts
   * for (const { reason } of show.warnings) toast(messageFor(reason));
   * ```
   */
  readonly warnings: readonly ShowProblem[];
  /**
   * Who speaks, and who asks to.
   *
   * @example
   * ```ts
   * await show.stage.ask("I was there!");
   * ```
   */
  readonly stage: Stage;
  /**
   * The comments.
   *
   * @example
   * ```ts
   * show.comments.latest.subscribe(renderComments);
   * ```
   */
  readonly comments: Comments;
  /**
   * Claps, hearts and other reactions.
   *
   * @example
   * ```ts
   * show.reactions.send("heart");
   * ```
   */
  readonly reactions: Reactions;
  /**
   * The songs that the audience would like to hear.
   *
   * @example
   * ```ts
   * show.songRequests.open.subscribe((songs) => render(songs));
   * ```
   */
  readonly songRequests: SongRequests;
  /**
   * Muting, removing and banning, for hosts; reporting, for everyone.
   *
   * @example
   * ```ts
   * await show.moderation.mute(speaker.uid);
   * ```
   */
  readonly moderation: Moderation;
  /**
   * What plays and, for hosts, the controls.
   *
   * @example
   * ```ts
   * show.music.playback.subscribe((playback) => setMode(playback?.mode));
   * ```
   */
  readonly music: Music;
  /**
   * The audience's size and the reactions.
   *
   * @example
   * ```ts
   * show.feed.subscribe((feed) => setCount(feed?.audience.listeners ?? 0));
   * ```
   */
  readonly feed: Observable<Feed | undefined>;
  /**
   * The summary, for the creator, once the show is over.
   *
   * @example
   * ```ts
   * show.summary.subscribe((summary) => summary && renderSummary(summary));
   * ```
   */
  readonly summary: Observable<ShowSummary | undefined>;
  readonly #session: Session;

  /** @internal */
  constructor(session: Session, warnings: readonly ShowProblem[] = []) {
    this.#session = session;
    sessions.set(this, session);
    this.id = session.showId;
    this.uid = session.uid;
    this.presence = session.presence;
    this.connection = session.connection;
    this.me = session.me;
    this.details = session.details;
    this.warnings = warnings;
    this.stage = new Stage(session);
    this.comments = new Comments(session);
    this.reactions = new Reactions(reactionDependenciesOf(session));
    this.songRequests = new SongRequests(session);
    this.moderation = new Moderation(session);
    this.music = new Music(session);
    this.feed = session.feed;
    this.summary = session.document(session.path("summary/final"), showSummary);
  }

  /**
   * The first `limit` people in the show, in order of arrival. Use `participant` for any other person.
   *
   * @example
   * ```ts
   * show.participants().subscribe(renderPeople);
   * ```
   */
  participants(limit = 100): Observable<readonly Participant[]> {
    return this.#participants(limit);
  }

  readonly #participants = memo((limit: number) => {
    const { backend } = this.#session;
    const path = this.#session.path("participants");
    const people = this.#session.list(
      () => backend.query(path, queries.presentParticipants, ["present"], limit),
      participantDocument,
    );
    return this.#session.withoutHidden(people, ({ uid }) => uid);
  });

  /**
   * A person's participant, even if they are beyond the limit of a list or have left: see `state`. Undefined if
   * they never joined.
   *
   * @example
   * ```ts
   * show.participant(comment.authorUid).subscribe((author) => setStatus(author?.state));
   * ```
   */
  participant(uid: string): Observable<Participant | undefined> {
    return this.#participant(uid);
  }

  readonly #participant = memo((uid: string) =>
    this.#session.document(this.#session.path("participants", uid), participantDocument),
  );

  /**
   * For hosts: changes settings while the show is live. Other settings stay as they are.
   *
   * @example
   * ```ts
   * await show.configure({ slowModeSeconds: 30 });
   * ```
   */
  async configure(changes: Partial<ShowSettings>): Promise<void> {
    const { backend } = this.#session;
    const reference = backend.doc(this.#session.path());
    await backend.transaction(async (transaction) => {
      const show = readBy(showDocument, await transaction.get(reference));
      transaction.update(reference, {
        settings: { ...(show?.settings ?? defaultSettings), ...changes },
        updatedAt: backend.serverTimestamp(),
      });
    });
  }

  /**
   * Leaves the show. All subscriptions end at once, even if the network does not answer.
   *
   * @example
   * ```ts
   * await show.leave();
   * ```
   */
  leave(): Promise<void> {
    return this.#session.leave();
  }

  /**
   * Closes the show without leaving it, when its page or the app closes. Every subscription ends with `CLOSED`,
   * audio and music stop, and signs of life end. Other people still see the person until the server misses those;
   * until then `ambient.join` resumes the stay.
   *
   * @example
   * ```ts
   * window.addEventListener("pagehide", ({ persisted }) => {
   *   if (!persisted) show.close();
   * });
   * ```
   */
  close(): void {
    this.#session.close();
  }

  /**
   * For the creator and the leading host: ends the show for everyone.
   *
   * @example
   * ```ts
   * const summary = await show.end();
   * ```
   */
  async end(): Promise<ShowSummary> {
    const { backend, showId } = this.#session;
    return (await backend.call("endShow", { showId })).summary;
  }
}
