import type { LocalClock } from "../clock/localClock.js";
import { withTimeout } from "../clock/withTimeout.js";
import { isLimit } from "./obstacle.js";
import type { PlayerAdapter, PlayerReport } from "../player/player.js";
import {
  asSpotifyFailure,
  type SpotifyFailure,
  type SpotifyFailureReason,
} from "../spotify/spotifyFailure.js";

const TIMEOUT_MS = 10_000;
const PAUSE_AGAIN_MS = 1_000;
/** How many failed pauses are repeated quickly, because music may play over a voice; then the intervals grow. */
const QUICK_PAUSES = 3;
const LONGEST_PAUSE_MS = 60_000;
/** How many failed pauses are repeated after leaving: the device may be off, or someone else may use it now. */
const LAST_PAUSES = 3;
const LONGEST_LEAVING_MS = 10_000;
/** Lines that are still pausing their player after the listener left. The next show with this player ends that. */
const leaving = new WeakMap<PlayerAdapter, PlayerLine>();
/** After these failures the player may still be heard. Any other failure proves that it is silent. */
const inconclusive: ReadonlySet<SpotifyFailureReason> = new Set([
  "unavailable",
  "rateLimited",
  "quotaExceeded",
  "relinkRequired",
  "notAllowListed",
]);

/**
 * Sends commands to a player, one at a time, because Spotify does not guarantee their order. Only a pause is sent
 * at once, because Spotify must not play over other audio. If a command may arrive after the pause, the player is
 * paused again.
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
  /** Counts commands, so that a report from before a command is ignored. */
  #commands = 0;
  #isClosed = false;
  #isReleased = false;

  /** `onFree` runs after each answer. */
  constructor(local: LocalClock, player: PlayerAdapter, onFree: () => void) {
    this.#local = local;
    this.#player = player;
    this.#onFree = onFree;
    leaving.get(player)?.release();
  }

  /** True while only a pause may be sent. */
  get isBusy(): boolean {
    return this.#isCommanding || this.#isPausing;
  }

  get isFree(): boolean {
    return !this.isBusy && !this.#isLooking;
  }

  /** When to repeat a failed pause. */
  get pauseRetryAt(): number {
    return this.#pauseRetryAt;
  }

  /** Records whether the player was observed to play our music. */
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
      // A refused command changed nothing. A lost answer leaves it open.
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

  /** Makes sure that none of our music is heard. */
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
          this.#mayBeHeard = this.#isCommanding || inconclusive.has(reason);
          this.#isRateLimited = isLimit(reason);
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

  /** Repeats a failed pause at once, unless a rate limit forbids it, because the listener acted. */
  hurry(): void {
    if (!this.#isRateLimited) this.#letPausesThrough();
  }

  #letPausesThrough(): void {
    this.#pausesFailed = 0;
    this.#pauseRetryAt = -Infinity;
    this.#isRateLimited = false;
  }

  /** Asks for the player's state. A report from before a later command is dropped. */
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

  /** Stops without a pause: another device controls the player now. */
  release(): void {
    this.#isClosed = true;
    this.#isReleased = true;
  }

  /** Pauses the player after its listener left, and repeats a failed pause a few times. */
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
    // A command that is still on its way is awaited first.
    else if (!this.#isCommanding) this.#pauseForGood();
  }

  /** A command that was sent just before may take effect just after the pause. */
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
