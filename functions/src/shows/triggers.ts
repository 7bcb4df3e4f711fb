import { onSchedule } from "firebase-functions/scheduler";
import { livekitApiSecret, REGION } from "../config.js";
import { dependencies } from "../dependencies.js";
import { sweepShows as sweep } from "./sweepShows.js";

/** For the events that never came. */
export const sweepShows = onSchedule(
  {
    schedule: "every 1 minutes",
    region: REGION,
    secrets: [livekitApiSecret],
    timeoutSeconds: 300,
  },
  async () => {
    await sweep(dependencies());
  },
);
