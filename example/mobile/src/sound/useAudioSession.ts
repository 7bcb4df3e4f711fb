import type { ShowAudio } from "@ambient/client/audio";

/** Browsers need no session. */
export function useAudioSession(_audio: ShowAudio, _title: string): void {
  // Nothing to start.
}
