import { connectAudio, type ShowAudio } from "@ambient/client/audio";
import type { Show } from "@ambient/client/core";
import { AudioSession, registerGlobals } from "@livekit/react-native";

// Once, before LiveKit's client looks for WebRTC.
registerGlobals();

/** The voices of a show, on a phone. */
export async function openSound(show: Show): Promise<ShowAudio> {
  // By default, Android's session takes the audio focus and iOS's excludes other apps; either would pause Spotify's app.
  await AudioSession.configureAudio({ android: { audioTypeOptions: { manageAudioFocus: false } } });
  await AudioSession.setAppleAudioConfiguration({
    audioCategory: "playback",
    audioCategoryOptions: ["mixWithOthers"],
  });
  await AudioSession.startAudioSession();
  const audio = connectAudio(show);
  audio.connection.subscribe((connection) => {
    if (connection !== "closed" && connection !== "none") return;
    // iOS refuses to stop a session that is still playing. `registerGlobals` makes LiveKit stop it by itself.
    AudioSession.stopAudioSession().catch(() => undefined);
  });
  return audio;
}
