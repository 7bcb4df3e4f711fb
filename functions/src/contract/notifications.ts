import { z } from "zod";
import { defineCallable } from "./callable.js";
import { documentId, personCard, timestamp, userId } from "./fields.js";

/**
 * What a notification says. A show of a followed creator, or with a reminder, is live. A show with a reminder has a new
 * time, or will not take place. Or a host invites the person to the stage while their app is closed.
 */
export const notificationKind = z.enum(["live", "moved", "cancelled", "invited"]);
export type NotificationKind = z.infer<typeof notificationKind>;

/** `users/{uid}/inbox/{notificationId}`: what a person was notified of, once per person and event. */
export const notificationDocument = z.object({
  kind: notificationKind.meta({ data: "notification" }),
  showId: documentId.meta({ data: "notification" }),
  title: z.string().describe("the show's title at that time").meta({ data: "announced" }),
  creatorUid: userId.meta({ data: "announced" }),
  creator: personCard.meta({ data: "announced" }),
  scheduledFor: timestamp
    .nullable()
    .describe("of a moved show: its new time")
    .meta({ data: "notification" }),
  createdAt: timestamp.meta({ data: "notification" }),
  pushAttempts: z
    .int()
    .nonnegative()
    .describe("how often the server has tried to notify the owner's devices")
    .meta({ data: "notification" }),
  readAt: timestamp.nullable().describe("the owner sets it").meta({ data: "notification" }),
  /** Firestore deletes it after this moment (`INBOX_RETENTION_DAYS`). */
  expiresAt: timestamp.meta({ data: "notification" }),
});
export type NotificationDocument = z.infer<typeof notificationDocument>;

/** `users/{uid}/reminders/{showId}`: that a person wants to be reminded of a scheduled show. */
export const reminderDocument = z.object({
  showId: documentId
    .describe("as in the path, so that everybody to be reminded can be found")
    .meta({ data: "reminder" }),
  createdAt: timestamp.meta({ data: "reminder" }),
});

const minuteOfDay = z.int().min(0).max(1_439).describe("minutes after midnight");

/** No push in these hours of every day in the person's time zone. `until` may be the next morning. */
export const quietHours = z.object({ from: minuteOfDay, until: minuteOfDay });
export type QuietHours = z.infer<typeof quietHours>;

/** A rule of thumb for a name: a zone that the server does not know counts as UTC. */
const timeZone = z
  .string()
  .regex(/^[A-Za-z0-9_+/-]{1,64}$/, "must be an IANA time zone, such as Europe/Berlin");

/**
 * `users/{uid}/private/notifications`: how a person wants to be notified. The owner writes `push` and `quietHours`. The
 * inbox has every notification, whatever these say.
 */
export const notificationSettingsDocument = z.object({
  push: z
    .boolean()
    .default(true)
    .describe("whether phones get notifications")
    .meta({ data: "notificationSettings" }),
  quietHours: quietHours.nullable().default(null).meta({ data: "notificationSettings" }),
  timeZone: z
    .string()
    .default("UTC")
    .describe("that of the device that registered last; an unknown one counts as UTC")
    .meta({ data: "notificationSettings" }),
  sent: z
    .object({ day: z.string().describe("YYYY-MM-DD in UTC"), count: z.int().nonnegative() })
    .optional()
    .describe("the server's: how many were pushed on that day")
    .meta({ data: "notificationSettings" }),
});
export type NotificationSettings = z.infer<typeof notificationSettingsDocument>;

export const platform = z.enum(["ios", "android", "web"]);

/** `devices/{deviceId}`: an app that receives a person's notifications. The id is a hash of its token. */
export const deviceDocument = z.object({
  uid: userId.meta({ data: "device" }),
  token: z.string().describe("the app's registration token at FCM").meta({ data: "device" }),
  platform: platform.meta({ data: "device" }),
  language: z.string().describe("BCP 47").meta({ data: "device" }),
  updatedAt: timestamp.meta({ data: "device" }),
  /** Firestore deletes it after this moment: an app registers at each start, and FCM advises to drop stale tokens. */
  expiresAt: timestamp.meta({ data: "device" }),
});
export type DeviceDocument = z.infer<typeof deviceDocument>;

/** FCM does not say how long a token may be; today's have fewer than 200 characters. */
const registrationToken = z
  .string()
  .regex(/^[\w:.-]{1,4096}$/, "must be a registration token of FCM");

export const registerDevice = defineCallable({
  name: "registerDevice",
  summary:
    "Sends the caller's notifications to this app from now on. A token belongs to the account that registered it last. Apps call it at each start, and when FCM gives them a new token.",
  who: "self",
  request: z.strictObject({
    token: registrationToken,
    replaces: registrationToken
      .optional()
      .describe("the app's previous token, which is forgotten if it is the caller's"),
    platform,
    language: z
      .string()
      .regex(/^[A-Za-z0-9-]{2,35}$/, "must be a BCP 47 language tag")
      .describe("in which this device shows notifications"),
    timeZone: timeZone.describe("the device's, for quiet hours and the times in notifications"),
  }),
  response: z.strictObject({}),
  limit: "registerDevice",
  enabledAccountOnly: true,
  reasons: ["ACCOUNT_DISABLED", "RATE_LIMITED", "PROFILE_NOT_FOUND", "ACCOUNT_DELETION_PENDING"],
});

export const unregisterDevice = defineCallable({
  name: "unregisterDevice",
  summary:
    "Sends no more notifications to this app. Apps call it before they sign out. Another account's token stays.",
  who: "self",
  request: z.strictObject({ token: registrationToken }),
  response: z.strictObject({}),
  limit: "registerDevice",
  suspension: "ignored",
  reasons: ["RATE_LIMITED"],
});
