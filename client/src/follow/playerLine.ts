import type { LocalClock } from "../clock/localClock.js";
import { withTimeout } from "../clock/withTimeout.js";
import type { PlayerAdapter, PlayerReport } from "../player/player.js";
import {
  asSpotifyFailure,
  type SpotifyFailure,
  type SpotifyFailureReason,
} from "../spotify/spotifyFailure.js";

const TIMEOUT_MS = 10_000;
const PAUSE_AGAIN_MS = 1_000;
/** So often the next attempt comes quickly, for it may be heard beside a voice; then ever later. */
const QUICK_PAUSES = 3;
const LONGEST_PAUSE_MS = 60_000;
/** Who has left is not looked after for ever: at a device that is off, or that another person has signed in to. */
const LAST_PAUSES = 3;
const LONGEST_LEAVING_MS = 10_000;
/** Whoever still sees to it that a player is quiet: it ends where the next show takes the player over. */
const leaving = new WeakMap<PlayerAdapter, PlayerLine>();
/** After these it may still be heard; each of the others says that nothing of ours plays there. */
const tellsNothing: ReadonlySet<SpotifyFailureReason> = new Set([
  "unavailable",
  "rateLimited",
  "relinkRequired",
  "notAllowListed",
]);

/**
 * The line to a player. One command at a time, for Spotify promises no order; only a pause waits for
 * nothing, because Spotify must not be heard beside another sound. A command that is under way may then
 * arrive after it: it is paused once more.
 */
export class PlayerLine {
  readonly #local: LocalClock;
  readonly #player: PlayerAdapter;
  readonly #onFree: () => void;
  #isCommanding = false;
  #isPausing = false;
  #isLooking = false;
  #mayBeHeard = false;
  #pausesFailed = 0;
  #pauseRetryAt = -Infinity;
  #isRateLimited = false;
  #commandedAt = -Infinity;
  /** A report that was asked for before a command says nothing about what came after. */
  #commands = 0;
  #isClosed = false;
  #isReleased = false;

  /** `onFree` runs whenever something has been answered. */
  constructor(local: LocalClock, player: PlayerAdapter, onFree: () => void) {
    this.#local = local;
    this.#player = player;
    this.#onFree = onFree;
    leaving.get(player)?.release();
  }

  /** Nothing but a pause may be sent now. */
  get isBusy(): boolean {
    return this.#isCommanding || this.#isPausing;
  }

  get isFree(): boolean {
    return !this.isBusy && !this.#isLooking;
  }

  /** When a pause that failed is worth another attempt. */
  get pauseRetryAt(): number {
    return this.#pauseRetryAt;
  }

  /** Whether the player plays something of ours is for others to see. */
  saw(isHeard: boolean): void {
    this.#mayBeHeard = isHeard;
  }

