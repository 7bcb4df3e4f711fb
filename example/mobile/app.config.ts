import type { ExpoConfig } from "expo/config";

/** The host of share links, which opens the app: https://{host}/s/{showId}. */
const linkHost = process.env.EXPO_PUBLIC_LINK_HOST ?? "ambient.example";

const config: ExpoConfig = {
  name: "Ambient",
  slug: "ambient",
  scheme: "ambient",
  version: "0.1.0",
  orientation: "portrait",
  userInterfaceStyle: "automatic",
  ios: {
    bundleIdentifier: "com.example.ambient",
    // From the Firebase console. Not in this repository.
    googleServicesFile: "./GoogleService-Info.plist",
    associatedDomains: [`applinks:${linkHost}`],
    infoPlist: {
      NSMicrophoneUsageDescription: "Ambient uses the microphone while you are on stage.",
      // Voices go on while the screen is locked.
      UIBackgroundModes: ["audio", "remote-notification"],
    },
  },
  android: {
    package: "com.example.ambient",
    googleServicesFile: "./google-services.json",
    permissions: ["RECORD_AUDIO", "MODIFY_AUDIO_SETTINGS", "POST_NOTIFICATIONS"],
    intentFilters: [
      {
        action: "VIEW",
        autoVerify: true,
        data: [{ scheme: "https", host: linkHost, pathPrefix: "/s/" }],
        category: ["BROWSABLE", "DEFAULT"],
      },
    ],
  },
  web: { bundler: "metro", output: "single" },
  plugins: [
    "@react-native-firebase/app",
    "@react-native-firebase/auth",
    "@react-native-firebase/messaging",
    "@livekit/react-native-expo-plugin",
    "@config-plugins/react-native-webrtc",
    "expo-web-browser",
    // React Native Firebase needs frameworks.
    ["expo-build-properties", { ios: { useFrameworks: "static" } }],
  ],
};

export default config;
