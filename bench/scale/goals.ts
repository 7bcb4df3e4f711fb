import { atMost, type Goal } from "../goals.js";
import type { Results } from "./results.js";

/** Each goal with its measured value. */
export function goalRows(results: Results): Goal[] {
  const { readsPerListenerHour: reads, naive, directLag, rush, roundTrips, livekitCalls } = results;
  const rates = (["1", "5", "20"] as const).map((rate) =>
    atMost(`reads per listener-hour, ${rate} comments/s`, reads[rate], 2_400, naive[rate]),
  );
  const changes = results.feeds.join(" → ");
  return [
    atMost("reads per listener-hour at rest", reads.rest, 150, naive.rest),
    ...rates,
    atMost("the same above 10,000 listeners, computed", results.readsAbove10000, 600),
    atMost(
      "writes per listener-hour at rest",
      results.writesPerListenerHour,
      2,
      results.naiveWritesPerListenerHour,
    ),
    atMost("LiveKit calls while everybody joined", livekitCalls.join, 0),
    atMost("LiveKit calls while everybody left", livekitCalls.leave, 0),
    atMost("Firestore round trips of joinShow", roundTrips.join, 2),
    atMost("Firestore round trips of leaveShow", roundTrips.leave, 2),
    atMost("reads of a quiet show's sweep", results.sweepReads, 50, results.naiveSweepReads),
    atMost("p95 of a direct comment ÷ a bare write", directLag.ratio, 1.5),
    {
      what: "the feed, at 20/s, when calm, in a burst",
      measured: changes,
      goal: "digest → direct → digest",
      reached: changes === "digest → direct → digest",
    },
    atMost("comments lost", results.lost, 0),
    {
      what: "comments overtaken by newer ones before a digest",
      measured: results.overtaken,
      goal: "none is promised at 20/s",
      reached: true,
    },
    atMost("comments doubled", results.duplicated, 0),
    {
      what: `audience one interval after ${rush.joins} joins`,
      measured: rush.counted ?? "none",
      goal: `${rush.joins - rush.failed}`,
      reached: rush.rightAfterMs !== undefined && rush.failed === 0,
    },
  ];
}
