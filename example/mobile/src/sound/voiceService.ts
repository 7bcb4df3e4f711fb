import notifee, {
  AndroidForegroundServiceType as Type,
  AndroidImportance,
} from "@notifee/react-native";
import { Platform } from "react-native";

const ID = "voices";
const hasService = Platform.OS === "android";

// Android keeps the app alive until the service is stopped, whatever this does.
notifee.registerForegroundService(() => new Promise(() => undefined));

/**
 * Keeps the app alive in the background on Android, with a notification. The microphone must be named while it is on, and
 * may not be named before the person has allowed it. iOS needs only its background mode.
 */
export async function startVoiceService(title: string, hasMicrophone: boolean): Promise<void> {
  if (!hasService) return;
  await notifee.createChannel({
    id: ID,
    name: "Your current show",
    importance: AndroidImportance.LOW,
  });
  const playback = Type.FOREGROUND_SERVICE_TYPE_MEDIA_PLAYBACK;
  await notifee.displayNotification({
    id: ID,
    title,
    body: hasMicrophone ? "You're live" : "You're listening",
    android: {
      channelId: ID,
      asForegroundService: true,
      foregroundServiceTypes: hasMicrophone
        ? [playback, Type.FOREGROUND_SERVICE_TYPE_MICROPHONE]
        : [playback],
      ongoing: true,
      pressAction: { id: "default" },
    },
  });
}

export async function stopVoiceService(): Promise<void> {
  if (hasService) await notifee.stopForegroundService();
}
