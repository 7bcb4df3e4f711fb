import type { Audio } from "../../../functions/src/contract/audio.js";
import type { OnForeground } from "../backend/foreground.js";
import type { Cancel, LocalClock } from "../clock/localClock.js";
import { spread, waitForTurn } from "../clock/spread.js";
import { asAmbientError } from "../errors/ambientError.js";
import { isWorthAnotherTry } from "../errors/isWorthAnotherTry.js";
import type { Playback } from "../music/music.js";
import { Observed, type KnownObservable, type Observable } from "../observe/observable.js";
import type { Unsubscribe } from "../sdk/firebaseSdk.js";
import { hasEnded, type Presence } from "../show/presence.js";
import type { Participant } from "../show/session.js";
import type { AudioLock, OpenAudioLock } from "./audioLock.js";
import { microphonesOf, type MicrophoneDevice } from "./microphones.js";
import { OwnMicrophone, type Microphone } from "./ownMicrophone.js";
import type { OpenVoiceRoom, Voice, VoiceRoom, VoiceRoomEvents } from "./voiceRoom.js";

/**
 * The state of a show's audio.
 *
 * - `none`: this project has no audio; everything else works
 * - `reconnecting`: the connection was lost and is being restored
 * - `elsewhere`: the same person plays the audio in another tab or on another device; `takeOver` moves it here. It
 *   returns by itself once the other tab is gone
 * - `closed`: the app closed it, or the person is no longer in the show
 *
 * @example
 * ```ts
 * audio.connection.subscribe((connection: AudioConnection) => setHint(connection === "elsewhere"));
 * ```
 */
export type AudioConnection =
  | "none"
  | "connecting"
  | "connected"
  | "reconnecting"
  | "elsewhere"
  | "closed";

/** What `ShowAudio` needs from its show. */
export interface AudioDependencies {
  /** The audio access from the last join. */
  readonly audio: Audio;
  readonly playback: Observable<Playback | undefined>;
  readonly presence: KnownObservable<Presence>;
  readonly local: Pick<LocalClock, "after" | "random">;
  readonly me: KnownObservable<Pick<Participant, "role">>;
  readonly onForeground: OnForeground;
  readonly openLock: OpenAudioLock;
  /** `navigator.mediaDevices`, where there is one. */
  readonly media: unknown;
  /** Makes sure that the room exists and returns a fresh token. */
  refresh(): Promise<Audio>;
}

const PAUSES_MS = [500, 1_000, 2_000, 5_000];
const LONGEST_PAUSE_MS = 10_000;
/** Long enough for Firestore to report a removal, so that no useless request is sent. */
const REMOVED_PAUSE_MS = 5_000;
/**
 * The voices of a show on one device.
 *
 * @example
 * ```ts
 * const audio = connectAudio(show);
 * await audio.unmute();
 * ```
 */
export class ShowAudio {
  readonly #connection = new Observed<AudioConnection>("connecting");
  readonly #voices = new Observed<readonly Voice[]>([]);
  readonly #microphonesOn = new Observed<readonly string[]>([]);
  readonly #canPlay = new Observed(true);
  readonly #volume = new Observed(1);
  readonly #microphone: OwnMicrophone;
  readonly #microphones: Observable<readonly MicrophoneDevice[]>;
  readonly #failure = new Observed<unknown>(undefined);
  readonly #deps: AudioDependencies;
  readonly #open: OpenVoiceRoom;
  readonly #stops: Unsubscribe[] = [];
  readonly #lock: AudioLock;
  /**
   * Whom the room last reported as speaking. It may report no end when a microphone is turned off, and no new beginning
   * when it is turned on again.
   */
  #speaking: readonly Voice[] = [];
  #microphoneId: string | undefined;
  /** Each connection has its own room. Events of an abandoned room are ignored. */
  #room: VoiceRoom | undefined;
  #attempt = 0;
  #failures = 0;
  /** While the next attempt waits. */
  #cancelRetry: Cancel | undefined;
  #isTalk = false;
  #isAway = false;

