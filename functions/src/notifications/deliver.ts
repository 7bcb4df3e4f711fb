import { type DocumentReference, GrpcStatus, type Timestamp } from "firebase-admin/firestore";
import { info as logInfo } from "firebase-functions/logger";
import { attemptAll } from "../attemptAll.js";
import type { DeviceDocument } from "../contract/notifications.js";
import type { Dependencies } from "../dependencies.js";
import { hasStatus } from "../grpcStatus.js";
import type { PushMessage } from "../ports/pushSender.js";
import type { NotifyTask } from "../tasks/tasks.js";
import { type AnnouncedEvent, FRESH_SECONDS } from "./announcedEvent.js";
import { knownTimeZone } from "./mayPush.js";
import { wordsFor } from "./words.js";

/** FCM takes so many messages at once from its SDKs. */
const MESSAGES_AT_ONCE = 500;
/** FCM asks for a minute at least after QUOTA_EXCEEDED, and for ever longer pauses. */
const FIRST_PAUSE_MS = 60_000;
const MAX_ATTEMPTS = 5;

/** A device, as it was at `updateTime`, and the time zone of its owner. */
export interface Recipient {
  readonly ref: DocumentReference;
  readonly device: DeviceDocument;
  readonly updateTime: Timestamp | undefined;
  readonly timeZone: string;
}

/**
 * Sends an event to devices. A device that FCM no longer knows is forgotten, and a later task tries those again that FCM
 * could not reach yet.
 */
export async function deliver(
  { push, clock, tasks }: Pick<Dependencies, "push" | "clock" | "tasks">,
  event: AnnouncedEvent,
  recipients: readonly Recipient[],
  task: NotifyTask,
  attempt: number,
): Promise<void> {
  const counts = { sent: 0, gone: 0, later: 0, refused: 0 };
  let retryAfterMs = 0;
  const later: Recipient[] = [];
  const gone: Recipient[] = [];
  for (let first = 0; first < recipients.length; first += MESSAGES_AT_ONCE) {
    const some = recipients.slice(first, first + MESSAGES_AT_ONCE);
    const answer = await push.send(some.map((recipient) => messageFor(event, recipient)));
    retryAfterMs = Math.max(retryAfterMs, answer.retryAfterMs);
    for (const [index, recipient] of some.entries()) {
      const outcome = answer.outcomes[index] ?? "later";
      counts[outcome] += 1;
      if (outcome === "later") later.push(recipient);
      if (outcome === "gone") gone.push(recipient);
    }
  }
  if (recipients.length > 0)
    logInfo("notified", { showId: event.showId, kind: event.kind, attempt, ...counts });
  if (later.length > 0 && attempt < MAX_ATTEMPTS) {
    const pauseMs = Math.max(retryAfterMs, FIRST_PAUSE_MS * 2 ** (attempt - 1));
    const dueAt = clock.now() + pauseMs;
    const devices = later.map(({ ref, device: { uid } }) => ({ deviceId: ref.id, uid }));
    const to = { group: "devices", devices, attempt: attempt + 1 } as const;
    await tasks.notify.enqueue({ ...task, to }, dueAt);
  }
  await attemptAll(gone, forget);
}

function messageFor(
  event: AnnouncedEvent,
  { device: { token, language }, timeZone }: Recipient,
): PushMessage {
  const { kind, showId, creatorUid } = event;
  return {
    token,
    ...wordsFor(event, language, knownTimeZone(timeZone)),
    data: { kind, showId, creatorUid },
    collapseKey: showId,
    ttlSeconds: FRESH_SECONDS[kind],
  };
}

/** Unless the app has registered again meanwhile. */
async function forget({ ref, updateTime }: Recipient): Promise<void> {
  try {
    await ref.delete(updateTime && { lastUpdateTime: updateTime });
  } catch (error) {
    if (!hasStatus(error, GrpcStatus.FAILED_PRECONDITION, GrpcStatus.NOT_FOUND)) throw error;
  }
}
