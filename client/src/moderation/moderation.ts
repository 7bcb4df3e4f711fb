import type { Session } from "../show/session.js";

/**
 * Keeping a show a good place: all but `report` is for hosts.
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
   * Mutes what a person is sending now. He may unmute himself; `stage.setRole` takes the right away.
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
   * Puts a person out of the show; with a ban he cannot come back.
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
   * Reports the show, a comment in it or a person to the admins, and answers the report's id.
   *
   * @example
   * ```ts
   * await show.moderation.report("Insults people", { commentId: comment.id });
   * ```
   */
  async report(
    reason: string,
    about: { readonly commentId?: string; readonly uid?: string } = {},
  ): Promise<string> {
    const { backend, showId } = this.#session;
    return (await backend.call("report", { showId, reason, ...about })).reportId;
  }
}
