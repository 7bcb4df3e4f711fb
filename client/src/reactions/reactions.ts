import {
  MAX_REACTIONS_PER_WRITE,
  noReactions,
  REACTION_INTERVAL_MS,
  reactionDocument,
  reactionKind,
  type ReactionDocument,
  type ReactionKind,
  type ReactionTotals,
} from "../../../functions/src/contract/reactions.js";
import type { FeedDocument } from "../../../functions/src/contract/feed.js";
import type { Connection } from "../backend/connection.js";
import { readBy } from "../backend/readDocument.js";
import type { Cancel, LocalClock } from "../clock/localClock.js";
import { asAmbientError } from "../errors/ambientError.js";
import { Observed, type KnownObservable, type Observable } from "../observe/observable.js";
import { createSource, type Source } from "../observe/source.js";
import { hasEnded, type Presence } from "../show/presence.js";
import type { Session } from "../show/session.js";
import type { ShowDetails } from "../shows/showDetails.js";

/**
 * The result of a tap.
 *
 * - `counted`: it shows here at once, and for everyone a few seconds later
 * - `limited`: it does not count, because 50 taps are already waiting to be sent
 * - `unavailable`: the show is not live, the person is not in it, or there is no network
 *
 * @example
 * ```ts
 * const tap: Tap = show.reactions.send("clap");
 * if (tap === "unavailable") setHint("Not now");
 * ```
 */
export type Tap = "counted" | "limited" | "unavailable";

/** What `Reactions` needs from its show. */
export interface ReactionDependencies {
  readonly presence: KnownObservable<Presence>;
  readonly connection: KnownObservable<Connection>;
  readonly details: KnownObservable<Pick<ShowDetails, "status">>;
  readonly feed: Source<FeedDocument | undefined>;
  observable<Value>(source: Source<Value>): Observable<Value>;
  readonly local: Pick<LocalClock, "after" | "monotonic">;
  /** The person's own document on the server. */
  read(): Promise<ReactionDocument | undefined>;
  /** Writes the result of `next`, in a transaction that fails while offline. Undefined writes nothing. */
  write(next: (found: ReactionDocument | undefined) => ReactionTotals | undefined): Promise<void>;
}

export function reactionDependenciesOf(session: Session): ReactionDependencies {
  const { backend, connection, details, feed, presence, uid } = session;
  const path = session.path("reactions", uid);
  return {
    presence,
    connection,
    details,
    feed,
    observable: (source) => backend.observable(source),
    local: backend.local,
    read: () => backend.read(path, reactionDocument),
    write: (next) =>
      backend.transaction(async (transaction) => {
        const reference = backend.doc(path);
        const totals = next(readBy(reactionDocument, await transaction.get(reference)));
        if (totals) transaction.set(reference, { ...totals, at: backend.serverTimestamp() });
      }),
  };
}

/** How long the first tap waits for more, so that quick taps share a write. */
const GATHER_MS = 1_000;
/** A little longer than the interval in the rules, which is measured by the server's timestamp. */
const NEXT_WRITE_MS = REACTION_INTERVAL_MS + 100;
/** The first refusal may be due to another device's write within the same interval. */
const MAX_TRIES = 2;

const kinds = reactionKind.options;

/** Own taps of one write, until a digest contains them. */
interface Batch {
  readonly taps: ReactionTotals;
  /**
   * The totals at which this batch counts as published. Other people's taps may reach them first; then this batch is
   * counted one digest later. Waiting longer could count it twice in the final digest.
   */
  readonly aim: ReactionTotals;
}

/**
 * Claps, hearts and other reactions. Taps are collected and written at most once per 5 s. The server publishes the
 * show's totals with its digest.
 *
 * @example
 * ```ts
 * show.reactions.totals.subscribe((totals) => render(totals));
 * button.onclick = () => show.reactions.send("clap");
 * ```
 */
