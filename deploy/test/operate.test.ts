import assert from "node:assert/strict";
import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import * as deployed from "../../functions/src/index.js";
import { livekitRooms } from "../../functions/src/audio/livekitRooms.js";
import { systemClock } from "../../functions/src/clock.js";
import { log } from "../../functions/src/log.js";
import { runOperation } from "../../functions/src/operation.js";
import { captureLog, type LogLine } from "../../functions/test/support/captureLog.js";
import { localMessaging } from "../../functions/test/support/messaging.js";
import { root } from "../../local/files/paths.js";
import { FilterError, matchesFilter } from "../../local/google/filter.js";
import { GoogleError } from "../google/google.js";
import { applyBackups } from "../operate/applyBackups.js";
import { applyMonitoring } from "../operate/applyMonitoring.js";
import { displayedFile, readOperateFile } from "../operate/files.js";
import { attemptEntry, entryOf, platformEntry } from "./support/entries.js";
import {
  firingAlerts,
  metrics,
  type Point,
  pointsOf,
  policies,
  values,
} from "./support/monitoring.js";
import { openWorld, PROJECT_ID, type World } from "./support/world.js";

describe("applying the files in operate/", () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
    world.project.monitoring.notificationChannels = [
      { name: `projects/${PROJECT_ID}/notificationChannels/2`, enabled: true },
      { name: `projects/${PROJECT_ID}/notificationChannels/1`, enabled: true },
      { name: `projects/${PROJECT_ID}/notificationChannels/off`, enabled: false },
    ];
  });
  afterEach(() => world.close());

  const apply = async () => {
    world.printed.length = 0;
    await applyMonitoring(world.edges, world.target);
    await applyBackups(world.edges, world.target);
    return world.printed.filter((line) => !line.endsWith(": unchanged"));
  };
  const stored = (collection: string) => [
    ...(world.project.monitoring.resources.get(collection)?.values() ?? []),
  ];

  it("creates everything in an empty project, and changes nothing the second time", async () => {
    const created = await apply();
    assert.equal(created.filter((line) => line.endsWith(": created")).length, 6 + 1 + 13 + 1 + 3);
    assert.deepEqual(await apply(), []);
    const [check] = stored("uptimeCheckConfigs");
    assert.match(JSON.stringify(check), new RegExp(`"us-central1-${PROJECT_ID}\\.cloudfunctions`));
    const [unhealthy] = stored("alertPolicies");
    assert.ok(JSON.stringify(unhealthy).includes(`check_id=\\"1000\\"`));
    for (const policy of stored("alertPolicies")) {
      assert.deepEqual(policy.notificationChannels, [
        `projects/${PROJECT_ID}/notificationChannels/1`,
        `projects/${PROJECT_ID}/notificationChannels/2`,
      ]);
    }
  });

  it("turns on recovery, backups and the nightly export, which goes to the project's own bucket", async () => {
    const { backups } = world.project;
    const name = `projects/${PROJECT_ID}/databases/(default)/backupSchedules/older`;
    backups.schedules.set(name, { name, retention: "86400s", dailyRecurrence: {} });
    assert.deepEqual((await apply()).slice(-4), [
      "✓ point-in-time recovery and protection from deletion: updated",
      "✓ backups, dailyRecurrence: updated",
      "✓ backups, weeklyRecurrence: created",
      "✓ nightly export: created",
    ]);
    assert.equal(backups.database.deleteProtectionState, "DELETE_PROTECTION_ENABLED");
    assert.equal(backups.schedules.get(name)?.retention, "604800s");
    const [job] = backups.jobs.values();
    const { body } = z.object({ body: z.string() }).parse(job?.httpTarget);
    assert.deepEqual(JSON.parse(Buffer.from(body, "base64").toString()), {
      outputUriPrefix: `gs://${PROJECT_ID}-exports`,
    });
  });

  it("waits until Cloud Monitoring knows a new metric", async () => {
    world.project.monitoring.refusals = 3;
    const before = world.edges.now();
    await apply();
    assert.equal(world.edges.now() - before, 3 * 15_000);
  });

  it("restores what somebody changed, and leaves resources alone that are not Ambient's", async () => {
    await apply();
    const { metrics: all, resources } = world.project.monitoring;
    all.set("ambient/operations", { ...all.get("ambient/operations"), filter: "severity=ERROR" });
    const own = { name: "projects/p/alertPolicies/own", displayName: "The team's own" };
    resources.get("alertPolicies")?.set(own.name, own);
    const [dashboard] = stored("dashboards");
    resources.get("dashboards")?.set(String(dashboard?.name), { ...dashboard, mosaicLayout: {} });
    assert.deepEqual(await apply(), [
      "✓ metric ambient/operations: updated",
      "✓ dashboard Ambient: updated",
    ]);
    assert.deepEqual(stored("alertPolicies").at(-1), own);
    assert.equal(stored("dashboards").length, 1);
  });

  it("says that alerts reach nobody without a notification channel", async () => {
    world.project.monitoring.notificationChannels = [];
    assert.match((await apply()).join("\n"), /no notification channel/);
  });

  it("says what Google refuses", async () => {
    world.project.forbiddenApis.add("monitoring.googleapis.com");
    await assert.rejects(apply(), (error) => {
      assert.ok(error instanceof GoogleError);
      assert.equal(error.failure, "forbidden");
      return true;
    });
  });
});

