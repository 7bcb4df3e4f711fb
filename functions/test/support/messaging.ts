import { randomUUID } from "node:crypto";
import { deleteApp, initializeApp } from "firebase-admin/app";
import { getMessaging } from "firebase-admin/messaging";
import { fcmControl, type FcmControl } from "../../../local/fcm/control.js";
import { reachLocalFcm } from "../../../local/fcm/reachLocalFcm.mjs";
import { startLocalFcm } from "../../../local/fcm/server.js";
import { fcmSender } from "../../src/notifications/fcm.js";
import type { PushSender } from "../../src/ports/pushSender.js";
import { systemClock } from "../../src/clock.js";

export interface LocalMessaging extends FcmControl {
  /** The production adapter, over the real Admin SDK. */
  readonly push: PushSender;
  readonly url: string;
  /** FCM cannot be reached any more. */
  stopServer(): Promise<void>;
  close(): Promise<void>;
}

/** The Admin SDK's messaging, connected to an FCM of the test's own. */
export async function localMessaging(): Promise<LocalMessaging> {
  const server = await startLocalFcm();
  const restore = reachLocalFcm(server.url);
  const credential = {
    getAccessToken: () => Promise.resolve({ access_token: "local", expires_in: 3_600 }),
  };
  const app = initializeApp({ projectId: "demo-ambient", credential }, randomUUID());
  return {
    ...fcmControl(server.url),
    push: fcmSender(getMessaging(app), systemClock),
    url: server.url,
    stopServer: () => server.close(),
    async close() {
      restore();
      await deleteApp(app);
      await server.close().catch(() => undefined);
    },
  };
}
