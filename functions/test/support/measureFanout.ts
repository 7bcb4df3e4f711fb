import { Timestamp } from "firebase-admin/firestore";
import { deviceRef, devicesRef, followRef, userRef } from "../../src/collections.js";
import { announceShow } from "../../src/notifications/announce.js";
import { deviceIdOf } from "../../src/notifications/deviceId.js";
import { notify } from "../../src/notifications/notify.js";
import { notifyQueue } from "../../src/tasks/queues.js";
import { quietFirestore, showIn, somebody } from "./backstage.js";
import { countReads } from "./countReads.js";
import { localMessaging } from "./messaging.js";
import { showEdges } from "./showEdges.js";

export interface Fanout {
  readonly followers: number;
  readonly tasks: number;
  readonly fcmRequests: number;
  readonly reads: number;
  readonly writes: number;
  readonly duplicates: number;
  readonly missed: number;
  /** Devices that FCM no longer knew, and that were deleted. */
  readonly pruned: number;
  readonly unpruned: number;
  readonly msPer1000: number;
  /** Of the queue. */
  readonly rateLimits: typeof notifyQueue.rateLimits;
}

/** Goes live for so many followers, twice, and counts what that takes. */
export async function measureFanout(
  { followers, goneShare }: { readonly followers: number; readonly goneShare: number },
  tell: (line: string) => void,
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

  tell(`writing ${followers} followers, each with a device`);
  const tokens: string[] = [];
  const writer = firestore.bulkWriter();
  for (let index = 0; index < followers; index += 1) {
    const uid = `spotify_follower-${index}`;
    const token = await fcm.installApp();
    tokens.push(token);
    void writer.set(userRef(firestore, uid), profile);
    void writer.set(followRef(firestore, uid, ada.uid), { createdAt: now, creatorUid: ada.uid });
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

  const showId = await showIn("scheduled", ada, { scheduledFor: now }, firestore);
  const ref = firestore.doc(`shows/${showId}`);
  const before = await ref.get();
  await ref.update({ status: "live", startedAt: now, updatedAt: now });
  const after = await ref.get();

  tell("going live");
  const reads = countReads(firestore);
  let tasks = 0;
  /** As the queue dispatches: so many at once, the next when one is done. */
  const runTasks = async () => {
    const running = new Set<Promise<void>>();
    for (;;) {
      const task = edges.queued.notify.shift();
      if (task && running.size < notifyQueue.rateLimits.maxConcurrentDispatches) {
        tasks += 1;
        const { dueAt: _dueAt, ...payload } = task;
        const work: Promise<void> = notify(deps, payload).finally(() => running.delete(work));
        running.add(work);
        continue;
      }
      if (task) edges.queued.notify.unshift(task);
      if (running.size === 0) return;
      await Promise.race(running);
    }
  };
  const started = performance.now();
  await announceShow(deps, showId, before, after);
  await runTasks();
  const elapsedMs = performance.now() - started;
  const counted = { tasks, reads: reads.stop() };
  const fcmRequests = await fcm.requests();

  tell("the same event again");
  await announceShow(deps, showId, before, after);
  await runTasks();
  const received = await Promise.all(
    tokens.map(async (token) => (await fcm.messages(token)).length),
  );
  const reached = received.slice(gone.length);
  const inboxes = (await firestore.collectionGroup("inbox").count().get()).data().count;
  const counters = (await firestore.collectionGroup("private").count().get()).data().count;
  const left = (await devicesRef(firestore).count().get()).data().count;
  await fcm.close();
  await firestore.terminate();
  return {
    followers,
    ...counted,
    // An entry and the day's count for each follower, and the deletion of devices that are gone.
    writes: inboxes + counters + followers - left,
    fcmRequests,
    duplicates: received.filter((count) => count > 1).length,
    missed: reached.filter((count) => count === 0).length,
    pruned: followers - left,
    unpruned: left - reached.length,
    rateLimits: notifyQueue.rateLimits,
    msPer1000: Math.round(elapsedMs / (followers / 1_000)),
  };
}
