import { withSurroundings } from "../local/testRunner/withSurroundings.js";

/** One account may sign in 20 times an hour, and one sign-in comes before. */
const CALLERS = 19;

/**
 * The cost of each callable's operation in round trips: the longest chain of Firestore requests for
 * one caller, its calls to other services, and the transactions retried when 19 people call at
 * once. Counted where the client library sends, not timed.
 */
await withSurroundings("firestore", { name: "bench" }, async () => {
  const { quietFirestore } = await import("../functions/test/support/backstage.js");
  const { calls } = await import("../functions/test/support/calls/calls.js");
  const { countedDependencies } = await import("../functions/test/support/countedDependencies.js");
  const { countRoundTrips } = await import("../functions/test/support/roundTrips.js");
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
});
process.exit();
