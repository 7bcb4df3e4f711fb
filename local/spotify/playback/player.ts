import { z } from "zod";

import type { Device } from "./device.js";
import { type LengthOf, type Playback, playbackBy, type RepeatMode } from "./playback.js";

/** A command that a device obeyed. */
export const playerCommand = z.strictObject({
  command: z.enum([
    ...["play", "resume", "pause", "seek", "next", "previous"],
    ...["queue", "shuffle", "repeat", "volume", "transfer"],
  ] as const),
  at: z.number(),
  deviceId: z.string(),
  /** For `play`: the whole queue. */
  uris: z.array(z.string()).exactOptional(),
  /** The affected track and the position in it. */
  uri: z.string(),
  positionMs: z.number(),
});
export type PlayerCommand = z.infer<typeof playerCommand>;

const commandsKept = 100;

/** One user's devices, of which one plays. */
export class Player {
  #devices: readonly Device[];
  #playback: Playback | undefined;
  #changedAt = 0;
  /** Only reported: the order of the tracks stays, so that tests can rely on it. */
  #isShuffled = false;
  #repeat: RepeatMode = "off";
  readonly #commands: PlayerCommand[] = [];

  constructor(devices: readonly Device[]) {
    this.#devices = devices;
  }

  get devices(): readonly Device[] {
    return this.#devices;
  }

  get activeDevice(): Device | undefined {
    return this.#devices.find(({ active }) => active);
  }

  get commands(): readonly PlayerCommand[] {
    return this.#commands;
  }

  /** When the playback was last changed. */
  get changedAt(): number {
    return this.#changedAt;
  }

  /** Undefined if nothing was ever started. */
  playback(now: number, lengthOf: LengthOf): Playback | undefined {
    return this.#playback === undefined
      ? undefined
      : playbackBy(now, this.#playback, lengthOf, this.#repeat);
  }

  get isShuffled(): boolean {
    return this.#isShuffled;
  }

  get repeat(): RepeatMode {
    return this.#repeat;
  }

  shuffle(isShuffled: boolean): void {
    this.#isShuffled = isShuffled;
  }

  /** `before`: the playback so far, which a new mode must not change. */
  setRepeat(repeat: RepeatMode, before: Playback | undefined): void {
    this.#repeat = repeat;
    this.#playback = before;
  }

  setVolume(deviceId: string, volumePercent: number): void {
    this.#devices = this.#devices.map((each) =>
      each.id === deviceId ? { ...each, volumePercent } : each,
    );
  }

  /** The sound ends when its device disappears. */
  connect(devices: readonly Device[], now: number, lengthOf: LengthOf): void {
    const before = this.playback(now, lengthOf);
    this.#devices = devices;
    if (before !== undefined && this.activeDevice === undefined) {
      this.#playback = { ...before, playing: false };
    }
  }

  obey(command: PlayerCommand["command"], target: Device, after: Playback): void {
    this.activate(target);
    this.#playback = after;
    this.#changedAt = after.at;
    this.record(command, target, after.at, after);
  }

  activate(target: Device): void {
    this.#devices = this.#devices.map((each) => ({ ...each, active: each.id === target.id }));
  }

  record(
    command: PlayerCommand["command"],
    target: Device,
    at: number,
    playback: Playback | undefined,
  ): void {
    this.#commands.push({
      command,
      at,
      deviceId: target.id,
      ...(command === "play" && { uris: [...(playback?.uris ?? [])] }),
      uri: playback?.uris[playback.index] ?? "",
      positionMs: playback?.positionMs ?? 0,
    });
    if (this.#commands.length > commandsKept) this.#commands.shift();
  }
}
