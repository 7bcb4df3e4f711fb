import { digestIntervalMs } from "../../functions/src/contract/feedIntervals.js";
import type { Design } from "./designs.js";
import type { Scenario } from "./scenario.js";

interface Publishing {
  /**
   * How often the server checks whether there is something to publish, including checks that come
   * too early.
   */
  readonly looks: number;
  /**
   * How often it is time to publish. Each run reads everything again: the latest 50 comments in a digest,
   * the pinned comment and the sums of the reactions.
   */
  readonly runs: number;
  /** How often it writes `feed/latest`, which every listener then reads. */
  readonly writes: number;
  /** How often it counts the audience. */
  readonly audienceCounts: number;
}

/** Changes within this interval share one task, whatever the audience. */
const LOOK_SECONDS = digestIntervalMs(0) / 1_000;

/** How often a show's feed is published: at each change, but at most once per interval. */
export function publishing(scenario: Scenario, design: Design): Publishing {
  const { listeners, minutes, commentsPerSecond, reactionsPerSecond, joinsPerSecond } = scenario;
  const seconds = minutes * 60;
  const perInterval = (changesPerSecond: number, intervalSeconds: number) =>
    Math.min(changesPerSecond, 1 / intervalSeconds);
  const audience = perInterval(2 * joinsPerSecond, design.audienceIntervalSeconds(listeners));
  const commentFeed = design.commentFeed(listeners, commentsPerSecond);
  const unread = reactionsPerSecond + audience;
  const interval = design.feedIntervalSeconds(listeners, commentFeed);
  return {
    // Direct comments are not published, but they are counted, because their rate decides when the
    // digest begins.
    looks: seconds * perInterval(unread + commentsPerSecond, LOOK_SECONDS),
    runs: seconds * perInterval(unread + commentsPerSecond, interval),
    writes:
      seconds * perInterval(unread + (commentFeed === "digest" ? commentsPerSecond : 0), interval),
    audienceCounts: seconds * audience,
  };
}
