import type { z } from "zod";
import {
  participantDocument,
  type ParticipantDocument,
} from "../../../functions/src/contract/audience.js";
import type { Audio } from "../../../functions/src/contract/audio.js";
import { feedDocument, type FeedDocument } from "../../../functions/src/contract/feed.js";
import { isHost } from "../../../functions/src/contract/role.js";
import type { Connection } from "../backend/connection.js";
import type { Backend } from "../backend/backend.js";
import { readBy, type Identified, type Received } from "../backend/readDocument.js";
import { waitForTurn } from "../clock/spread.js";
import type { ServerClock } from "../clock/serverClock.js";
import { withTimeout } from "../clock/withTimeout.js";
import { AmbientError, asAmbientError } from "../errors/ambientError.js";
import { isWorthAnotherTry } from "../errors/isWorthAnotherTry.js";
import { reopening } from "../observe/reopening.js";
import { Observed, type Observable } from "../observe/observable.js";
import { mapped, switching, type Source } from "../observe/source.js";
import { without } from "../observe/hiding.js";
import { Scope } from "../observe/scope.js";
import type { QueryHandle, Unsubscribe } from "../sdk/firebaseSdk.js";
import { detailsOf, type ShowDetails } from "../shows/showDetails.js";
import { Pause, pauseAfter } from "./rejoinPause.js";
import { heartbeat, type Heartbeat } from "./heartbeat.js";
import { hasEnded, type Presence } from "./presence.js";

/**
 * If the person is absent within this time after the app was opened, this phone has slept. Nobody else is rejoining at
 * this moment and the person is waiting, so the app rejoins without a pause.
 */
const JUST_OPENED_MS = 10_000;
/** How long the next step waits for the server to record a leave. */
const QUIET_LEAVE_MS = 5_000;

/**
 * A person in a show, as everyone in it can read: `shows/{showId}/participants/{uid}`.
 *
 * @example
 * ```ts
 * const mayDecide = ({ role }: Participant) => isHost(role);
 * ```
 */
export interface Participant extends Received<ParticipantDocument> {}

