/**
 * The voices of a show in React Native, which has no WebRTC of its own: LiveKit brings it. Held against LiveKit's
 * published types as `reactNative.ts` is against React Native Firebase's.
 */
import { connectAudio, type Show, type ShowAudio } from "@ambient/client/core";
import { AudioSession, registerGlobals } from "@livekit/react-native";

// Once, where the app begins: LiveKit's client finds no WebRTC before.
registerGlobals();

export async function openSound(show: Show): Promise<ShowAudio> {
  // As they are by default, Android's session takes the focus and iOS's is alone: either pauses Spotify's app.
  await AudioSession.configureAudio({ android: { audioTypeOptions: { manageAudioFocus: false } } });
  await AudioSession.setAppleAudioConfiguration({
    audioCategory: "playback",
    audioCategoryOptions: ["mixWithOthers"],
  });
  await AudioSession.startAudioSession();
  const audio = connectAudio(show);
  audio.connection.subscribe((connection) => {
    if (connection !== "closed" && connection !== "none") return;
    // iOS keeps a session that still sounds, and `registerGlobals` has it end by itself.
    AudioSession.stopAudioSession().catch(() => undefined);
  });
  return audio;
}
