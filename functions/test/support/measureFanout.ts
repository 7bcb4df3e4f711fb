import { Timestamp } from "firebase-admin/firestore";
import {
  deviceRef,
  devicesRef,
  followRef,
  notificationSettingsRef,
  userRef,
} from "../../src/collections.js";
import { announceShow } from "../../src/notifications/announce.js";
import { deviceIdOf } from "../../src/notifications/deviceId.js";
import { notify } from "../../src/notifications/notify.js";
import { notifyQueue } from "../../src/tasks/queues.js";
import type { NotifyTask } from "../../src/tasks/tasks.js";
import { quietFirestore, showIn, somebody } from "./backstage.js";
import { countReads } from "./countReads.js";
import { failRequests } from "./failRequests.js";
import { localMessaging } from "./messaging.js";
import { showEdges } from "./showEdges.js";

/** So many of a run's requests to Firestore fail: one in this number. */
const FAILING_REQUESTS = 40;

export interface Fanout {
  readonly followers: number;
  readonly tasks: number;
  readonly fcmRequests: number;
  readonly reads: number;
  readonly writes: number;
  /** Devices that FCM no longer knew, and that were deleted. */
  readonly pruned: number;
  readonly unpruned: number;
  readonly msPer1000: number;
  readonly rough: RoughRun;
  /** Of the queue. */
  readonly rateLimits: typeof notifyQueue.rateLimits;
}

/** What came of a show of which everything was dispatched twice at once, and much failed. */
interface RoughRun {
  readonly runs: number;
  readonly failedRuns: number;
  readonly failedRequests: number;
  readonly refusedByQuota: number;
  /** Of both shows: messages that a device got again, and devices that got none although FCM knows them. */
  readonly duplicates: number;
  readonly missed: number;
}

