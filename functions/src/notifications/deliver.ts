import { GrpcStatus } from "firebase-admin/firestore";
import { attemptAll } from "../attemptAll.js";
import type { Dependencies } from "../dependencies.js";
import { hasStatus } from "../grpcStatus.js";
import type { PushAnswer, PushMessage } from "../ports/pushSender.js";
import type { NotifyTask } from "../tasks/tasks.js";
import { type AnnouncedEvent, FRESH_SECONDS } from "./announcedEvent.js";
import { knownTimeZone } from "./mayPush.js";
import type { Recipient } from "./recipients.js";
import { wordsFor } from "./words.js";
import { log } from "../log.js";

/** The largest batch that FCM accepts from its SDKs. */
const MESSAGES_AT_ONCE = 500;
/** After QUOTA_EXCEEDED, FCM asks for a pause of at least a minute, and for longer ones after that. */
const FIRST_PAUSE_MS = 60_000;
const MAX_ATTEMPTS = 5;

/**
 * Sends an event to devices. A device that FCM no longer knows is forgotten, and a later task retries those that FCM could not reach.
 */
export async function deliver(
  { push, clock, tasks }: Pick<Dependencies, "push" | "clock" | "tasks">,
  event: AnnouncedEvent,
  recipients: readonly Recipient[],
  task: NotifyTask,
  { source, attempt }: Pick<Extract<NotifyTask["to"], { group: "devices" }>, "source" | "attempt">,
): Promise<void> {
  const counts = { sent: 0, gone: 0, later: 0, refused: 0 };
  let retryAfterMs = 0;
  const later: Recipient[] = [];
  const gone: Recipient[] = [];
  for (let first = 0; first < recipients.length; first += MESSAGES_AT_ONCE) {
    const some = recipients.slice(first, first + MESSAGES_AT_ONCE);
    const messages = some.map((recipient) => messageFor(event, recipient));
    const answer = await push.send(messages).catch(nothingSent);
    retryAfterMs = Math.max(retryAfterMs, answer.retryAfterMs);
    for (const [index, recipient] of some.entries()) {
      const outcome = answer.outcomes[index] ?? "later";
      counts[outcome] += 1;
      if (outcome === "later") later.push(recipient);
      if (outcome === "gone") gone.push(recipient);
    }
  }
  if (recipients.length > 0)
    log("INFO", "notified", { showId: event.showId, kind: event.kind, attempt, ...counts });
  if (later.length > 0 && attempt < MAX_ATTEMPTS) {
    const pauseMs = Math.max(retryAfterMs, FIRST_PAUSE_MS * 2 ** (attempt - 1));
    const dueAt = clock.now() + pauseMs;
    const devices = later.map(({ ref, device: { uid } }) => ({ deviceId: ref.id, uid }));
    const to = { group: "devices", source, devices, attempt: attempt + 1 } as const;
    await tasks.notify.enqueue({ ...task, to }, dueAt);
  }
  await attemptAll(gone, forget);
}

/** The attempt is claimed, so a repetition of this task would not send the messages: the next attempt does. */
function nothingSent(error: unknown): PushAnswer {
  log("WARNING", "pushes not sent", { error: String(error) });
  return { outcomes: [], retryAfterMs: 0 };
}

function messageFor(
  event: AnnouncedEvent,
  { device: { token, language }, settings: { timeZone } }: Recipient,
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

/** Deletes the device, unless the app has registered again since. */
async function forget({ ref, updateTime }: Recipient): Promise<void> {
  try {
    await ref.delete(updateTime && { lastUpdateTime: updateTime });
  } catch (error) {
    if (!hasStatus(error, GrpcStatus.FAILED_PRECONDITION, GrpcStatus.NOT_FOUND)) throw error;
  }
}
