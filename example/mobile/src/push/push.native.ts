import type { Ambient } from "@ambient/client/core";
import {
  // oxlint-disable-next-line typescript/no-deprecated -- without another package, nothing else asks on iOS
  AuthorizationStatus,
  getInitialNotification,
  getMessaging,
  getToken,
  onNotificationOpenedApp,
  onTokenRefresh,
  // oxlint-disable-next-line typescript/no-deprecated -- as above
  requestPermission,
} from "@react-native-firebase/messaging";
import { PermissionsAndroid, Platform } from "react-native";
import type { LinkSource } from "../links/links";
import { routeOfPush } from "../links/route";

/** Taps on notifications. */
export const pushLinks: LinkSource = {
  async initial() {
    const message = await getInitialNotification(getMessaging());
    return message ? routeOfPush(message.data ?? {}) : undefined;
  },
  subscribe: (next) =>
    onNotificationOpenedApp(getMessaging(), ({ data }) => {
      next(routeOfPush(data ?? {}));
    }),
};

let refreshes: (() => void) | undefined;

/** Asks for the permission and registers this phone. Call it at each start: the server drops tokens after a while. */
export async function registerForPush(ambient: Ambient): Promise<void> {
  if (!(await mayNotify())) return;
  const messaging = getMessaging();
  const register = (token: string) =>
    ambient.notifications.register({
      token,
      platform: Platform.OS === "ios" ? "ios" : "android",
      language: Intl.DateTimeFormat().resolvedOptions().locale,
    });
  refreshes ??= onTokenRefresh(messaging, (token) => {
    register(token).catch(() => undefined);
  });
  await register(await getToken(messaging));
}

async function mayNotify(): Promise<boolean> {
  if (Platform.OS === "android") {
    // Before version 13 there is nothing to ask.
    if (Platform.Version < 33) return true;
    const { GRANTED } = PermissionsAndroid.RESULTS;
    return (await PermissionsAndroid.request("android.permission.POST_NOTIFICATIONS")) === GRANTED;
  }
  // oxlint-disable-next-line typescript/no-deprecated -- as above
  const { AUTHORIZED, PROVISIONAL } = AuthorizationStatus;
  // oxlint-disable-next-line typescript/no-deprecated -- as above
  const status = await requestPermission(getMessaging());
  return status === AUTHORIZED || status === PROVISIONAL;
}

/** The token to take back at sign-out. */
export async function pushToken(): Promise<string | undefined> {
  return getToken(getMessaging()).catch(() => undefined);
}
