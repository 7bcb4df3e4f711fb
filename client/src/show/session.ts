import {
  participantDocument,
  type ParticipantDocument,
} from "../../../functions/src/contract/audience.js";
import type { Audio } from "../../../functions/src/contract/audio.js";
import type { Connection } from "../backend/connection.js";
import { attempt, type Backend } from "../backend/backend.js";
import { readBy } from "../backend/readDocument.js";
import type { ServerClock } from "../clock/serverClock.js";
import { AmbientError } from "../errors/ambientError.js";
import { Observed, type Subscribable } from "../observe/subscribable.js";
import { Scope } from "../observe/scope.js";
import type { Unsubscribe } from "../sdk/firebaseSdk.js";
import { detailsOf, type ShowDetails } from "../shows/showDetails.js";
import { heartbeat } from "./heartbeat.js";
import type { Presence } from "./presence.js";

/**
 * Somebody's place in a show, as everybody in it reads it: `shows/{showId}/participants/{uid}`.
 *
 * @example
 * ```ts
 * const mayDecide = ({ role }: Participant) => role === "creator" || role === "cohost";
 * ```
 */
export interface Participant extends ParticipantDocument {}

/** One's place in one show: follows one's own participant and the show for as long as one is in it. */
export class Session {
  readonly presence = new Observed<Presence>({ kind: "present" });
  readonly connection = new Observed<Connection>("online");
  readonly backend: Backend;
  readonly showId: string;
  readonly uid: string;
  readonly me: Observed<Participant>;
  readonly details: Observed<ShowDetails>;
  /** What joining said of the sound. */
  readonly audio: Audio;
  readonly #scope = new Scope((error) => this.explain(error));
  readonly #stops: Unsubscribe[] = [];
  readonly #beats: { stop: Unsubscribe };
  #clock: ServerClock | undefined;

  private constructor(
    backend: Backend,
    uid: string,
    audio: Audio,
    me: Participant,
    details: ShowDetails,
  ) {
    this.backend = backend;
    this.showId = details.id;
    this.uid = uid;
    this.audio = audio;
    this.me = new Observed(me);
    this.details = new Observed(details);
    this.#beats = heartbeat(backend.local, () => this.#beSeen());
    this.#follow();
  }

  /** Of one who has joined: what he is, and the show, are known when it resolves. */
  static async open(backend: Backend, showId: string, audio: Audio): Promise<Session> {
    const { uid } = backend;
    const { firestore } = backend.sdk;
    const [me, show] = await Promise.all([
      backend.read(`shows/${showId}/participants/${uid}`, participantDocument),
      attempt(firestore.getDoc(backend.doc(`shows/${showId}`))),
    ]);
    if (me?.state !== "present") throw new AmbientError("NOT_PARTICIPANT");
    const details = detailsOf(showId)(show);
    if (!details) throw new AmbientError("SHOW_NOT_FOUND");
    return new Session(backend, uid, audio, me, details);
  }

  path(...parts: readonly string[]): string {
    return ["shows", this.showId, ...parts].join("/");
  }

  get isHost(): boolean {
    const { role } = this.me.current;
    return role === "creator" || role === "cohost";
  }

  /** The server's, from the first use until the show is over or one has left. */
  get clock(): ServerClock {
    this.#clock ??= this.backend.newClock();
    if (this.presence.current.kind !== "present") this.#clock.close();
    return this.#clock;
  }

  /** What one reads while one is in the show, and after its end. */
  within<Value>(source: Subscribable<Value>): Subscribable<Value> {
    return this.#scope.within(this.backend.whileSignedIn(source));
  }

  /** Throws what one is told who is not in the show any more. */
  requirePresence(): void {
    if (this.#scope.ended) throw this.#scope.ended;
  }

  leave(): void {
    this.#drop(new AmbientError("LEFT"));
  }

  close(): void {
    this.#drop(new AmbientError("CLOSED"));
  }

  /**
   * A denial may come before the documents that say why, so that they are asked for: whoever is not in
   * the show any more loses everything at once.
   */
  async explain(error: AmbientError): Promise<AmbientError> {
    if (error.reason !== "PERMISSION_DENIED") return error;
    try {
      const { me, show } = await this.#ask();
      this.#iAm(me);
      this.#showIs(show);
    } catch {
      // Then what is known is the denial.
    }
    return this.#scope.ended ?? error;
  }

  /** From the server: `getDoc` answers with what a listener of the same document was told last. */
  #ask() {
    const { backend, showId } = this;
    const mine = backend.doc(this.path("participants", this.uid));
    return backend.sdk.firestore.runTransaction(backend.db, async (transaction) => ({
      me: readBy(participantDocument, await transaction.get(mine)),
      show: detailsOf(showId)(await transaction.get(backend.doc(this.path()))),
    }));
  }

  #follow(): void {
    const { backend, showId } = this;
    const myPath = this.path("participants", this.uid);
    const mine = backend.snapshots(myPath, (snapshot) => ({
      participant: readBy(participantDocument, snapshot),
      fromCache: snapshot.metadata.fromCache,
    }));
    this.#stops.push(
      backend.whileSignedIn(backend.connection(myPath)).subscribe((connection) => {
        this.connection.set(connection);
      }),
      backend.whileSignedIn(mine).subscribe(
        ({ participant, fromCache }) => {
          // A cache may still say what one was before one joined.
          if (!fromCache) this.#iAm(participant);
        },
        (error) => {
          this.#drop(error);
        },
      ),
      this.within(backend.snapshots(`shows/${showId}`, detailsOf(showId))).subscribe(
        (details) => {
          this.#showIs(details);
        },
        // Not followed any more, its end would never be noticed.
        (error) => {
          this.#drop(error);
        },
      ),
    );
  }

  #showIs(details: ShowDetails | undefined): void {
    if (!details || this.#scope.ended) return;
    this.details.set(details);
    if (details.status !== "ended" || this.presence.current.kind !== "present") return;
    this.#beats.stop();
    this.#clock?.close();
    this.presence.set({ kind: "over", endReason: details.endReason });
  }

  #iAm(participant: Participant | undefined): void {
    if (!participant || this.#scope.ended) return;
    this.me.set(participant);
    if (participant.state === "left") this.#drop(new AmbientError("LEFT"));
    if (participant.state === "removed") this.#drop(new AmbientError("REMOVED"));
  }

  #drop(error: AmbientError): void {
    if (this.#scope.ended) return;
    this.#beats.stop();
    this.#clock?.close();
    for (const stop of this.#stops.splice(0)) stop();
    this.#scope.end(error);
    this.presence.set({ kind: "gone", reason: error.reason });
  }

  async #beSeen(): Promise<void> {
    const { firestore } = this.backend.sdk;
    await firestore.setDoc(
      this.backend.doc(this.path("activity", this.uid)),
      { seenAt: firestore.serverTimestamp() },
      { merge: true },
    );
  }
}