/** Goes live for so many followers: once counting what that takes, and once with failures and repetitions. */
export async function measureFanout(
  {
    followers,
    goneShare,
    quotaShare,
  }: { readonly followers: number; readonly goneShare: number; readonly quotaShare: number },
  report: (line: string) => void,
): Promise<Fanout> {
  const firestore = quietFirestore();
  const fcm = await localMessaging();
  const edges = showEdges(firestore);
  const deps = {
    ...edges,
    push: fcm.push,
    notificationsPerDay: 10,
    inboxRetentionMs: 86_400_000,
  };
  const now = Timestamp.fromMillis(deps.clock.now());
  const ada = await somebody("Ada", firestore);
  const profile = (await userRef(firestore, ada.uid).get()).data();
  if (!profile) throw new Error("Ada has no profile");

  report(`writing ${followers} followers, each with a device`);
  const tokens: string[] = [];
  const writer = firestore.bulkWriter();
  for (let index = 0; index < followers; index += 1) {
    const uid = `spotify_follower-${index}`;
    const token = await fcm.installApp();
    tokens.push(token);
    void writer.set(userRef(firestore, uid), profile);
    void writer.set(followRef(firestore, uid, ada.uid), { createdAt: now, creatorUid: ada.uid });
    void writer.set(notificationSettingsRef(firestore, uid), {
      push: true,
      quietHours: null,
      timeZone: "UTC",
    });
    void writer.set(deviceRef(firestore, deviceIdOf(token)), {
      uid,
      token,
      platform: "ios",
      language: "en",
      updatedAt: now,
      expiresAt: now,
    });
  }
  await writer.close();
  const gone = tokens.slice(0, Math.round(followers * goneShare));
  for (const token of gone) await fcm.uninstallApp(token);

  /** A show goes live, and the event of that comes so many times. */
  const goLive = async (events: number) => {
    const showId = await showIn("scheduled", ada, { scheduledFor: now }, firestore);
    const ref = firestore.doc(`shows/${showId}`);
    const before = await ref.get();
    const startedAt = Timestamp.fromMillis(deps.clock.now());
    await ref.update({ status: "live", startedAt, updatedAt: startedAt });
    const after = await ref.get();
    for (let event = 0; event < events; event += 1) await announceShow(deps, showId, before, after);
  };
  const runTasks = (dispatches: number) =>
    dispatchAll(edges, (task) => notify(deps, task), dispatches);

  report("going live");
  const reads = countReads(firestore);
  const started = performance.now();
  await goLive(1);
  const { runs: tasks } = await runTasks(1);
  const elapsedMs = performance.now() - started;
  const counted = { tasks, reads: reads.stop() };
  const fcmRequests = await fcm.requests();
  const inboxes = (await firestore.collectionGroup("inbox").count().get()).data().count;
  const left = (await devicesRef(firestore).count().get()).data().count;

  report("going live again: each event and task twice at once, and much fails");
  const times = Math.round(followers * quotaShare);
  await fcm.fail({ errorCode: "QUOTA_EXCEEDED", times });
  await goLive(2);
  const failing = failRequests(firestore, (request) => request % FAILING_REQUESTS === 0);
  const { runs, failedRuns } = await runTasks(2);
  const failedRequests = Math.floor(failing.stop() / FAILING_REQUESTS);

  const live = tokens.slice(gone.length);
  const received = await Promise.all(
    live.map(async (token) => (await fcm.messages(token)).map(({ data }) => data.showId)),
  );
  const shows = received.map((showIds) => new Set(showIds).size);
  await fcm.close();
  await firestore.terminate();
  return {
    followers,
    ...counted,
    // An entry for each follower; the attempt and the day's count for each device; and the deletion of devices that are gone.
    writes: inboxes + 2 * fcmRequests + followers - left,
    fcmRequests,
    pruned: followers - left,
    unpruned: left - live.length,
    msPer1000: Math.round(elapsedMs / (followers / 1_000)),
    rough: {
      runs,
      failedRuns,
      failedRequests,
      refusedByQuota: times,
      duplicates: received.reduce(
        (sum, { length }, index) => sum + length - (shows[index] ?? 0),
        0,
      ),
      missed: shows.filter((count) => count < 2).length,
    },
    rateLimits: notifyQueue.rateLimits,
  };
}

/**
 * Runs tasks as the queue does: each name once, so many at once, and a task that fails again. Each is dispatched so many
 * times at once. Time passes to the next task that is due.
 */
async function dispatchAll(
  { queued, clock }: ReturnType<typeof showEdges>,
  run: (task: NotifyTask) => Promise<void>,
  dispatches: number,
): Promise<{ readonly runs: number; readonly failedRuns: number }> {
  const { maxConcurrentDispatches } = notifyQueue.rateLimits;
  const { maxAttempts } = notifyQueue.retryConfig;
  const names = new Set<string>();
  const running = new Set<Promise<void>>();
  let runs = 0;
  let failedRuns = 0;
  const attempt = async (task: NotifyTask): Promise<void> => {
    for (let made = 0; made < maxAttempts; made += 1) {
      runs += 1;
      try {
        await run(task);
        return;
      } catch {
        failedRuns += 1;
      }
    }
  };
  for (;;) {
    const due = queued.notify.findIndex(({ dueAt }) => dueAt <= clock.now());
    if (due >= 0 && running.size < maxConcurrentDispatches) {
      const [found] = queued.notify.splice(due, 1);
      const name = JSON.stringify(found);
      if (!found || names.has(name)) continue;
      const { dueAt: _dueAt, ...task } = found;
      names.add(name);
      for (let index = 0; index < dispatches; index += 1) {
        const work: Promise<void> = attempt(task).finally(() => running.delete(work));
        running.add(work);
      }
    } else if (running.size > 0) {
      await Promise.race(running);
    } else if (queued.notify.length > 0) {
      clock.advance(Math.min(...queued.notify.map(({ dueAt }) => dueAt)) - clock.now());
    } else {
      return { runs, failedRuns };
    }
  }
}
