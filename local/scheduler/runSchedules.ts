import { sweepShows } from "../../functions/src/index.js";

/** Runs once what Cloud Scheduler calls in production; the environment says against which suite. */
await sweepShows.run({ scheduleTime: new Date().toISOString() });
process.exit();
