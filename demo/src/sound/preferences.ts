import { z } from "zod";
import type { LiveShow } from "../show/ShowContext.js";

const KEY = "sound";

const stored = z.object({
  /** From 0 to 1. */
  volume: z.number().min(0).max(1),
  microphoneId: z.string().optional(),
});
type Preferences = z.infer<typeof stored>;

/** What the person chose on this device. */
export function soundPreferences(): Preferences {
  try {
    return stored.parse(JSON.parse(localStorage.getItem(KEY) ?? ""));
  } catch {
    return { volume: 1 };
  }
}

/** Remembers a choice, and applies it to the show. */
export function preferSound(live: LiveShow, choice: Partial<Preferences>): void {
  localStorage.setItem(KEY, JSON.stringify({ ...soundPreferences(), ...choice }));
  applySound(live);
}

export function applySound({ audio, player }: LiveShow): void {
  const { volume, microphoneId } = soundPreferences();
  audio.setVolume(volume);
  player.setVolume(volume);
  // The microphone that is in use stays, and the level shows it.
  if (microphoneId !== undefined) audio.chooseMicrophone(microphoneId).catch(() => undefined);
}
