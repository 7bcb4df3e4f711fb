import { z } from "zod";
import type { LiveShow } from "../show/ShowContext.js";

const KEY = "sound";

/** From 0 to 1. */
const volume = z.number().min(0).max(1).default(1);
const stored = z.object({
  voices: volume,
  music: volume,
  microphoneId: z.string().optional(),
});
type Preferences = z.infer<typeof stored>;
type Sounding = Pick<LiveShow, "audio" | "player">;
/** What has a volume of its own. */
export type Source = "voices" | "music";

/** What the person chose on this device. */
export function soundPreferences(): Preferences {
  try {
    return stored.parse(JSON.parse(localStorage.getItem(KEY) ?? ""));
  } catch {
    return stored.parse({});
  }
}

function remember(choice: Partial<Preferences>): void {
  localStorage.setItem(KEY, JSON.stringify({ ...soundPreferences(), ...choice }));
}

export function preferVolume(live: Sounding, source: Source, volume: number): void {
  remember({ [source]: volume });
  setVolumes(live);
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
export function applySound(live: Sounding): void {
  const { microphoneId } = soundPreferences();
  const { audio } = live;
  setVolumes(live);
  // It may be unplugged: then another one is used, and the level shows whether it hears the person.
  if (microphoneId !== undefined) audio.chooseMicrophone(microphoneId).catch(() => undefined);
}

function setVolumes({ audio, player }: Sounding): void {
  const { voices, music } = soundPreferences();
  audio.setVolume(voices);
  player.setVolume(music);
}