/** One person's stay in a show. Follows their participant document and the show until they leave. */
export class Session {
  readonly presence = new Observed<Presence>({ kind: "present" });
  readonly connection = new Observed<Connection>("online");
  readonly backend: Backend;
  readonly showId: string;
  readonly uid: string;
  readonly me: Observed<Participant>;
  readonly details: Observed<ShowDetails>;
  /** `feed/latest`, with one listener shared by all its readers. */
  readonly feed: Observable<FeedDocument | undefined>;
  readonly #scope = new Scope();
  readonly #stops: Unsubscribe[] = [];
  readonly #beats: Heartbeat;
  readonly #pause: Pause;
  /** The audio connections that are open. Through them LiveKit tells the server that the person is here. */
  readonly #sounds = new Set<object>();
  #audio: Audio;
  #clock: ServerClock | undefined;
  /** How many times the person has joined. A denial from before a join is ignored after it. */
  #joins = 0;
  /** The server's time of the last absence, in ms. An older document must not report the same absence again. */
  #lostAt = -Infinity;
  /** When the app was last brought to the foreground, by the monotonic clock. */
  #foregroundAt = -Infinity;
  #rejoining: Promise<void> = Promise.resolve();
  #refreshing: Promise<void> | undefined;

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
    this.#audio = audio;
    this.me = new Observed(me);
    this.details = new Observed(details);
    this.feed = this.document(this.path("feed/latest"), feedDocument);
    this.#pause = new Pause(backend.local);
    this.#beats = heartbeat(backend.local, () => this.#sendHeartbeat());
    this.#beats.start();
    this.#follow();
  }

  /** Opens the session of a person who has joined. When it resolves, their role and the show are known. */
  static async open(backend: Backend, showId: string, audio: Audio): Promise<Session> {
    const { uid } = backend;
    const [found, show] = await Promise.all([
      backend.read(`shows/${showId}/participants/${uid}`, participantDocument),
      backend.snapshot(`shows/${showId}`),
    ]);
    // A listener of the same document may still return the earlier state.
    const me = found?.state === "present" ? found : (await askServer(backend, showId, uid)).me;
    // The join succeeded. A state that this version does not know does not keep the person out.
    if (me?.state !== "present" && me?.state !== "unknown")
      throw new AmbientError("NOT_PARTICIPANT");
    const details = detailsOf(showId)(show);
    if (!details) throw new AmbientError("SHOW_NOT_FOUND");
    return new Session(backend, uid, audio, me, details);
  }

  path(...parts: readonly string[]): string {
    return ["shows", this.showId, ...parts].join("/");
  }

  get isHost(): boolean {
    return isHost(this.me.current.role);
  }

  /** The audio access from the last join. */
  get audio(): Audio {
    return this.#audio;
  }

  /** The server's clock. It runs from its first use until the show is over or the person has left. */
  get clock(): ServerClock {
    this.#clock ??= this.backend.newClock();
    if (hasEnded(this.presence.current)) this.#clock.close();
    return this.#clock;
  }

  /**
   * Follows a source during the stay, and after the show's end. An absence is not reported as an error: a source that
   * the rules deny while the person is absent is reopened (`isReopened`) when they return.
   */
  within<Value>(open: (isReopened: boolean) => Source<Value>): Observable<Value> {
    const source = reopening(open, () => {
      const joins = this.#joins;
      return (error) => this.#recover(error, joins);
    });
    return this.backend.observable(this.#scope.within(this.backend.whileSignedIn(source)));
  }

  document<Schema extends z.ZodObject>(
    path: string,
    schema: Schema,
  ): Observable<Received<z.output<Schema>> | undefined> {
    return this.within(() => this.backend.document(path, schema));
  }

  list<Schema extends z.ZodObject>(
    query: () => QueryHandle,
    schema: Schema,
    isFresh = false,
  ): Observable<readonly Identified<Received<z.output<Schema>>>[]> {
    return this.within((isReopened) => this.backend.list(query, schema, isFresh || isReopened));
  }

  /** The list without the people whom a block hides. Hosts see everyone, because they moderate. */
  withoutHidden<Item>(
    items: Source<readonly Item[]>,
    uidOf: (item: Item) => string,
  ): Observable<readonly Item[]> {
    const hidden = switching(
      mapped(this.me, ({ role }) => isHost(role)),
      (seesAll) => (seesAll ? nobody : this.backend.hidden),
    );
    return this.backend.observable(without(items, hidden, uidOf));
  }

  /** Throws `TERMS_NOT_ACCEPTED` if the person has not accepted the terms. */
  requireTerms(): void {
    if (this.me.current.hasAcceptedTerms === false) throw new AmbientError("TERMS_NOT_ACCEPTED");
  }

  /** Throws if the person is no longer in the show, or away. */
  requirePresence(): void {
    if (this.#scope.ended) throw this.#scope.ended;
    if (this.presence.current.kind === "away") throw new AmbientError("AWAY");
  }

  /**
   * No heartbeat is needed while a connection is open, because LiveKit tells the server that the person is here.
   */
  soundIs(sound: object, isConnected: boolean): void {
    if (isConnected) this.#sounds.add(sound);
    else this.#sounds.delete(sound);
    this.#updateHeartbeat();
  }

  /** Ends everything at once, and resolves once the server has answered. */
  async leave(): Promise<void> {
    const wasAway = this.presence.current.kind === "away";
    this.#end(new AmbientError("LEFT"));
    // A rejoin that is still running would undo the leave.
    await this.#rejoining;
    try {
      await this.backend.call("leaveShow", { showId: this.showId });
    } catch (error) {
      // The server had already given up the place.
      if (!wasAway || asAmbientError(error).reason !== "NOT_PARTICIPANT") throw error;
    }
  }

  /** Leaves when a person has gone elsewhere. Neither an error nor a slow network delays what comes next. */
  async leaveQuietly(): Promise<void> {
    const { local } = this.backend;
    await withTimeout(local, QUIET_LEAVE_MS, this.leave()).catch(() => undefined);
  }

  close(): void {
    this.#end(new AmbientError("CLOSED"));
  }

  /**
   * Finds the actual reason of a denial. A denial may arrive before the documents that explain it, so this asks the
   * server: a person who is no longer in the show loses everything at once, and an absent person rejoins.
   */
  async explain(error: AmbientError): Promise<AmbientError> {
    if (error.reason !== "PERMISSION_DENIED" && error.reason !== "NOT_PARTICIPANT") return error;
    await this.#refresh();
    if (this.#scope.ended) return this.#scope.ended;
    return this.presence.current.kind === "away"
      ? new AmbientError("AWAY", { cause: error })
      : error;
  }

  /** Asks the server once for any number of denials. If it does not answer, the denials stay unexplained. */
  #refresh(): Promise<void> {
    this.#refreshing ??= askServer(this.backend, this.showId, this.uid)
      .then(
        ({ me, show }) => {
          this.#meChanged(me);
          this.#showChanged(show);
        },
        () => undefined,
      )
      .finally(() => {
        this.#refreshing = undefined;
      });
    return this.#refreshing;
  }

  async #recover(error: AmbientError, joins: number): Promise<AmbientError | undefined> {
    if (error.reason !== "PERMISSION_DENIED") return error;
    const explained = await this.explain(error);
    if (explained.reason === "AWAY") await this.#rejoining;
    if (this.#scope.ended) return this.#scope.ended;
    if (explained.reason === "AWAY" && this.presence.current.kind === "over") {
      return new AmbientError("SHOW_NOT_LIVE", { cause: error });
    }
    return this.#joins === joins ? explained : undefined;
  }

  #follow(): void {
    const { backend, showId } = this;
    const myPath = this.path("participants", this.uid);
    const mine = backend.whileSignedIn(
      backend.snapshots(myPath, (snapshot) => ({
        participant: readBy(participantDocument, snapshot),
        fromCache: snapshot.metadata.fromCache,
      })),
    );
    const isFromCache = mapped(mine, ({ fromCache }) => fromCache);
    this.#stops.push(
      backend.whileSignedIn(backend.connectionBy(isFromCache)).subscribe(
        (connection) => {
          this.connection.set(connection);
          // Thousands of others may be back in this second, too.
          if (connection === "online") this.#pause.shorten(this.#rejoinDelayMs());
        },
        (error) => {
          this.#end(error);
        },
      ),
      mine.subscribe(
        ({ participant, fromCache }) => {
          // A cached document may be from before the join.
          if (!fromCache) this.#meChanged(participant);
        },
        (error) => {
          this.#end(error);
        },
      ),
      this.within(() => backend.snapshots(`shows/${showId}`, detailsOf(showId))).subscribe(
        (details) => {
          this.#showChanged(details);
        },
        // Without the show's document, its end would go unnoticed.
        (error) => {
          this.#end(error);
        },
      ),
      backend.beforeSignOut(async () => {
        if (!hasEnded(this.presence.current)) await this.leaveQuietly();
      }),
      backend.onForeground(() => {
        this.#foregroundAt = backend.local.monotonic();
        this.#pause.end();
        this.#beats.beatNow();
      }),
    );
  }

  #showChanged(details: ShowDetails | undefined): void {
    if (!details || this.#scope.ended) return;
    this.details.set(details);
    if (details.status !== "ended" || hasEnded(this.presence.current)) return;
    this.#clock?.close();
    const { endReason } = details;
    this.#setPresence({ kind: "over", endReason: endReason === "unknown" ? undefined : endReason });
    this.#pause.end();
  }

  #meChanged(participant: Participant | undefined): void {
    if (!participant || this.#scope.ended) return;
    const { state } = participant;
    if (state === "lost") {
      this.#markAway(participant);
      return;
    }
    if (state === "present") this.#countJoin(participant);
    this.me.set(participant);
    if (state === "left") this.#end(new AmbientError("LEFT"));
    if (state === "removed") this.#end(new AmbientError("REMOVED"));
  }

  #markAway(participant: Participant): void {
    const lostAt = participant.leftAt?.toMillis() ?? Infinity;
    if (lostAt <= this.#lostAt) return;
    this.me.set(participant);
    if (this.presence.current.kind !== "present") return;
    if (lostAt !== Infinity) this.#lostAt = lostAt;
    this.#setPresence({ kind: "away" });
    this.#rejoining = this.#rejoin();
  }

  /** Another tab's join counts, too. */
  #countJoin({ joinedAt }: Participant): void {
    if (joinedAt.toMillis() !== this.me.current.joinedAt.toMillis()) this.#joins += 1;
  }

  /** Rejoins for as long as the person is away. Never rejects. */
  async #rejoin(): Promise<void> {
    const { backend, showId, uid } = this;
    const isAway = () => this.presence.current.kind === "away";
    await this.#pause.wait(this.#rejoinDelayMs());
    for (let failures = 0; isAway();) {
      try {
        const { audio } = await backend.call("joinShow", { showId });
        const { me, show } = await askServer(backend, showId, uid);
        if (!isAway()) return;
        if (me?.state !== "lost") {
          this.#audio = audio;
          this.#joins += 1;
          // Before sources are opened again, because the role decides what may be read.
          this.#meChanged(me);
          this.#showChanged(show);
          if (isAway()) this.#setPresence({ kind: "present" });
          return;
        }
        failures += 1;
        await this.#pause.wait(
          pauseAfter(failures, new AmbientError("NOT_PARTICIPANT"), backend.local),
        );
      } catch (thrown) {
        const error = asAmbientError(thrown);
        if (!isAway()) return;
        if (error.reason === "SHOW_NOT_LIVE") await this.#refresh();
        if (isAway() && !isWorthAnotherTry(error)) this.#end(error);
        failures += 1;
        if (isAway()) await this.#pause.wait(pauseAfter(failures, error, backend.local));
      }
    }
  }

  #rejoinDelayMs(): number {
    const { local } = this.backend;
    const wasOpened = local.monotonic() - this.#foregroundAt < JUST_OPENED_MS;
    return wasOpened ? 0 : waitForTurn(this.me.current.role, local.random());
  }

  #setPresence(presence: Presence): void {
    this.presence.set(presence);
    this.#updateHeartbeat();
  }

  #updateHeartbeat(): void {
    const isNeeded = this.presence.current.kind === "present" && this.#sounds.size === 0;
    if (isNeeded) this.#beats.start();
    else this.#beats.stop();
  }

  #end(error: AmbientError): void {
    if (this.#scope.ended) return;
    this.#clock?.close();
    for (const stop of this.#stops.splice(0)) stop();
    this.#scope.end(error);
    this.#setPresence({ kind: "gone", reason: error.reason });
    this.#pause.end();
  }

  async #sendHeartbeat(): Promise<void> {
    const seenAt = this.backend.serverTimestamp();
    await this.backend.merge(this.path("activity", this.uid), { seenAt });
  }
}

const nobody: Source<ReadonlySet<string>> = new Observed(new Set<string>());

/** In a transaction, because `getDoc` may return what a listener of the same document received last. */
function askServer(backend: Backend, showId: string, uid: string) {
  const mine = backend.doc(`shows/${showId}/participants/${uid}`);
  const show = backend.doc(`shows/${showId}`);
  return backend.transaction(async (transaction) => ({
    me: readBy(participantDocument, await transaction.get(mine)),
    show: detailsOf(showId)(await transaction.get(show)),
  }));
}
