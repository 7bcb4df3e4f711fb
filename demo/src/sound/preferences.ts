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

function remember(choice: Partial<Preferences>): void {
  localStorage.setItem(KEY, JSON.stringify({ ...soundPreferences(), ...choice }));
}

export function preferVolume(live: LiveShow, volume: number): void {
  remember({ volume });
  setVolume(live, volume);
}

/** Remembers a microphone. A show that is on must be able to switch to it. */
export async function preferMicrophone(
  audio: LiveShow["audio"] | undefined,
  microphoneId: string,
): Promise<void> {
  await audio?.chooseMicrophone(microphoneId);
  remember({ microphoneId });
}

/** Applies what the person chose earlier. */
export function applySound(live: LiveShow): void {
  const { volume, microphoneId } = soundPreferences();
  const { audio } = live;
  setVolume(live, volume);
  // It may be unplugged: then another one is used, and the level shows whether it hears the person.
  if (microphoneId !== undefined) audio.chooseMicrophone(microphoneId).catch(() => undefined);
}

function setVolume({ audio, player }: LiveShow, volume: number): void {
  audio.setVolume(volume);
  player.setVolume(volume);
}
