import type { AudioConnection, ShowAudio } from "@ambient/client/audio";
import { AudioSession, registerGlobals } from "@livekit/react-native";
import { useEffect } from "react";

// Once, before LiveKit's client looks for WebRTC.
registerGlobals();

const configured = configure();

/** The states in which this phone plays the voices, or is about to. */
const withVoices: readonly AudioConnection[] = ["connecting", "connected", "reconnecting"];

/** Starts the phone's audio session for the voices, and stops it once another device plays them or they are closed. */
export function useAudioSession({ connection }: ShowAudio): void {
  useEffect(() => {
    let isStarted = false;
    // Starting and stopping are asynchronous, and must not overtake each other.
    let line = configured;
    const start = (isWanted: boolean) => {
      if (isStarted === isWanted) return;
      isStarted = isWanted;
      // iOS refuses to stop a session that is still playing. `registerGlobals` makes LiveKit stop it by itself.
      line = line
        .then(isWanted ? AudioSession.startAudioSession : AudioSession.stopAudioSession)
        .catch(() => undefined);
    };
    const stopConnection = connection.subscribe((state) => {
      start(withVoices.includes(state));
    });
    return () => {
      stopConnection();
      start(false);
    };
  }, [connection]);
}

/** By default, Android's session takes the audio focus and iOS's excludes other apps; either would pause Spotify's app. */
async function configure(): Promise<void> {
  await AudioSession.configureAudio({ android: { audioTypeOptions: { manageAudioFocus: false } } });
  await AudioSession.setAppleAudioConfiguration({
    audioCategory: "playback",
    audioCategoryOptions: ["mixWithOthers"],
  });
}
