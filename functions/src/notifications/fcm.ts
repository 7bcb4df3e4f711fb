import { z } from "zod";
import type { Message, Messaging, SendResponse } from "firebase-admin/messaging";
import type { Clock } from "../clock.js";
import type { PushMessage, PushOutcome, PushSender } from "../ports/pushSender.js";
import { log } from "../log.js";

/**
 * What FCM's errors mean for a token. The SDK itself repeats requests that end with 503.
 * https://firebase.google.com/docs/cloud-messaging/error-codes
 */
const outcomes: Readonly<Record<string, PushOutcome>> = {
  "messaging/registration-token-not-registered": "gone",
  "messaging/invalid-registration-token": "gone",
  "messaging/invalid-argument": "refused",
  "messaging/invalid-payload": "refused",
  "messaging/payload-size-limit-exceeded": "refused",
};

/** FCM's answer to a message that it did not accept. */
const failedAnswer = z.object({
  error: z.object({
    message: z.string().optional(),
    details: z.array(z.looseObject({ errorCode: z.string().optional() })).default([]),
  }),
});

/** Sends through Firebase Cloud Messaging's HTTP v1 API. */
export function fcmSender(
  messaging: Pick<Messaging, "sendEach">,
  clock: Pick<Clock, "now">,
): PushSender {
  return {
    async send(messages) {
      if (messages.length === 0) return { outcomes: [], retryAfterMs: 0 };
      const { responses } = await messaging.sendEach(
        messages.map((message) => asFcmMessage(message, clock.now())),
      );
      logFailures(responses);
      return {
        outcomes: responses.map(outcomeOf),
        retryAfterMs: Math.max(0, ...responses.map(retryAfterMsOf)),
      };
    },
  };
}

function outcomeOf({ success, error }: SendResponse): PushOutcome {
  if (success) return "sent";
  if (error && namesToken(error)) return "gone";
  // Otherwise FCM or the network is down, a quota is used up, or a key or a permission is wrong, which the operator can fix.
  return outcomes[error?.code ?? ""] ?? "later";
}

/**
 * Whether FCM refuses the token itself, under a code that the SDK also gives to other errors. Without a permission of the
 * project, every message ends with `mismatched-credential`, as if all tokens were another project's.
 */
function namesToken({ code, httpResponse }: NonNullable<SendResponse["error"]>): boolean {
  const { data: answer } = failedAnswer.safeParse(httpResponse?.data);
  if (code === "messaging/mismatched-credential") {
    return (
      answer?.error.details.some(({ errorCode }) => errorCode === "SENDER_ID_MISMATCH") ?? false
    );
  }
  // FCM has no code of its own for a malformed token. https://github.com/firebase/firebase-admin-java/issues/1064
  return (
    code === "messaging/invalid-argument" &&
    /\bnot a valid FCM registration token\b/.test(answer?.error.message ?? "")
  );
}

/** One line, however many messages failed. */
function logFailures(responses: readonly SendResponse[]): void {
  const failed = responses.filter(
    (response) => !response.success && outcomeOf(response) !== "gone",
  );
  if (failed.length === 0) return;
  const byCode = Map.groupBy(failed, ({ error }) => error?.code ?? "unknown");
  const codes = Object.fromEntries([...byCode].map(([code, some]) => [code, some.length]));
  log("WARNING", "pushes not sent", { codes });
}

function retryAfterMsOf({ error }: SendResponse): number {
  // FirebaseError's headers are those of Node, in lower case.
  const seconds = Number(error?.httpResponse?.headers["retry-after"] ?? 0);
  return Number.isFinite(seconds) ? seconds * 1_000 : 0;
}

function asFcmMessage(message: PushMessage, now: number): Message {
  const { token, title, body, data, collapseKey, ttlSeconds } = message;
  return {
    token,
    notification: { title, body },
    data: { ...data },
    android: {
      priority: "high",
      collapseKey,
      ttl: ttlSeconds * 1_000,
      notification: { tag: collapseKey },
    },
    apns: {
      headers: {
        "apns-collapse-id": collapseKey,
        "apns-expiration": `${Math.floor(now / 1_000) + ttlSeconds}`,
      },
      payload: { aps: { sound: "default" } },
    },
    webpush: {
      headers: { TTL: `${ttlSeconds}`, Urgency: "high" },
      notification: { tag: collapseKey },
    },
  };
}