describe("the filters in operate/", () => {
  /** The lines that the functions write in each case, by the name of the alert that they should cause. */
  const cases = new Map<string, readonly LogLine[]>();
  let quiet: readonly LogLine[];

  before(async () => {
    const ran = (operation: string, outcome: "ok" | "refused", times = 1, reason?: string) =>
      captureLog(async () => {
        for (let count = 0; count < times; count += 1) {
          await runOperation(operation, {}, (run) => {
            run.outcome = outcome;
            if (reason !== undefined) run.reason = reason;
            run.reads += 3;
            run.writes += 2;
            return Promise.resolve();
          });
        }
      });
    const failed = (operation: string, times: number) =>
      captureLog(async () => {
        for (let count = 0; count < times; count += 1) {
          const run = runOperation(operation, {}, () => Promise.reject(new Error("lost")));
          await assert.rejects(run);
        }
      });
    const rooms = livekitRooms({
      url: "ws://livekit.invalid",
      apiUrl: "http://127.0.0.1:1",
      apiKey: "key",
      apiSecret: "a-secret-of-thirty-two-characters-or-more",
      clock: systemClock,
      callsPerMinute: 0,
    });
    const unheard = await captureLog(() => assert.rejects(rooms.find("show", "spotify_ada")));
    const unsent = await captureLog(async () => {
      const fcm = await localMessaging();
      const token = await fcm.installApp();
      await fcm.fail({ errorCode: "PERMISSION_DENIED", token, times: 1 });
      const message = { token, title: "", body: "", data: {}, collapseKey: "", ttlSeconds: 1 };
      await fcm.push.send([message]);
      await fcm.close();
    });
    const mismatch = await captureLog(() => {
      log("ERROR", "payment does not match the ledger", { supportId: "s", eventId: "e" });
      return Promise.resolve();
    });
    const repeated = (lines: readonly LogLine[], times: number) =>
      Array.from({ length: times }, () => lines).flat();
    const slow = (await ran("joinShow", "ok", 20)).map((line, index) =>
      index < 5 ? { ...line, ms: 4_000 } : line,
    );

    quiet = [
      ...(await ran("sweepShows", "ok")),
      ...(await ran("sweepAccounts", "ok")),
      ...(await ran("sweepDeletions", "ok")),
      ...(await ran("joinShow", "ok", 20)),
      ...(await ran("joinShow", "refused", 30, "BANNED")),
      ...(await failed("publishFeed", 5)),
      ...repeated(unheard, 5),
      ...repeated(unsent, 5),
      ...(await captureLog(() => {
        log("INFO", "audio webhook not signed");
        log("WARNING", "sweep not enqueued", { showId: "show" });
        return Promise.resolve();
      })),
    ];
    cases
      .set("Ambient: operations fail", await failed("publishFeed", 6))
      .set("Ambient: LiveKit does not answer", repeated(unheard, 11))
      .set(
        "Ambient: Spotify refuses",
        await ran("searchTracks", "refused", 11, "SPOTIFY_QUOTA_EXCEEDED"),
      )
      .set("Ambient: payments go wrong", await failed("stripeWebhook", 4))
      .set("Ambient: a payment does not match", mismatch)
      .set("Ambient: pushes are not sent", repeated(unsent, 21))
      .set("Ambient: transactions collide", await ran("joinShow", "refused", 21, "CONTENTION"))
      .set("Ambient: calls are limited", await ran("joinShow", "refused", 201, "RATE_LIMITED"))
      .set("Ambient: joining is slow", slow);
  });

  const points = async (lines: readonly LogLine[]) => pointsOf(await metrics(), lines.map(entryOf));

  it("cause no alert on an ordinary day", async () => {
    const day = [
      ...(await points(quiet)),
      point("monitoring.googleapis.com/uptime_check/check_passed", "uptime_url", true),
      point("cloudtasks.googleapis.com/queue/depth", "cloud_tasks_queue", 9_000),
    ];
    assert.deepEqual(await firingAlerts(day), []);
  });

  it("cause each alert by the lines that its failure writes, and no other", async () => {
    for (const [name, lines] of cases) {
      assert.deepEqual(await firingAlerts(await points([...quiet, ...lines])), [name]);
    }
  });

  it("cause an alert if a scheduled function keeps failing, or if one that runs every minute does not run", async () => {
    const schedules = Object.entries(deployed).flatMap(([name, { __endpoint }]) => {
      const schedule = __endpoint.scheduleTrigger?.schedule;
      return typeof schedule === "string" ? [[name, schedule] as const] : [];
    });
    assert.equal(schedules.length, 7);
    for (const [name, schedule] of schedules) {
      const isEachMinute = schedule === "every 1 minutes";
      const alert = `Ambient: ${isEachMinute ? "the sweeps stopped" : "a scheduled job fails"}`;
      const others = await points(quiet.filter(({ operation }) => operation !== name));
      assert.deepEqual(await firingAlerts(others), isEachMinute ? [alert] : []);
      // The failures within five minutes, the longest period of a condition.
      const failures = Array.from({ length: isEachMinute ? 5 : 1 }, () =>
        attemptEntry(`firebase-schedule-${name}-us-central1`, "ERROR"),
      );
      const failed = pointsOf(await metrics(), failures);
      assert.deepEqual(await firingAlerts([...others, ...failed]), [alert]);
    }
    const nightly = pointsOf(await metrics(), [attemptEntry("ambient-export", "ERROR")]);
    assert.deepEqual(await firingAlerts([...(await points(quiet)), ...nightly]), [
      "Ambient: a scheduled job fails",
    ]);
    const sweep = attemptEntry("firebase-schedule-sweepShows-us-central1", "ERROR");
    const succeeded = attemptEntry("firebase-schedule-expireData-us-central1", "INFO");
    assert.deepEqual(
      await firingAlerts([
        ...(await points(quiet)),
        ...pointsOf(await metrics(), [sweep, succeeded]),
      ]),
      [],
      "the next minute's sweep repairs what one failed to repair",
    );
  });

  it("cause an alert if functions crash, time out or run out of memory, although no log line is written", async () => {
    for (const entry of [
      platformEntry(
        "varlog%2Fsystem",
        "ERROR",
        "Memory limit of 256 MiB exceeded with 260 MiB used.",
      ),
      platformEntry("varlog%2Fsystem", "ERROR", "Default STARTUP TCP probe failed 1 time"),
      platformEntry("requests", "ERROR", "it has reached the maximum request timeout"),
    ]) {
      const some = async (count: number) => [
        ...(await points(quiet)),
        ...pointsOf(await metrics(), Array<typeof entry>(count).fill(entry)),
      ];
      assert.deepEqual(await firingAlerts(await some(5)), []);
      assert.deepEqual(await firingAlerts(await some(6)), ["Ambient: operations fail"]);
    }
    const others = [
      platformEntry("requests", "ERROR", undefined),
      platformEntry("requests", "WARNING", "The request was aborted"),
    ];
    assert.deepEqual(pointsOf(await metrics(), others), [], "the function's own answers");
  });

  it("cause an alert if the uptime check or a queue says so", async () => {
    const ordinary = await points(quiet);
    const check = "monitoring.googleapis.com/uptime_check/check_passed";
    const down = Array.from({ length: 2 }, () => point(check, "uptime_url", false));
    assert.deepEqual(await firingAlerts([...ordinary, ...down]), ["Ambient: not healthy"]);
    const depth = point("cloudtasks.googleapis.com/queue/depth", "cloud_tasks_queue", 10_001);
    assert.deepEqual(await firingAlerts([...ordinary, depth]), ["Ambient: tasks pile up"]);
  });

  it("have a case for each alert", async () => {
    const others = ["not healthy", "the sweeps stopped", "a scheduled job fails", "tasks pile up"];
    const named = [...cases.keys(), ...others.map((each) => `Ambient: ${each}`)];
    assert.deepEqual(named.sort(), (await policies()).map((each) => each.displayName).sort());
  });

  it("ignore lines that Ambient did not write", async () => {
    const foreign = [
      { severity: "ERROR", resource: { type: "cloud_run_revision" }, textPayload: "lost" },
      { severity: "INFO", resource: { type: "cloud_run_revision" }, httpRequest: { status: 500 } },
      { severity: "ERROR", resource: { type: "gce_instance" }, jsonPayload: { operation: "x" } },
    ];
    assert.deepEqual(pointsOf(await metrics(), foreign), []);
  });

  it("find something for each of Ambient's charts", async () => {
    const all = await points([...quiet, ...[...cases.values()].flat()]);
    const dashboard = await readOperateFile(displayedFile, "dashboard.json", values);
    const filters = [...JSON.stringify(dashboard).matchAll(/"filter":("(?:[^"\\]|\\.)*")/g)]
      .map(([, filter = ""]) => String(JSON.parse(filter)))
      .filter((filter) => filter.includes("user/ambient/"));
    assert.equal(filters.length, 7);
    for (const filter of filters)
      assert.ok(
        all.some((each) => matchesFilter(filter, each)),
        filter,
      );
  });

  it("count messages that the functions write", async () => {
    const sources: string[] = [];
    for await (const file of glob("functions/src/**/*.ts", { cwd: root })) {
      sources.push(await readFile(join(root, file), "utf8"));
    }
    const warnings = (await metrics()).find(({ name }) => name === "ambient/warnings");
    const messages = [...(warnings?.filter.matchAll(/"([^"]+)"/g) ?? [])].map(([, text]) => text);
    const counted = messages.filter((text) => text !== "cloud_run_revision");
    assert.equal(counted.length, 3);
    const written = (text = "") =>
      sources.some((source) => new RegExp(`log\\("(WARNING|ERROR)", "${text}"`).test(source));
    assert.deepEqual(
      counted.filter((text) => !written(text)),
      [],
    );
  });

  it("are read as Google reads them", () => {
    const entry = { severity: "ERROR", jsonPayload: { operation: "joinShow", ms: 12 } };
    for (const filter of [
      'jsonPayload.operation="joinShow"',
      "severity>=WARNING AND jsonPayload.ms>9",
      'jsonPayload.operation=("x" OR "joinShow")',
      'jsonPayload.operation=one_of("x","joinShow")',
      'NOT jsonPayload.operation="x" AND jsonPayload.operation!="y"',
      'jsonPayload.operation="x" OR (jsonPayload.operation:"join" AND jsonPayload.ms<=12)',
      'jsonPayload.operation=~"^join" AND jsonPayload.operation!~"x"',
      "jsonPayload.operation:*",
    ]) {
      assert.ok(matchesFilter(filter, entry), filter);
      assert.ok(!matchesFilter(`NOT (${filter})`, entry), filter);
    }
    for (const filter of ["jsonPayload.reason:*", 'jsonPayload.reason!="x"', "jsonPayload.ms<12"]) {
      assert.ok(!matchesFilter(filter, entry), filter);
    }
    for (const wrong of ["", "a=", 'a="b" c="d"', "(a=1", "a ~ 1", "a=one_of(1"]) {
      assert.throws(() => matchesFilter(wrong, entry), FilterError, wrong);
    }
  });
});

function point(type: string, resourceType: string, value: number | boolean): Point {
  const label = { check_id: "1000", queue_id: "sweepShow", host: "host" };
  return { metric: { type, label }, resource: { type: resourceType, label }, value };
}
