import type { Cancel, LocalClock } from "../clock/localClock.js";
import { stringField } from "../json.js";
import { observable, Observed, type Observable } from "../observe/observable.js";
import { createSource } from "../observe/source.js";
import type { VoiceRoom } from "./voiceRoom.js";

/**
 * The state of the person's own microphone.
 *
 * - `off`: the person does not want to be heard
 * - `muted`: a host muted the person, who may unmute themselves
 * - `waiting`: the person wants to be heard but may not speak now; it turns on by itself once they may
 * - `on`: the person can be heard
 * - `refused`: the person or the device blocked the microphone
 * - `missing`: no microphone was found
 *
 * @example
 * ```ts
 * audio.microphone.subscribe((microphone: Microphone) => setButton(microphone === "on"));
 * ```
 */
export type Microphone = "off" | "muted" | "waiting" | "on" | "refused" | "missing";

/** Often enough for a level meter to look alive. */
const LEVEL_EVERY_MS = 100;

/** What decides whether a microphone that is wanted is on. */
interface Situation {
  readonly room: VoiceRoom | undefined;
  readonly isTalk: boolean;
  readonly isConnected: boolean;
}

/** The person's own microphone, across the rooms of one `ShowAudio`. */
export class OwnMicrophone {
  readonly state = new Observed<Microphone>("off");
  /** Measured while it is subscribed to. */
  readonly level: Observable<number>;
  readonly #local: Pick<LocalClock, "after">;
  readonly #situation: () => Situation;
  #isWanted = false;
  /** True once the room has turned the microphone on. */
  #isSending = false;
  #work: Promise<void> = Promise.resolve();

  constructor(local: Pick<LocalClock, "after">, situation: () => Situation) {
    this.#local = local;
    this.#situation = situation;
    this.level = this.#measured();
  }

  unmute(): Promise<void> {
    this.#isWanted = true;
    return this.apply();
  }

  mute(): Promise<void> {
    this.#isWanted = false;
    if (this.state.current === "muted") this.state.set("off");
    return this.apply();
  }

  mutedByHost(): void {
    this.#isWanted = false;
    this.state.set("muted");
    void this.apply();
  }

  roomIsGone(): void {
    this.#isSending = false;
  }

  /** For audio that is closed, or plays elsewhere. */
  end(): void {
    this.#isWanted = false;
    this.state.set("off");
  }

  /** Turns the microphone on or off as needed, one change at a time. */
  apply(): Promise<void> {
    return (this.#work = this.#work.then(async () => {
      const { room, isTalk, isConnected } = this.#situation();
      const wants = this.#isWanted;
      const shallBeOn = wants && isTalk && isConnected && (room?.canPublish ?? false);
      // Turning off never waits for a connection; everything else waits until the room is back.
      const shallBeOff = this.#isSending && !shallBeOn && (isConnected || !wants);
      try {
        if (room && (shallBeOn || shallBeOff)) {
          await room.setMicrophone(shallBeOn);
          // The person answered the permission prompt too late: this room is gone.
          if (room !== this.#situation().room) return;
          this.#isSending = shallBeOn;
        }
        // A host or the person changed their mind in the meantime: the next change is queued.
        if (wants !== this.#isWanted) return;
        if (wants) this.state.set(shallBeOn ? "on" : "waiting");
        else if (["on", "waiting"].includes(this.state.current)) this.state.set("off");
      } catch (error) {
        if (room === this.#situation().room) this.#failed(error);
      }
    }));
  }

  #failed(error: unknown): void {
    this.#isSending = false;
    switch (stringField(error, "name")) {
      case "NotAllowedError":
      case "SecurityError":
        this.#isWanted = false;
        this.state.set("refused");
        return;
      case "NotFoundError":
      case "NotReadableError":
        this.#isWanted = false;
        this.state.set("missing");
        return;
      default:
        // The permission to speak or the connection was lost in the meantime: it is tried again once that is back.
        this.state.set(this.#isWanted ? "waiting" : "off");
    }
  }

  #measured(): Observable<number> {
    const source = createSource<number>((next) => {
      let cancel: Cancel | undefined;
      let isOver = false;
      const measure = async () => {
        const room = this.#isSending ? this.#situation().room : undefined;
        const level = await room?.level().catch(() => 0);
        if (isOver) return;
        next(level ?? 0);
        cancel = this.#local.after(LEVEL_EVERY_MS, () => void measure());
      };
      void measure();
      return () => {
        isOver = true;
        cancel?.();
      };
    });
    return observable(source, () => undefined);
  }
}