  play(
    list: { readonly uris: readonly string[]; readonly positionMs: number },
    onDone: () => void,
    onFailure: (failure: SpotifyFailure) => void,
  ): void {
    const wasHeard = this.#mayBeHeard;
    this.#mayBeHeard = true;
    this.#command(this.#player.play(list), onDone, (failure) => {
      // A refusal leaves everything as it was; of a lost answer nobody knows.
      if (failure.reason !== "unavailable") this.#mayBeHeard = wasHeard;
      onFailure(failure);
    });
  }

  seek(positionMs: number, onDone: () => void, onFailure: (failure: SpotifyFailure) => void): void {
    this.#command(this.#player.seek(positionMs), onDone, onFailure);
  }

  #command(
    sent: Promise<void>,
    onDone: () => void,
    onFailure: (failure: SpotifyFailure) => void,
  ): void {
    this.#isCommanding = true;
    this.#commandedAt = this.#local.monotonic();
    this.#commands += 1;
    void withTimeout(this.#local, TIMEOUT_MS, sent)
      .then(
        () => {
          this.#letPausesThrough();
          onDone();
        },
        (error: unknown) => {
          onFailure(asSpotifyFailure(error));
        },
      )
      .then(() => {
        this.#commandAnswered();
      });
  }

  /** Sees to it that nothing of ours is heard. */
  silence(onQuiet: () => void): void {
    if (!this.#mayBeHeard || this.#isPausing) return;
    if (this.#local.monotonic() < this.#pauseRetryAt) return;
    this.#isPausing = true;
    this.#commands += 1;
    void withTimeout(this.#local, TIMEOUT_MS, this.#player.pause())
      .then(
        () => {
          this.#mayBeHeard = this.#isCommanding;
          onQuiet();
        },
        (error: unknown) => {
          const { reason, retryAfterMs } = asSpotifyFailure(error);
          this.#mayBeHeard = this.#isCommanding || tellsNothing.has(reason);
          this.#isRateLimited = reason === "rateLimited";
          this.#pausesFailed += 1;
          const patience = PAUSE_AGAIN_MS * 2 ** Math.max(0, this.#pausesFailed - QUICK_PAUSES);
          this.#pauseRetryAt =
            this.#local.monotonic() + (retryAfterMs ?? Math.min(LONGEST_PAUSE_MS, patience));
        },
      )
      .then(() => {
        this.#isPausing = false;
        this.#freed();
      });
  }

  /** The listener did something about it: a pause that failed is tried at once, unless Spotify forbids it. */
  hurry(): void {
    if (!this.#isRateLimited) this.#letPausesThrough();
  }

  #letPausesThrough(): void {
    this.#pausesFailed = 0;
    this.#pauseRetryAt = -Infinity;
    this.#isRateLimited = false;
  }

  /** Asks what the player does; what it did before a later command is not passed on. */
  look(
    onReport: (report: PlayerReport | null) => void,
    onFailure: (failure: SpotifyFailure) => void,
  ): void {
    this.#isLooking = true;
    const before = this.#commands;
    const ifStillTrue =
      <Seen>(tell: (seen: Seen) => void) =>
      (seen: Seen) => {
        if (this.#commands === before && !this.#isClosed) tell(seen);
      };
    void withTimeout(this.#local, TIMEOUT_MS, this.#player.report())
      .then(
        ifStillTrue(onReport),
        ifStillTrue((error: unknown) => {
          onFailure(asSpotifyFailure(error));
        }),
      )
      .then(() => {
        this.#isLooking = false;
        if (!this.#isClosed) this.#onFree();
      });
  }

  /** The player is another device's to command now. */
  release(): void {
    this.#isClosed = true;
    this.#isReleased = true;
  }

  /** Its listener has left: the last that it does is a pause, which is tried again where it does not get through. */
  close(): void {
    this.#isClosed = true;
    this.hurry();
    this.#pausesFailed = 0;
    if (!this.#mayBeHeard) return;
    leaving.set(this.#player, this);
    this.#pauseForGood();
    const isRecent = this.#local.monotonic() - this.#commandedAt < 2 * this.#player.settlingMs;
    if (isRecent && !this.#isCommanding) this.#pauseOnceSettled();
  }

  #commandAnswered(): void {
    this.#isCommanding = false;
    if (this.#isClosed && this.#mayBeHeard) this.#pauseOnceSettled();
    this.#freed();
  }

  #freed(): void {
    if (!this.#isClosed) this.#onFree();
    // One that is still under way is waited for.
    else if (!this.#isCommanding) this.#pauseForGood();
  }

  /** What was asked for just before may be heard just after. */
  #pauseOnceSettled(): void {
    this.#local.after(this.#player.settlingMs, () => {
      this.#mayBeHeard = true;
      this.#pauseForGood();
    });
  }

  #pauseForGood(): void {
    if (this.#isReleased || !this.#mayBeHeard || this.#pausesFailed >= LAST_PAUSES) return;
    const waitMs = this.#pauseRetryAt - this.#local.monotonic();
    if (waitMs > LONGEST_LEAVING_MS) return;
    if (waitMs <= 0) this.silence(() => undefined);
    else {
      this.#local.after(waitMs, () => {
        this.#pauseForGood();
      });
    }
  }
}
