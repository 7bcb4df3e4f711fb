import { withSurroundings } from "../local/testRunner/withSurroundings.js";
import { areReached, atMost } from "./goals.js";

const FOLLOWERS = 2_000;
/** Of the followers' devices, this share is gone at FCM. */
const GONE_SHARE = 0.02;
/** FCM's quota refuses so many messages, as a share of the followers, in the second run. */
const QUOTA_SHARE = 0.1;
const CROWD = 100_000;

/**
 * A show goes live for 2,000 followers with a device each: what the fan-out costs, through the real Admin SDK and a local
 * FCM. A second show does the same with everything dispatched twice at once, requests to Firestore that fail, and messages
 * beyond FCM's quota: each device must still get one message. Prints a table, what 100,000 followers cost by the same counts, and as the
 * last line one JSON object.
 */
await withSurroundings("firestore", { name: "bench" }, async () => {
  const { measureFanout } = await import("../functions/test/support/measureFanout.js");
  const run = await measureFanout(
    { followers: FOLLOWERS, goneShare: GONE_SHARE, quotaShare: QUOTA_SHARE },
    (line) => {
      console.log(line);
    },
  );
  const forCrowd = (count: number) => Math.round((count * CROWD) / FOLLOWERS);
  const tasks = forCrowd(run.tasks);
  const { rateLimits, rough, ...counts } = run;
  const { maxDispatchesPerSecond, maxConcurrentDispatches } = rateLimits;
  const computed = {
    followers: CROWD,
    tasks,
    fcmRequests: forCrowd(run.fcmRequests),
    reads: forCrowd(run.reads),
    writes: forCrowd(run.writes),
    // Pages ask for each other one after the other, and so many run side by side.
    secondsAtLeast: Math.ceil(tasks / maxDispatchesPerSecond),
    secondsAsHere: Math.ceil((forCrowd(run.followers) / 1_000) * (run.msPer1000 / 1_000)),
    maxConcurrentDispatches,
  };
  console.table([counts]);
  console.table([rough]);
  console.table([computed]);
  const goals = [
    atMost("notifications that came twice", rough.duplicates, 0),
    atMost("devices that got none", rough.missed, 0),
    atMost("gone devices that are still stored", run.unpruned, 0),
    atMost("requests to FCM for each device", run.fcmRequests / FOLLOWERS, 1),
    atMost("reads for each follower", run.reads / FOLLOWERS, 5),
    atMost("writes for each follower", run.writes / FOLLOWERS, 3.1),
  ];
  console.table(goals);
  areReached(goals, (line) => {
    console.log(line);
  });
  console.log(JSON.stringify({ ...run, computed }));
});
process.exit();
