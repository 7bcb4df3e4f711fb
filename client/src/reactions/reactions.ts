import {
  MOST_REACTIONS_PER_WRITE,
  noReactions,
  REACTION_INTERVAL_MS,
  reactionDocument,
  reactionKind,
  type ReactionDocument,
  type ReactionKind,
  type ReactionTotals,
} from "../../../functions/src/contract/reactions.js";
import { attempt } from "../backend/backend.js";
import { readBy } from "../backend/readDocument.js";
import type { Cancel } from "../clock/localClock.js";
import { asAmbientError } from "../errors/ambientError.js";
import { shared } from "../observe/shared.js";
import { Observed, subscribable, type Subscribable } from "../observe/subscribable.js";
import { hasEnded } from "../show/presence.js";
import type { Session } from "../show/session.js";

/**
 * What became of a tap.
 *
 * - `counted`: it shows here at once, and for everybody some seconds later
 * - `limited`: 50 taps wait to be sent already, so it does not count
 * - `unavailable`: the show is not live, one is not in it, or the network is gone
 *
 * @example
 * ```ts
 * const tap: Tap = show.reactions.send("clap");
 * if (tap === "unavailable") setHint("Not now");
 * ```
 */
export type Tap = "counted" | "limited" | "unavailable";

/** Quick taps travel together: how long the first one waits for others. */
const GATHER_MS = 1_000;
/** Longer than the interval of the rules, which is measured from the server's stamp. */
const NEXT_WRITE_MS = REACTION_INTERVAL_MS + 100;
/** One refusal may be another device's write within the same interval. */
const MOST_TRIES = 2;

const kinds = reactionKind.options;

/** Own taps that the server has, until a digest is known to contain them. */
interface Sent {
  readonly taps: ReactionTotals;
  /** The server's stamp (ms). */
  readonly at: number;
}

/**
 * Claps, hearts and the like. Taps are gathered here and written at most once in 5 s, and the server publishes
 * the totals of the show with its digest.
 *
 * @example
 * ```ts
 * show.reactions.totals.subscribe((totals) => render(totals));
 * button.onclick = () => show.reactions.send("clap");
 * ```
 */
