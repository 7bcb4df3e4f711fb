import { interruption } from "../local/process/interruption.js";
import { claimAnyRunDirectory } from "../local/suite/runDirectory.js";
import { surround } from "../local/testRunner/surroundings.js";

const CALLERS = 20;

/**
 * The cost of each callable's operation in round trips: the longest chain of Firestore requests for
 * one caller, its calls to other services, and the transactions retried when twenty people call at
 * once. Counted where the client library sends, not timed.
 */
const directory = await claimAnyRunDirectory("bench");
const surroundings = await surround("firestore", {
  directory,
  signal: interruption(() => undefined),
});
Object.assign(process.env, surroundings.environment);
// The Admin SDK reads the emulator's address from the environment when it is loaded.
const { quietFirestore } = await import("../functions/test/support/backstage.js");
const { calls } = await import("../functions/test/support/calls/calls.js");
const { countedDependencies } = await import("../functions/test/support/countedDependencies.js");
const { countRoundTrips } = await import("../functions/test/support/roundTrips.js");

try {
  const rows = [];
  for (const { name, goal, scene } of calls) {
    const firestore = quietFirestore();
    const counter = countRoundTrips(firestore);
    const deps = countedDependencies(firestore);
    const [alone] = await (await scene(firestore, 1))(deps);
    deps.external.splice(0);
    const single = await counter.during(async () => alone?.());
    const external = deps.external.splice(0);
    const together = await (await scene(firestore, CALLERS))(deps);
    const crowd = await counter.during(() => Promise.all(together.map((work) => work())));
    rows.push({
      callable: name,
      sequential: single.sequential,
      goal,
      requests: single.requests.join(" → "),
      external: external.join(", ") || "none",
      [`retries of ${CALLERS}`]: crowd.retries,
    });
    await firestore.terminate();
  }
  console.table(rows);
} finally {
  await surroundings.stop();
  await directory.release();
}
process.exit();
