import {
  AmbientError,
  type AmbientReason,
  type PlayerAdapter,
  type PlayerReport,
  type WebApiPlayer,
} from "@ambient/client";
import { melodyOf } from "./melody.js";

/** The last command. From then on the player computes by itself which track plays where. */
interface Program {
  readonly uris: readonly string[];
  readonly positionMs: number;
  /** On the monotonic clock. */
  readonly at: number;
}

export interface TonePlayerOptions {
  durationOf(trackUri: string): number | undefined;
  /** The reason why Spotify refuses this account's commands, if it does. */
  refusal(): AmbientReason | undefined;
  devices: WebApiPlayer["devices"];
  onClose(isMuted: boolean): void;
}

const LOOK_EVERY_MS = 40;
const AHEAD_MS = 160;
const LOUDNESS = 0.16;

/**
 * Replaces the listener's Spotify, which a laptop without a network cannot reach: plays a quiet arpeggio for each
 * track, at the current position.
 */
export class TonePlayer implements PlayerAdapter, Pick<WebApiPlayer, "devices" | "use"> {
  readonly longestList = 100;
  readonly typicalLatencyMs = { play: 30, seek: 20 };
  readonly reportEveryMs = 10_000;
  readonly settlingMs = 150;
  readonly #options: TonePlayerOptions;
  readonly #listeners = new Set<() => void>();
  #context: AudioContext | undefined;
  #output: GainNode | undefined;
  #program: Program | undefined;
  #pausedAt: { readonly uri: string; readonly positionMs: number } | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  /** Until when notes are scheduled, on the monotonic clock. */
  #scheduledUntil = 0;
  #isMuted = false;
  #device: string | undefined;
  #volume = 1;

  constructor(options: TonePlayerOptions) {
    this.#options = options;
  }

  /** Whether the browser blocks audio until a click or a touch. */
  readonly isBlocked = (): boolean => this.#context?.state === "suspended";

  readonly onBlockedChange = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /** Call it from a click or a touch. */
  async unblock(): Promise<void> {
    await this.#context?.resume();
  }

  get isMuted(): boolean {
    return this.#isMuted;
  }

  mute(isMuted: boolean): void {
    this.#isMuted = isMuted;
    this.#turnGain();
  }

  /** From 0 to 1. */
  setVolume(volume: number): void {
    this.#volume = volume;
    this.#turnGain();
  }

  play(list: { readonly uris: readonly string[]; readonly positionMs: number }): Promise<void> {
    const refusal = this.#options.refusal();
    if (refusal) return Promise.reject(new AmbientError(refusal));
    this.#begin({ ...list, at: performance.now() });
    return Promise.resolve();
  }

  pause(): Promise<void> {
    const place = this.#placeAt(performance.now());
    if (place) this.#pausedAt = place;
    this.#stop();
    return Promise.resolve();
  }

  seek(positionMs: number): Promise<void> {
    const now = performance.now();
    const place = this.#placeAt(now);
    if (!this.#program || !place) return Promise.reject(new AmbientError("SPOTIFY_NO_DEVICE"));
    const uris = this.#program.uris.slice(this.#program.uris.indexOf(place.uri));
    this.#begin({ uris, positionMs, at: now });
    return Promise.resolve();
  }

  report(): Promise<PlayerReport | null> {
    const refusal = this.#options.refusal();
    if (refusal) return Promise.reject(new AmbientError(refusal));
    const at = performance.now();
    const playing = this.#placeAt(at);
    const place = playing ?? this.#pausedAt;
    if (!place) return Promise.resolve(null);
    const { uri: trackUri, positionMs } = place;
    return Promise.resolve({ trackUri, positionMs, paused: !playing, at, errorMs: 2 });
  }

  /** The person's devices at Spotify. Wherever they choose to listen, the tone plays in this tab. */
  async devices(): ReturnType<WebApiPlayer["devices"]> {
    const devices = await this.#options.devices();
    if (!devices.some(({ id }) => id === this.#device)) return devices;
    return devices.map((each) => ({ ...each, isActive: each.id === this.#device }));
  }

  use(deviceId: string): void {
    this.#device = deviceId;
  }

  async close(): Promise<void> {
    this.#stop();
    this.#listeners.clear();
    this.#options.onClose(this.#isMuted);
    await this.#context?.close();
  }

  #begin(program: Program): void {
    this.#stop();
    this.#pausedAt = undefined;
    this.#program = program;
    this.#scheduledUntil = program.at;
    this.#openOutput();
    this.#timer = setInterval(() => {
      this.#schedule();
    }, LOOK_EVERY_MS);
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#program = undefined;
    // Scheduled notes must not play over talk.
    this.#output?.disconnect();
    this.#output = undefined;
  }

  #openOutput(): void {
    if (!this.#context) {
      const context = new AudioContext();
      context.addEventListener("statechange", () => {
        for (const listener of this.#listeners) listener();
      });
      this.#context = context;
    }
    this.#output = this.#context.createGain();
    this.#output.gain.value = this.#gain;
    this.#output.connect(this.#context.destination);
    for (const listener of this.#listeners) listener();
  }

  get #gain(): number {
    return this.#isMuted ? 0 : LOUDNESS * this.#volume;
  }

  #turnGain(): void {
    if (!this.#context || !this.#output) return;
    this.#output.gain.setTargetAtTime(this.#gain, this.#context.currentTime, 0.02);
  }

  #placeAt(now: number): { readonly uri: string; readonly positionMs: number } | undefined {
    if (!this.#program) return undefined;
    let positionMs = this.#program.positionMs + now - this.#program.at;
    for (const uri of this.#program.uris) {
      const durationMs = this.#options.durationOf(uri) ?? Infinity;
      if (positionMs < durationMs) return { uri, positionMs };
      positionMs -= durationMs;
    }
    return undefined;
  }

  #schedule(): void {
    const now = performance.now();
    const until = now + AHEAD_MS;
    // After sleeping in a background tab, it continues from now instead of catching up.
    let from = Math.max(this.#scheduledUntil, now);
    while (from < until) {
      const place = this.#placeAt(from);
      if (!place) break;
      const melody = melodyOf(place.uri);
      const step = Math.ceil(place.positionMs / melody.stepMs - 1e-6);
      const noteAt = from + step * melody.stepMs - place.positionMs;
      if (noteAt >= until) break;
      const pitch = melody.pitchAt(step);
      if (pitch !== undefined) this.#note(pitch, melody.shape, noteAt - now);
      from = noteAt + 1;
    }
    this.#scheduledUntil = Math.max(from, this.#scheduledUntil);
  }

  #note(frequencyHz: number, shape: OscillatorType, inMs: number): void {
    const context = this.#context;
    if (!context || !this.#output || context.state !== "running") return;
    const at = context.currentTime + Math.max(0, inMs) / 1_000;
    const oscillator = context.createOscillator();
    const envelope = context.createGain();
    oscillator.type = shape;
    oscillator.frequency.value = frequencyHz;
    envelope.gain.setValueAtTime(0, at);
    envelope.gain.linearRampToValueAtTime(0.9, at + 0.015);
    envelope.gain.exponentialRampToValueAtTime(0.001, at + 0.6);
    oscillator.connect(envelope).connect(this.#output);
    oscillator.start(at);
    oscillator.stop(at + 0.65);
  }
}
