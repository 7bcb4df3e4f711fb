import { z } from "zod";

const words = z.record(z.string(), z.string());
const priority = z.enum(["normal", "high", "NORMAL", "HIGH"]);

/** The fields of an HTTP v1 message that Ambient sends. Any other field is an error, as it is at FCM. */
const message = z.strictObject({
  token: z.string().min(1),
  notification: z.strictObject({ title: z.string(), body: z.string() }).partial().optional(),
  data: words.optional(),
  android: z
    .strictObject({
      priority,
      collapse_key: z.string(),
      ttl: z.string().regex(/^\d+(\.\d+)?s$/),
      notification: z.strictObject({ tag: z.string() }).partial(),
    })
    .partial()
    .optional(),
  apns: z
    .strictObject({ headers: words, payload: z.record(z.string(), z.unknown()) })
    .partial()
    .optional(),
  webpush: z
    .strictObject({ headers: words, notification: z.record(z.string(), z.unknown()) })
    .partial()
    .optional(),
});

/** The body of `POST /v1/projects/{project}/messages:send`. */
export const sendRequest = z.strictObject({ message, validate_only: z.boolean().optional() });
export type FcmMessage = z.infer<typeof message>;

/** https://firebase.google.com/docs/cloud-messaging/concept-options: 4,096 bytes. */
const LARGEST_PAYLOAD = 4_096;
/** https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns */
const LONGEST_COLLAPSE_ID = 64;

/** The error that FCM or APNs would find; null if there is none. */
export function problemOf({ notification, data, apns }: FcmMessage): string | null {
  const reserved = Object.keys(data ?? {}).find((key) =>
    /^(from|message_type|google\.|gcm\.)/.test(key),
  );
  if (reserved !== undefined) return `Invalid data payload key: ${reserved}`;
  const size = Buffer.byteLength(JSON.stringify({ notification, data }));
  if (size > LARGEST_PAYLOAD) return "Android message is too big";
  if (Buffer.byteLength(apns?.headers?.["apns-collapse-id"] ?? "") > LONGEST_COLLAPSE_ID) {
    return "apns-collapse-id must not exceed 64 bytes";
  }
  return null;
}
