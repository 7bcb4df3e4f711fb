import type { AudioConnection, ShowAudio } from "@ambient/client/audio";
import { AudioSession, registerGlobals } from "@livekit/react-native";
import { useEffect } from "react";
import { startVoiceService, stopVoiceService } from "./voiceService";

// Once, before LiveKit's client looks for WebRTC.
registerGlobals();

const configured = configure();

/** The states in which this phone plays the voices, or is about to. */
const withVoices: readonly AudioConnection[] = ["connecting", "connected", "reconnecting"];

type Use = "none" | "listening" | "speaking";

/**
 * Starts the phone's audio session for the voices, and keeps the app alive in the background. Stops both once another
 * device plays the voices or they are closed.
 */
export function useAudioSession({ connection, microphone }: ShowAudio, title: string): void {
  useEffect(() => {
    let use: Use = "none";
    // The steps are asynchronous, and must not overtake each other.
    let line = configured;
    const change = (next: Use) => {
      if (use === next) return;
      const before = use;
      use = next;
      line = line.then(() => step(before, next, title)).catch(() => undefined);
    };
    const look = () => {
      const isOn = microphone.current === "on";
      change(withVoices.includes(connection.current) ? (isOn ? "speaking" : "listening") : "none");
    };
    const stops = [connection.subscribe(look), microphone.subscribe(look)];
    return () => {
      for (const stop of stops) stop();
      change("none");
    };
  }, [connection, microphone, title]);
}

async function step(before: Use, next: Use, title: string): Promise<void> {
  if (next === "none") {
    await stopVoiceService();
    // iOS refuses to stop a session that is still playing. `registerGlobals` makes LiveKit stop it by itself.
    await AudioSession.stopAudioSession();
    return;
  }
  if (before === "none") await AudioSession.startAudioSession();
  await startVoiceService(title, next === "speaking");
}

/** By default, Android's session takes the audio focus and iOS's excludes other apps; either would pause Spotify's app. */
async function configure(): Promise<void> {
  await AudioSession.configureAudio({ android: { audioTypeOptions: { manageAudioFocus: false } } });
  await AudioSession.setAppleAudioConfiguration({
    audioCategory: "playback",
    audioCategoryOptions: ["mixWithOthers"],
  });
}
