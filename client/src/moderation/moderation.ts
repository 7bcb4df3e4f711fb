import { banDocument, type BanDocument } from "../../../functions/src/contract/moderation.js";
import type { ReportCategory } from "../../../functions/src/contract/decisions.js";
import { queries } from "../../../functions/src/contract/queries.js";
import { memo } from "../observe/memo.js";
import type { Observable } from "../observe/observable.js";
import type { Session } from "../show/session.js";

/**
 * A person who is banned from a show.
 *
 * @example
 * ```ts
 * const nameOf = ({ uid }: Ban) => ambient.account.profile(uid);
 * ```
 */
export interface Ban extends BanDocument {}

/**
 * Moderation of a show. Everything except `report` is for hosts.
 *
 * @example
 * ```ts
 * await show.moderation.remove(uid, { ban: true });
 * ```
 */
export class Moderation {
  readonly #session: Session;

  /** @internal */
  constructor(session: Session) {
    this.#session = session;
  }

  /**
   * Mutes a person. They can unmute themselves; `stage.setRole` revokes the permission to speak.
   *
   * @example
   * ```ts
   * await show.moderation.mute(speaker.uid);
   * ```
   */
  async mute(uid: string): Promise<void> {
    const { backend, showId } = this.#session;
    await backend.call("muteSpeaker", { showId, uid });
  }

  /**
   * Removes a person from the show. With a ban they cannot come back.
   *
   * @example
   * ```ts
   * await show.moderation.remove(participant.uid);
   * ```
   */
  async remove(uid: string, { ban = false } = {}): Promise<void> {
    const { backend, showId } = this.#session;
    await backend.call("removeParticipant", { showId, uid, ban });
  }

  /**
   * Hides all comments of a person in the show, and takes down the pin of one of them. Remove the person first, or they
   * may write more. If it fails, call it again: it hides the rest.
   *
   * @example
   * ```ts
   * await show.moderation.remove(uid, { ban: true });
   * await show.moderation.hideComments(uid);
   * ```
   */
  async hideComments(uid: string): Promise<void> {
    const { backend, showId } = this.#session;
    await backend.call("hideComments", { showId, uid });
  }

  /**
   * The banned people, latest first.
   *
   * @example
   * ```ts
   * show.moderation.bans().subscribe(renderPeople);
   * ```
   */
  bans(limit = 100): Observable<readonly Ban[]> {
    return this.#bans(limit);
  }

  readonly #bans = memo((limit: number) => {
    const { backend } = this.#session;
    const path = this.#session.path("bans");
    const query = () => backend.query(path, queries.bans, [], limit);
    return this.#session.list(query, banDocument);
  });

  /**
   * Lifts a ban.
   *
   * @example
   * ```ts
   * await show.moderation.unban(uid);
   * ```
   */
  async unban(uid: string): Promise<void> {
    const { backend, showId } = this.#session;
    await backend.call("unban", { showId, uid });
  }

  /**
   * Reports the show, a comment in it or a person to the admins. Returns the id of the report.
   *
   * @example
   * ```ts
   * await show.moderation.report("Insults people", { commentId: comment.id });
   * ```
   */
  async report(
    reason: string,
    about: {
      readonly commentId?: string;
      readonly uid?: string;
      readonly category?: ReportCategory;
    } = {},
  ): Promise<string> {
    const { backend, showId } = this.#session;
    return (await backend.call("report", { showId, reason, ...about })).reportId;
  }
}
