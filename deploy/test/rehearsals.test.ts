import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { runOperation } from "../../functions/src/operation.js";
import { captureLog, type LogLine } from "../../functions/test/support/captureLog.js";
import { localDirectory } from "../../local/files/paths.js";
import { examineTarget } from "../doctor/examine.js";
import { isHealthy } from "../doctor/report.js";
import { deployTo } from "../steps/deployTo.js";
import { rollBack } from "../steps/rollBack.js";
import { entryOf } from "./support/entries.js";
import { firingAlerts, metrics, type Point, pointsOf } from "./support/monitoring.js";
import { type Programs, usePrograms } from "./support/programs.js";
import { openRepository, type Repository } from "./support/repository.js";
import { openWorld, type World } from "./support/world.js";

const PROJECT_ID = "ambient-rehearsal";
const sweeps = ["sweepShows", "sweepAccounts", "sweepDeletions"];

interface Run {
  readonly operation: string;
  work(): Promise<void>;
}

/** The lines that runs of functions write. */
function linesOf(runs: readonly Run[]): Promise<readonly LogLine[]> {
  return captureLog(async () => {
    for (const run of runs) {
      await runOperation(run.operation, {}, () => run.work()).catch(() => undefined);
    }
  });
}

const swept: readonly Run[] = sweeps.map((operation) => ({
  operation,
  work: () => Promise.resolve(),
}));

/**
 * Each rehearsal causes a failure, expects the alert of that name, applies the runbook's remedy, and expects a healthy
 * project.
 */
describe("rehearsals", () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld(PROJECT_ID);
  });
  afterEach(() => world.close());

  const alertsOf = async (lines: readonly LogLine[], others: readonly Point[] = []) =>
    firingAlerts([...pointsOf(await metrics(), lines.map(entryOf)), ...others]);

  /** Applies the command that the doctor prints for a finding, which must be a single one. */
  const applyRemedy = async (name: string, apply: (command: string) => void): Promise<void> => {
    const before = await examineTarget(world.edges, world.target);
    assert.ok(!isHealthy(before));
    const command = before.find((each) => each.name === name)?.remedy ?? "";
    assert.equal(command.split("\n").length, 1, command);
    apply(command);
    assert.ok(isHealthy(await examineTarget(world.edges, world.target)));
  };

  it("resumes the paused job of a sweep that stopped", async () => {
    const lines = () =>
      linesOf(swept.filter(({ operation }) => !world.project.paused.has(operation)));
    for (const name of sweeps) {
      world.project.paused.add(name);
      assert.deepEqual(await alertsOf(await lines()), ["Ambient: the sweeps stopped"]);
      await applyRemedy("Scheduled jobs", (command) => {
        const [, job] =
          /^gcloud scheduler jobs resume firebase-schedule-(\w+)-us-central1 /.exec(command) ?? [];
        assert.ok(world.project.paused.delete(job ?? ""), command);
      });
      assert.deepEqual(await alertsOf(await lines()), []);
    }
  });

  it("resumes a paused queue whose tasks piled up", async () => {
    const lines = await linesOf(swept);
    const depth = (): Point => ({
      metric: { type: "cloudtasks.googleapis.com/queue/depth", label: {} },
      resource: { type: "cloud_tasks_queue", label: { queue_id: "notify" } },
      value: world.project.queues.get("notify") === "PAUSED" ? 10_001 : 0,
    });
    world.project.queues.set("notify", "PAUSED");
    assert.deepEqual(await alertsOf(lines, [depth()]), ["Ambient: tasks pile up"]);
    await applyRemedy("Task queue notify", (command) => {
      const [, queue = ""] = /^gcloud tasks queues resume (\w+) /.exec(command) ?? [];
      world.project.queues.set(queue, "RUNNING");
    });
    assert.deepEqual(await alertsOf(lines, [depth()]), []);
  });

  describe("with a bad commit", () => {
    let repository: Repository;
    let programs: Programs;
    beforeEach(async () => {
      repository = await openRepository();
      programs = usePrograms(world, repository);
    });
    afterEach(async () => {
      await repository.remove();
      await rm(join(localDirectory, "deployments", `${PROJECT_ID}.json`), { force: true });
    });

    it("rolls back the functions that fail", async () => {
      const deploy = async (version: string) => {
        await repository.commit(version);
        await world.edges.sleep(60_000);
        const options = { isDryRun: false, isConfirmed: true, from: undefined, mayBeOlder: false };
        const smoke = () => Promise.resolve("passed" as const);
        assert.ok(await deployTo(world.edges, world.target, { ...options, smoke }));
      };
      /** What the deployed version of a function does. */
      const joins: Run = {
        operation: "joinShow",
        work: () =>
          programs.functions === "bad" ? Promise.reject(new Error("lost")) : Promise.resolve(),
      };
      const lines = () => linesOf([...swept, ...Array<Run>(6).fill(joins)]);
      await deploy("good");
      assert.deepEqual(await alertsOf(await lines()), []);
      await deploy("bad");
      assert.deepEqual(await alertsOf(await lines()), ["Ambient: operations fail"]);
      await world.edges.sleep(60_000);
      assert.ok(await rollBack(world.edges, world.target, { to: undefined, isConfirmed: true }));
      assert.deepEqual(await alertsOf(await lines()), []);
      assert.ok(isHealthy(await examineTarget(world.edges, world.target)));
    });
  });
});