  /** @internal */
  constructor(deps: AudioDependencies, open: OpenVoiceRoom) {
    this.#deps = deps;
    this.#open = open;
    this.#lock = deps.openLock(() => {
      this.takeOver();
    });
    this.#microphone = new OwnMicrophone(deps.local, () => ({
      room: this.#room,
      isTalk: this.#isTalk,
      isConnected: this.#connection.current === "connected",
    }));
    this.#microphones = microphonesOf(deps.media, this.#microphone.state);
    const { audio, me, playback, presence } = deps;
    if (audio.provider === "none") {
      this.#connection.set("none");
      return;
    }
    let isOnStage = me.current.role !== "listener";
    this.#stops.push(
      me.subscribe(({ role }) => {
        const wasOnStage = isOnStage;
        isOnStage = role !== "listener";
        // Otherwise a person who returns to the stage later would be heard before they notice.
        if (wasOnStage && !isOnStage) void this.mute();
      }),
      playback.subscribe(
        (now) => {
          this.#isTalk = now?.mode === "talk";
          this.#room?.setPlaying(this.#isTalk);
          this.#updateVoices();
          void this.#microphone.apply();
        },
        (error) => {
          this.#failure.set(error);
        },
      ),
      presence.subscribe((now) => {
        if (hasEnded(now)) {
          queueMicrotask(() => {
            this.close();
          });
        } else if (now.kind === "away") {
          this.#isLeftAlone();
        } else {
          this.#isBack();
        }
      }),
      deps.onForeground(() => {
        if (this.#cancelRetry) this.#retry();
      }),
    );
    if (!this.#isAway) void this.#connect(audio);
  }

  /**
   * The state of the audio.
   *
   * @example
   * ```ts
   * audio.connection.subscribe((connection) => setHint(connection === "reconnecting"));
   * ```
   */
  get connection(): KnownObservable<AudioConnection> {
    return this.#connection;
  }

  /**
   * The state of the person's own microphone.
   *
   * @example
   * ```ts
   * audio.microphone.subscribe((microphone) => setButton(microphone));
   * ```
   */
  get microphone(): KnownObservable<Microphone> {
    return this.#microphone.state;
  }

  /**
   * How loud the person's own microphone is, from 0 to 1, for a level meter. It is measured while it is subscribed to, and
   * 0 while the microphone is off.
   *
   * @example
   * ```ts
   * audio.level.subscribe((level) => renderLevels(level));
   * ```
   */
  get level(): Observable<number> {
    return this.#microphone.level;
  }

  /**
   * The microphones to choose from. Browsers name none until the person has allowed the use of one.
   *
   * @example
   * ```ts
   * audio.microphones.subscribe((microphones) => render(microphones.map(({ label }) => label)));
   * ```
   */
  get microphones(): Observable<readonly MicrophoneDevice[]> {
    return this.#microphones;
  }

  /**
   * The volume of the voices, from 0 to 1.
   *
   * @example
   * ```ts
   * audio.volume.subscribe((volume) => render(`${volume * 100} %`));
   * ```
   */
  get volume(): KnownObservable<number> {
    return this.#volume;
  }

  /**
   * Everyone who can be heard now, with their level. It is empty while music plays, and leaves out people whose
   * microphone is off.
   *
   * @example
   * ```ts
   * audio.voices.subscribe((voices) => renderLevels(voices.map(({ uid, level }) => [uid, level])));
   * ```
   */
  get voices(): KnownObservable<readonly Voice[]> {
    return this.#voices;
  }

  /**
   * The uids whose microphones are on, including the person's own. Everyone else on the stage is muted. Empty
   * unless the audio is connected.
   *
   * @example
   * ```ts
   * audio.microphonesOn.subscribe((uids) => setMuted(!uids.includes(speaker.uid)));
   * ```
   */
  get microphonesOn(): KnownObservable<readonly string[]> {
    return this.#microphonesOn;
  }

  /**
   * False while the browser blocks playback: call `unlockAudio` from a click or a touch.
   *
   * @example
   * ```ts
   * audio.canPlay.subscribe((canPlay) => showButton(!canPlay));
   * ```
   */
  get canPlay(): KnownObservable<boolean> {
    return this.#canPlay;
  }

  /**
   * Why the last attempt to connect failed, or the show's mode cannot be followed, for an app's log; undefined once
   * connected. In React Native it also reports a missing call of LiveKit's `registerGlobals`.
   *
   * @example
   * ```ts
   * audio.failure.subscribe((failure) => failure && console.warn("no voices", failure));
   * ```
   */
  get failure(): KnownObservable<unknown> {
    return this.#failure;
  }

  /**
   * Starts playback where the browser waits for a click or a touch.
   *
   * @example
   * ```ts
   * button.onclick = () => audio.unlockAudio();
   * ```
   */
  async unlockAudio(): Promise<void> {
    await this.#room?.startPlayback();
  }

  /**
   * Turns the microphone on now, and again whenever the person regains the permission to speak. It ends with `mute`,
   * when a host mutes the person, when they return to the audience, or when another tab takes the audio over.
   *
   * @example
   * ```ts
   * await audio.unmute();
   * if (audio.microphone.current === "refused") toast(messageFor("MICROPHONE_REFUSED"));
   * ```
   */
  unmute(): Promise<void> {
    return this.#microphone.unmute();
  }

  /**
   * Turns the microphone off.
   *
   * @example
   * ```ts
   * await audio.mute();
   * ```
   */
  mute(): Promise<void> {
    return this.#microphone.mute();
  }

  /**
   * Sets the volume of the voices, from 0 to 1. On iPhones and iPads, a web page leaves the volume to the device.
   *
   * @example
   * ```ts
   * audio.setVolume(0.5);
   * ```
   */
  setVolume(volume: number): void {
    this.#volume.set(Math.min(1, Math.max(0, volume)));
    this.#room?.setVolume(this.#volume.current);
  }

  /**
   * Uses another microphone, now and for the rest of the show. If it is missing, the device's default is used.
   *
   * @example
   * ```ts
   * const [first] = audio.microphones.current ?? [];
   * if (first) await audio.chooseMicrophone(first.id);
   * ```
   */
  async chooseMicrophone(id: string): Promise<void> {
    this.#microphoneId = id;
    await this.#room?.chooseMicrophone(id);
  }

  /**
   * Moves the audio here from another tab or device of the same person.
   *
   * @example
   * ```ts
   * if (audio.connection.current === "elsewhere") audio.takeOver();
   * ```
   */
  takeOver(): void {
    if (this.#connection.current !== "elsewhere") return;
    this.#connection.set("reconnecting");
    if (!this.#isAway) this.#reconnect();
  }

  /**
   * Closes the audio. The person stays in the show.
   *
   * @example
   * ```ts
   * audio.close();
   * ```
   */
  close(): void {
    for (const stop of this.#stops.splice(0)) stop();
    this.#giveUpRoom();
    this.#lock.release();
    if (this.#connection.current !== "none") this.#connection.set("closed");
    this.#microphone.end();
  }

  /** The server admits nobody to the room until they are back in the show. */
  #isLeftAlone(): void {
    this.#isAway = true;
    if (!this.#isOurs()) return;
    this.#giveUpRoom();
    this.#connection.set("reconnecting");
    void this.#microphone.apply();
  }

  #isBack(): void {
    if (!this.#isAway) return;
    this.#isAway = false;
    if (!this.#isOurs()) return;
    this.#failures = 0;
    // Rejoining the show brought a fresh token.
    void this.#connect(this.#deps.audio);
  }

  /** False if another tab plays the audio, or it was closed. */
  #isOurs(): boolean {
    return !["none", "elsewhere", "closed"].includes(this.#connection.current);
  }

  #giveUpRoom(): void {
    this.#attempt += 1;
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
    const room = this.#room;
    this.#room = undefined;
    this.#microphone.roomIsGone();
    this.#speaking = [];
    this.#microphonesOn.set([]);
    this.#updateVoices();
    // A new room starts with playback allowed, and reports only changes.
    this.#canPlay.set(true);
    void room?.close().catch(() => undefined);
  }

  async #connect(audio: Audio): Promise<void> {
    if (audio.provider === "none") {
      this.#connection.set("none");
      return;
    }
    const attempt = (this.#attempt += 1);
    const isCurrent = () => attempt === this.#attempt;
    let isJoined = false;
    try {
      const room = await this.#open(this.#eventsOf(isCurrent, () => isJoined));
      if (!isCurrent()) return;
      this.#room = room;
      room.setPlaying(this.#isTalk);
      room.setVolume(this.#volume.current);
      await room.connect(audio.url, audio.token);
      isJoined = true;
      if (!isCurrent()) return;
      // Take the lock only now, because the tab that connected last plays the audio.
      this.#lock.take();
      if (this.#microphoneId !== undefined) {
        room.chooseMicrophone(this.#microphoneId).catch(() => undefined);
      }
      this.#failures = 0;
      this.#failure.set(undefined);
      this.#connection.set("connected");
      await this.#microphone.apply();
    } catch (error) {
      if (!isCurrent()) return;
      this.#failure.set(error);
      this.#lost();
    }
  }

  #eventsOf(isCurrent: () => boolean, isJoined: () => boolean): VoiceRoomEvents {
    const whileCurrent =
      <Args extends readonly unknown[]>(hear: (...args: Args) => void) =>
      (...args: Args) => {
        if (isCurrent()) hear(...args);
      };
    return {
      disconnected: whileCurrent((because) => {
        if (because !== "elsewhere") {
          // While connecting, `connect` itself rejects.
          if (isJoined()) this.#lostWithOthers(because === "removed" ? REMOVED_PAUSE_MS : 0);
          return;
        }
        // Reconnecting would make two tabs take the audio from each other forever.
        this.#giveUpRoom();
        this.#connection.set("elsewhere");
        this.#microphone.end();
      }),
      reconnecting: whileCurrent((isReconnecting) => {
        this.#connection.set(isReconnecting ? "reconnecting" : "connected");
        void this.#microphone.apply();
      }),
      canPublishChanged: whileCurrent(() => {
        void this.#microphone.apply();
      }),
      muted: whileCurrent(() => {
        this.#microphone.mutedByHost();
      }),
      speaking: whileCurrent((voices) => {
        this.#speaking = voices;
        this.#updateVoices();
      }),
      microphonesOn: whileCurrent((uids) => {
        const before = this.#microphonesOn.current;
        if (uids.join() === before.join()) return;
        this.#microphonesOn.set(uids);
        this.#updateVoices();
      }),
      playbackAllowed: whileCurrent((isAllowed) => {
        this.#canPlay.set(isAllowed);
      }),
    };
  }

  #updateVoices(): void {
    const on = this.#microphonesOn.current;
    const heard = this.#isTalk ? this.#speaking.filter(({ uid }) => on.includes(uid)) : [];
    if (heard.length > 0 || this.#voices.current.length > 0) this.#voices.set(heard);
  }

  #lostWithOthers(atLeastMs: number): void {
    const { local, me } = this.#deps;
    this.#lost(Math.max(atLeastMs, waitForTurn(me.current.role, local.random())));
  }

  /** The room is gone but the person is still in the show: the server recreates the room and admits them. */
  #lost(atLeastMs = 0): void {
    this.#giveUpRoom();
    this.#connection.set("reconnecting");
    void this.#microphone.apply();
    const { local } = this.#deps;
    const pause = spread(PAUSES_MS[this.#failures] ?? LONGEST_PAUSE_MS, local.random());
    this.#failures += 1;
    this.#cancelRetry = local.after(Math.max(pause, atLeastMs), () => {
      this.#retry();
    });
  }

  #retry(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
    this.#reconnect();
  }

  #reconnect(): void {
    this.#connection.set("reconnecting");
    const attempt = (this.#attempt += 1);
    const isCurrent = () => attempt === this.#attempt;
    this.#deps.refresh().then(
      (audio) => {
        if (isCurrent()) void this.#connect(audio);
      },
      (error: unknown) => {
        if (!isCurrent()) return;
        this.#failure.set(error);
        const failure = asAmbientError(error);
        if (isWorthAnotherTry(failure)) this.#lost((failure.retryAfterSeconds ?? 0) * 1_000);
        else this.close();
      },
    );
  }
}
