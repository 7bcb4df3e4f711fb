import { z } from "zod";
import { controlCaller } from "../control/controlCaller.js";

/** What a device has received. */
export const receivedMessage = z.object({
  token: z.string(),
  title: z.string(),
  body: z.string(),
  data: z.record(z.string(), z.string()),
  collapseKey: z.string().nullable(),
});
export type ReceivedMessage = z.infer<typeof receivedMessage>;

export const fcmErrorCode = z.enum([
  "INVALID_ARGUMENT",
  "UNREGISTERED",
  "SENDER_ID_MISMATCH",
  // Not one of FCM's own: the project may not use FCM, as Google's API layer says before FCM sees the message.
  "PERMISSION_DENIED",
  "QUOTA_EXCEEDED",
  "UNAVAILABLE",
  "INTERNAL",
  "THIRD_PARTY_AUTH_ERROR",
]);
export type FcmErrorCode = z.infer<typeof fcmErrorCode>;

/** FCM's error for the next `times` messages, of one token if it is named. */
export const fcmFault = z.strictObject({
  errorCode: fcmErrorCode,
  times: z.int().positive(),
  token: z.string().optional(),
  retryAfterSeconds: z.int().positive().optional(),
});
export type FcmFault = z.infer<typeof fcmFault>;

/** A test's control of a running local FCM. */
export interface FcmControl {
  /** A new app, as an SDK's `getToken` would register it. */
  installApp(): Promise<string>;
  /** The app is gone: FCM answers UNREGISTERED from now on. */
  uninstallApp(token: string): Promise<void>;
  /** An app's messages, once there are at least `atLeast`. */
  messages(token: string, atLeast?: number): Promise<readonly ReceivedMessage[]>;
  /** How many requests FCM has had, failed ones included. */
  requests(): Promise<number>;
  fail(fault: FcmFault): Promise<void>;
  clearFaults(): Promise<void>;
}

export function fcmControl(url: string): FcmControl {
  const { send, post, remove } = controlCaller(url);
  const read = async (path: string): Promise<unknown> => JSON.parse(await send("GET", path));
  return {
    installApp: async () =>
      z.object({ token: z.string() }).parse(JSON.parse(await send("POST", "apps", {}))).token,
    uninstallApp: (token) => remove(`apps?token=${encodeURIComponent(token)}`),
    messages: async (token, atLeast = 0) =>
      z
        .array(receivedMessage)
        .parse(await read(`messages?token=${encodeURIComponent(token)}&atLeast=${atLeast}`)),
    requests: async () => z.object({ requests: z.number() }).parse(await read("requests")).requests,
    fail: (fault) => post("faults", fault),
    clearFaults: () => remove("faults"),
  };
}