export class Reactions {
  /**
   * The show's total of each reaction. The person's own taps are included at once. A total shrinks only if own taps
   * could not be sent.
   *
   * @example
   * ```ts
   * show.reactions.totals.subscribe(({ clap }) => setCount(clap));
   * ```
   */
  readonly totals: Observable<ReactionTotals>;
  /**
   * Calls the listener with each increase of `totals`, for animations, and returns a function that stops it. Own taps
   * appear at once, and not again with the digest.
   *
   * @example
   * ```ts
   * const stop = show.reactions.onBurst(({ heart }) => render("heart", heart));
   * ```
   */
  readonly onBurst: Observable<ReactionTotals>["subscribe"];
  readonly #deps: ReactionDependencies;
  /** Own taps that no digest contains yet: waiting to be written, and written. */
  readonly #own = new Observed<{
    readonly waiting: ReactionTotals;
    readonly batches: readonly Batch[];
  }>({ waiting: noReactions, batches: [] });
  /** The show's totals in the newest digest. */
  #published = noReactions;
  #cancel: Cancel | undefined;
  #isWriting = false;
  #mayWriteAt = -Infinity;
  #tries = 0;
  /** Changes when taps are dropped, so that the totals may shrink. */
  readonly #drops = new Observed(0);

  /** @internal */
  constructor(deps: ReactionDependencies) {
    this.#deps = deps;
    this.totals = deps.observable(this.#totals());
    this.onBurst = burstsOf(this.totals);
    deps.presence.subscribe((presence) => {
      if (hasEnded(presence)) this.#stop();
    });
  }

  /**
   * Sends a reaction. It never throws: the result says whether the tap counts. Unsent taps of the last few seconds
   * are dropped when the person leaves the show, or if the server does not answer.
   *
   * @example
   * ```ts
   * button.onclick = () => show.reactions.send("heart");
   * ```
   */
  send(kind: ReactionKind): Tap {
    const { presence, details, connection, local } = this.#deps;
    const isPossible =
      presence.current.kind === "present" &&
      details.current.status === "live" &&
      connection.current === "online";
    if (!isPossible) return "unavailable";
    const { waiting, batches } = this.#own.current;
    if (sumOf(waiting) >= MAX_REACTIONS_PER_WRITE) return "limited";
    this.#own.set({ waiting: { ...waiting, [kind]: waiting[kind] + 1 }, batches });
    this.#writeAfter(Math.max(GATHER_MS, this.#mayWriteAt - local.monotonic()));
    return "counted";
  }

  #writeAfter(ms: number): void {
    if (this.#isWriting) return;
    this.#cancel ??= this.#deps.local.after(ms, () => {
      this.#cancel = undefined;
      void this.#write();
    });
  }

  async #write(): Promise<void> {
    const { waiting: taps, batches } = this.#own.current;
    this.#isWriting = true;
    const batch = { taps, aim: sum(batches.at(-1)?.aim ?? this.#published, taps) };
    this.#own.set({ waiting: noReactions, batches: [...batches, batch] });
    const outcome = await this.#send(taps);
    this.#isWriting = false;
    this.#mayWriteAt = this.#deps.local.monotonic() + NEXT_WRITE_MS;
    if (hasEnded(this.#deps.presence.current)) return;
    if (outcome !== "sent") {
      const now = this.#own.current;
      const more = sum(taps, now.waiting);
      // Taps beyond the limit of one write are dropped.
      const kept = sumOf(more) > MAX_REACTIONS_PER_WRITE ? taps : more;
      this.#own.set({
        waiting: outcome === "again" ? kept : now.waiting,
        batches: now.batches.filter((one) => one !== batch),
      });
      this.#drops.set(this.#drops.current + 1);
    }
    if (sumOf(this.#own.current.waiting) > 0) this.#writeAfter(NEXT_WRITE_MS);
  }

  /** Writes running totals, so that a write that arrives twice counts once. */
  async #send(taps: ReactionTotals): Promise<"sent" | "again" | "dropped"> {
    let aim: ReactionTotals | undefined;
    const hasArrived = (stored: ReactionTotals) => aim !== undefined && contains(stored, aim, taps);
    try {
      await this.#deps.write((found) => {
        const stored = found ?? noReactions;
        // A retry after the answer was lost.
        if (hasArrived(stored)) return undefined;
        return (aim = sum(stored, taps));
      });
    } catch (thrown) {
      const found = await this.#deps.read().catch(() => undefined);
      if (!found || !hasArrived(found)) {
        this.#tries += 1;
        const isDenied = asAmbientError(thrown).reason === "PERMISSION_DENIED";
        if (isDenied && this.#tries < MAX_TRIES) return "again";
        this.#tries = 0;
        return "dropped";
      }
    }
    this.#tries = 0;
    return "sent";
  }

  #stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#own.set({ ...this.#own.current, waiting: noReactions });
  }

  #totals(): Source<ReactionTotals> {
    return createSource((next, fail) => {
      let isKnown = false;
      let shown: ReactionTotals | undefined;
      const tell = (mayShrink = false) => {
        if (!isKnown) return;
        const { waiting, batches } = this.#own.current;
        const own = batches.map(({ taps }) => taps).reduce(sum, waiting);
        const computed = sum(this.#published, own);
        const now = mayShrink || !shown ? computed : highest(shown, computed);
        if (shown && kinds.every((kind) => shown?.[kind] === now[kind])) return;
        shown = now;
        next(now);
      };
      const stops = [
        this.#deps.feed.subscribe((feed) => {
          isKnown = true;
          this.#publish(feed?.reactions ?? noReactions);
          tell();
        }, fail),
        this.#own.subscribe(() => {
          tell();
        }),
        this.#drops.subscribe((drops) => {
          tell(drops > 0);
        }),
      ];
      return () => {
        for (const stop of stops) stop();
      };
    });
  }

  #publish(totals: ReactionTotals): void {
    this.#published = totals;
    const { waiting, batches } = this.#own.current;
    const missing = batches.filter(({ taps, aim }) => !contains(totals, aim, taps));
    if (missing.length < batches.length) this.#own.set({ waiting, batches: missing });
  }
}

/** Events, not a value: a new listener does not hear the last one. */
function burstsOf(totals: Observable<ReactionTotals>): Reactions["onBurst"] {
  return (listener, fail) => {
    let before: ReactionTotals | undefined;
    return totals.subscribe((now) => {
      const last = before;
      before = now;
      if (!last) return;
      const burst = combine((kind) => Math.max(0, now[kind] - last[kind]));
      if (sumOf(burst) > 0) listener(burst);
    }, fail);
  };
}

function combine(countOf: (kind: ReactionKind) => number): ReactionTotals {
  return {
    clap: countOf("clap"),
    heart: countOf("heart"),
    fire: countOf("fire"),
    laugh: countOf("laugh"),
    wow: countOf("wow"),
  };
}

/** Compares only the tapped kinds, because others may change independently. */
const contains = (totals: ReactionTotals, aim: ReactionTotals, taps: ReactionTotals) =>
  kinds.every((kind) => taps[kind] === 0 || totals[kind] >= aim[kind]);
const sum = (some: ReactionTotals, more: ReactionTotals) =>
  combine((kind) => some[kind] + more[kind]);
const highest = (some: ReactionTotals, others: ReactionTotals) =>
  combine((kind) => Math.max(some[kind], others[kind]));
const sumOf = (counts: ReactionTotals) => kinds.reduce((total, kind) => total + counts[kind], 0);
