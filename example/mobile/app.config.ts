import type { ExpoConfig } from "expo/config";
import { AndroidConfig, withAndroidManifest } from "expo/config-plugins";

/** The host of share links, which opens the app: https://{host}/s/{showId}. */
const linkHost = process.env.EXPO_PUBLIC_LINK_HOST ?? "ambient.example";

/** Google's configuration files are not in this repository. A build service has them as files of its own. */
const { GOOGLE_SERVICES_PLIST, GOOGLE_SERVICES_JSON } = process.env;

const config: ExpoConfig = {
  name: "Ambient",
  slug: "ambient",
  scheme: "ambient",
  version: "0.1.0",
  orientation: "portrait",
  userInterfaceStyle: "automatic",
  ios: {
    bundleIdentifier: "com.example.ambient",
    googleServicesFile: GOOGLE_SERVICES_PLIST ?? "./GoogleService-Info.plist",
    associatedDomains: [`applinks:${linkHost}`],
    infoPlist: {
      NSMicrophoneUsageDescription: "Ambient uses the microphone while you are on stage.",
      // Voices continue while the screen is locked.
      UIBackgroundModes: ["audio", "remote-notification"],
    },
    // For push notifications. Xcode replaces it when it builds for the App Store.
    entitlements: { "aps-environment": "development" },
  },
  android: {
    package: "com.example.ambient",
    googleServicesFile: GOOGLE_SERVICES_JSON ?? "./google-services.json",
    permissions: [
      "RECORD_AUDIO",
      "MODIFY_AUDIO_SETTINGS",
      "POST_NOTIFICATIONS",
      "FOREGROUND_SERVICE",
      "FOREGROUND_SERVICE_MEDIA_PLAYBACK",
      "FOREGROUND_SERVICE_MICROPHONE",
    ],
    // WebRTC and Notifee bring them, and the app does not need them.
    blockedPermissions: [
      "android.permission.CAMERA",
      "android.permission.READ_EXTERNAL_STORAGE",
      "android.permission.WRITE_EXTERNAL_STORAGE",
      "android.permission.SYSTEM_ALERT_WINDOW",
      "android.permission.SCHEDULE_EXACT_ALARM",
    ],
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

/** The service of `useAudioSession` plays the voices and uses the microphone. Notifee's own type ends after three minutes. */
function withVoiceService(plain: ExpoConfig): ExpoConfig {
  return withAndroidManifest(plain, (changed) => {
    AndroidConfig.Manifest.ensureToolsAvailable(changed.modResults);
    const application = AndroidConfig.Manifest.getMainApplicationOrThrow(changed.modResults);
    const service = {
      $: {
        "android:name": "app.notifee.core.ForegroundService",
        "android:foregroundServiceType": "mediaPlayback|microphone",
        "tools:replace": "android:foregroundServiceType",
      },
    };
    const others = (application.service ?? []).filter(
      ({ $ }) => $["android:name"] !== service.$["android:name"],
    );
    application.service = [...others, service];
    return changed;
  });
}

export default withVoiceService(config);