export class Reactions {
  /**
   * How often each reaction was tapped in this show, one's own taps included at once. A total never shrinks,
   * unless a tap of one's own could not be sent.
   *
   * @example
   * ```ts
   * show.reactions.totals.subscribe(({ clap }) => setCount(clap));
   * ```
   */
  readonly totals: Subscribable<ReactionTotals>;
  /**
   * What has come since the last state of `totals`: for the animation. One's own taps come at once and not
   * again with the digest.
   *
   * @example
   * ```ts
   * show.reactions.bursts.subscribe(({ heart }) => render("heart", heart));
   * ```
   */
  readonly bursts: Subscribable<ReactionTotals>;
  readonly #session: Session;
  /** Own taps that no digest contains yet, by what became of them. */
  readonly #own = new Observed<{
    readonly waiting: ReactionTotals;
    readonly underWay: ReactionTotals;
    readonly sent: readonly Sent[];
  }>({ waiting: noReactions, underWay: noReactions, sent: [] });
  /** Own running totals at the server, once they are known. */
  #stored: ReactionTotals | undefined;
  #cancel: Cancel | undefined;
  #isWriting = false;
  #mayWriteAt = -Infinity;
  #tries = 0;
  /** Dropped taps take back what was shown of them. */
  readonly #drops = new Observed(0);

  /** @internal */
  constructor(session: Session) {
    this.#session = session;
    this.totals = shared(this.#totals());
    this.bursts = burstsOf(this.totals);
    session.presence.subscribe((presence) => {
      if (hasEnded(presence)) this.#stop();
    });
  }

  /**
   * Taps a reaction. It never throws: the answer tells whether the tap counts. Taps of the last seconds that
   * were not sent yet are dropped when one leaves the show, and when the server does not answer.
   *
   * @example
   * ```ts
   * button.onclick = () => show.reactions.send("heart");
   * ```
   */
  send(kind: ReactionKind): Tap {
    const { presence, details, connection, backend } = this.#session;
    const isPossible =
      presence.current.kind === "present" &&
      details.current.status === "live" &&
      connection.current === "online";
    if (!isPossible) return "unavailable";
    const { waiting, ...others } = this.#own.current;
    if (sumOf(waiting) >= MOST_REACTIONS_PER_WRITE) return "limited";
    this.#own.set({ ...others, waiting: { ...waiting, [kind]: waiting[kind] + 1 } });
    this.#writeAfter(Math.max(GATHER_MS, this.#mayWriteAt - backend.local.monotonic()));
    return "counted";
  }

  #writeAfter(ms: number): void {
    if (this.#isWriting) return;
    this.#cancel ??= this.#session.backend.local.after(ms, () => {
      this.#cancel = undefined;
      void this.#write();
    });
  }

  async #write(): Promise<void> {
    const { backend } = this.#session;
    const { waiting, sent } = this.#own.current;
    this.#isWriting = true;
    this.#own.set({ waiting: noReactions, underWay: waiting, sent });
    const outcome = await this.#send(waiting);
    this.#isWriting = false;
    this.#mayWriteAt = backend.local.monotonic() + NEXT_WRITE_MS;
    if (hasEnded(this.#session.presence.current)) return;
    const now = this.#own.current;
    if (outcome === "again") {
      // More than one write may carry is dropped.
      const kept = sum(waiting, now.waiting);
      const isTooMuch = sumOf(kept) > MOST_REACTIONS_PER_WRITE;
      this.#own.set({
        waiting: isTooMuch ? waiting : kept,
        underWay: noReactions,
        sent: now.sent,
      });
    } else {
      this.#own.set({
        waiting: now.waiting,
        underWay: noReactions,
        sent: outcome === "dropped" ? now.sent : [...now.sent, { taps: waiting, at: outcome.at }],
      });
      if (outcome === "dropped") this.#drops.set(this.#drops.current + 1);
    }
    if (sumOf(this.#own.current.waiting) > 0) this.#writeAfter(NEXT_WRITE_MS);
  }

  /** Running totals, so that a write that arrives twice counts once. */
  async #send(taps: ReactionTotals): Promise<{ readonly at: number } | "again" | "dropped"> {
    const { backend, uid } = this.#session;
    const { firestore } = backend.sdk;
    const path = this.#session.path("reactions", uid);
    const reference = backend.doc(path);
    let aim: ReactionTotals | undefined;
    try {
      await attempt(
        firestore.runTransaction(backend.db, async (transaction) => {
          this.#stored ??=
            readBy(reactionDocument, await transaction.get(reference)) ?? noReactions;
          aim ??= sum(totalsOf(this.#stored), taps);
          transaction.set(reference, { ...aim, at: firestore.serverTimestamp() });
        }),
      );
    } catch (thrown) {
      const { reason } = asAmbientError(thrown);
      this.#stored = undefined;
      const found = await this.#read();
      // Only the answer was lost.
      if (found && aim && kinds.every((kind) => found[kind] >= (aim?.[kind] ?? 0))) {
        return this.#isStored(found);
      }
      this.#tries += 1;
      if (reason === "PERMISSION_DENIED" && this.#tries < MOST_TRIES) return "again";
      this.#tries = 0;
      return "dropped";
    }
    this.#stored = aim;
    const found = await this.#read();
    // Without its time it counts as contained in the next digest.
    return found ? this.#isStored(found) : { at: -Infinity };
  }

  #isStored(found: ReactionDocument): { readonly at: number } {
    this.#tries = 0;
    this.#stored = totalsOf(found);
    return { at: found.at.toMillis() };
  }

  #read(): Promise<ReactionDocument | undefined> {
    const { backend, uid } = this.#session;
    return backend
      .read(this.#session.path("reactions", uid), reactionDocument)
      .catch(() => undefined);
  }

  #stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#own.set({ ...this.#own.current, waiting: noReactions });
  }

  #totals(): Subscribable<ReactionTotals> {
    return subscribable((next, fail) => {
      let published: { readonly totals: ReactionTotals; readonly at: number } | undefined;
      let shown: ReactionTotals | undefined;
      const tell = (mayShrink = false) => {
        if (!published) return;
        const { waiting, underWay, sent } = this.#own.current;
        const { at, totals } = published;
        // A digest was counted a moment before it is stamped: what it may lack is kept by the maximum.
        const missing = sent.filter((one) => one.at > at).map(({ taps }) => taps);
        const computed = [waiting, underWay, ...missing].reduce(sum, totals);
        const now = mayShrink || !shown ? computed : highest(shown, computed);
        if (shown && kinds.every((kind) => shown?.[kind] === now[kind])) return;
        shown = now;
        next(now);
      };
      const stops = [
        this.#session.feed.subscribe((feed) => {
          published = {
            totals: feed?.reactions ?? noReactions,
            at: feed?.updatedAt.toMillis() ?? -Infinity,
          };
          this.#forget(published.at);
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

  #forget(publishedAt: number): void {
    const { sent, ...others } = this.#own.current;
    const missing = sent.filter(({ at }) => at > publishedAt);
    if (missing.length < sent.length) this.#own.set({ ...others, sent: missing });
  }
}

function burstsOf(totals: Subscribable<ReactionTotals>): Subscribable<ReactionTotals> {
  return subscribable((next, fail) => {
    let before: ReactionTotals | undefined;
    return totals.subscribe((now) => {
      const last = before;
      before = now;
      if (!last) return;
      const burst = combine((kind) => Math.max(0, now[kind] - last[kind]));
      if (sumOf(burst) > 0) next(burst);
    }, fail);
  });
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

const totalsOf = (counts: ReactionTotals) => combine((kind) => counts[kind]);
const sum = (some: ReactionTotals, more: ReactionTotals) =>
  combine((kind) => some[kind] + more[kind]);
const highest = (some: ReactionTotals, others: ReactionTotals) =>
  combine((kind) => Math.max(some[kind], others[kind]));
const sumOf = (counts: ReactionTotals) => kinds.reduce((total, kind) => total + counts[kind], 0);
