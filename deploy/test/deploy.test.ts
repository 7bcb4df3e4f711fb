import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { localDirectory } from "../../local/files/paths.js";
import type { SmokeResult } from "../smoke/smoke.js";
import { deployTo } from "../steps/deployTo.js";
import { functionsOf, stepNames } from "../steps/plan.js";
import { rollBack } from "../steps/rollBack.js";
import { openWorld, PROJECT_ID, type World } from "./support/world.js";
import { type Programs, usePrograms } from "./support/programs.js";
import { openRepository, type Repository } from "./support/repository.js";

describe("deploy", () => {
  let world: World;
  let programs: Programs;
  let repository: Repository;
  beforeEach(async () => {
    world = await openWorld();
    repository = await openRepository();
    await repository.commit("first");
    programs = usePrograms(world, repository);
  });
  afterEach(async () => {
    await world.close();
    await repository.remove();
    await rm(join(localDirectory, "deployments", `${PROJECT_ID}.json`), { force: true });
  });

  interface Options {
    readonly isDryRun?: boolean;
    readonly isConfirmed?: boolean;
    readonly mayBeOlder?: boolean;
    readonly smoked?: SmokeResult;
    readonly from?: string;
  }
  const deploy = ({
    isDryRun = false,
    isConfirmed = false,
    mayBeOlder = false,
    smoked = "passed",
    from,
  }: Options = {}) => {
    world.commands.length = 0;
    return deployTo(world.edges, world.target, {
      isDryRun,
      isConfirmed,
      mayBeOlder,
      from,
      smoke: () => Promise.resolve(smoked),
    });
  };
  const tags = async () => (await repository.git("tag", "--list")).split("\n").filter(Boolean);
  const printed = () => world.printed.join("\n");
  /** What firebase-tools was asked to do, shortly. */
  const deployed = () =>
    world.commands
      .map(({ line }) => / (?:--only|functions:delete) (\S+)/.exec(line)?.[1])
      .filter((what) => what !== undefined)
      .map((what) => (what.includes(",functions:") ? "functions" : what));

  it("changes nothing in a dry run, and shows rules, indexes and functions that will change", async () => {
    world.project.rulesets.set(world.project.rulesetName, "rules");
    world.project.functions.delete("setRole");
    world.project.functions.set("oldCall", {
      state: "ACTIVE",
      kind: "callable",
      isPublic: true,
      revision: 1,
    });
    world.project.indexes = world.project.indexes.slice(1);
    assert.ok(await deploy({ isDryRun: true }));
    assert.deepEqual(deployed(), []);
    assert.deepEqual(await tags(), []);
    assert.match(printed(), /^ {2}Rules:\n {4}@@ .+\n {4}-rules\n/m);
    assert.match(printed(), /^ {4}\+rules_version = /m);
    assert.match(printed(), /^ {2}Indexes to build: shows \(visibility ASCENDING/m);
    assert.match(printed(), /^ {2}Functions to create: setRole$/m);
    assert.match(printed(), /^ {2}Params: none\n {2}Hosting: a new version$/m);
    assert.match(printed(), /^ {2}Functions to delete: oldCall$/m);
    assert.match(printed(), /nothing was changed\.$/);
  });

  it("shows the params that will change", async () => {
    Object.assign(world.project.params, { LIVEKIT_API_KEY: "older" });
    const params = { ...world.target.params, MINIMUM_AGE: "18" };
    world = { ...world, target: { ...world.target, params } };
    assert.ok(await deploy({ isDryRun: true }));
    assert.match(printed(), /^ {2}Params: LIVEKIT_API_KEY: older → key, MINIMUM_AGE: 16 → 18$/m);
  });

  it("deploys a lower limit of requests while LiveKit refuses too many of them", async () => {
    world.others.set("livekit.example", () => new Response(null, { status: 429 }));
    const params = { ...world.target.params, LIVEKIT_CALLS_PER_MINUTE: "300" };
    world = { ...world, target: { ...world.target, params } };
    assert.ok(await deploy(), printed());
    assert.match(printed(), /· LiveKit .+ answers 429/);
    assert.match(printed(), /Params: LIVEKIT_CALLS_PER_MINUTE: 600 → 300$/m);
    assert.equal(deployed().at(-1), "hosting");
  });

  it("deploys rules and indexes first, then functions in groups, and Hosting last", async () => {
    world.project.functions.set("oldCall", {
      state: "ACTIVE",
      kind: "callable",
      isPublic: true,
      revision: 1,
    });
    assert.ok(await deploy(), printed());
    assert.deepEqual(deployed(), [
      "firestore:rules,firestore:indexes",
      ...["functions", "functions", "functions"],
      "oldCall",
      "hosting",
    ]);
    const events = world.commands.find(({ line }) => line.includes("functions:publishFeed"));
    assert.ok(events);
    assert.doesNotMatch(events.line, /functions:joinShow/);
    assert.match(events.line, new RegExp(`--force --project ${PROJECT_ID} --non-interactive$`));
    assert.equal((await tags()).length, 1);
  });

  it("deploys each function in exactly one group", () => {
    const groups = stepNames
      .filter((name) => name.startsWith("functions:"))
      .flatMap((name) => functionsOf(name.replace("functions:", "")));
    assert.deepEqual([...groups].sort(), [...world.project.functions.keys()].sort());
  });

  it("changes nothing while something is missing that a deployment does not create", async () => {
    world.project.secrets.set("LIVEKIT_API_SECRET", []);
    assert.ok(!(await deploy()));
    assert.match(printed(), /Fix these first: Secret LIVEKIT_API_SECRET, LiveKit\.$/);
    assert.deepEqual(deployed(), []);
  });

  it("changes nothing without a network, or in the wrong project", async () => {
    world.isOnline = false;
    assert.ok(!(await deploy()));
    world.isOnline = true;
    world.project.forbiddenApis.add("cloudresourcemanager.googleapis.com");
    assert.ok(!(await deploy()));
    assert.deepEqual(deployed(), []);
  });

  it("changes nothing with half the roles", async () => {
    world.project.operatorPermissions = [
      "cloudfunctions.functions.create",
      "run.services.setIamPolicy",
    ];
    const { rulesetName, hostingVersion } = world.project;
    assert.ok(!(await deploy({ isConfirmed: true })));
    assert.match(printed(), /Fix these first: Your roles\.$/);
    assert.deepEqual(deployed(), []);
    assert.deepEqual(
      [world.project.rulesetName, world.project.hostingVersion],
      [rulesetName, hostingVersion],
    );
    assert.ok([...world.project.functions.values()].every(({ revision }) => revision === 1));
    assert.deepEqual(await tags(), []);
  });

  it("changes nothing if the project's name is not typed, or with uncommitted changes", async () => {
    world.typed = "staging";
    assert.ok(!(await deploy()));
    assert.deepEqual(deployed(), []);
    world.typed = PROJECT_ID;
    await writeFile(join(repository.folder, "firestore.rules"), "not committed");
    assert.ok(!(await deploy()));
    assert.deepEqual(deployed(), []);
    assert.match(printed(), /Commit first/);
  });

  it("asks nobody if it is confirmed, and refuses without a terminal otherwise", async () => {
    world.hasTerminal = false;
    assert.ok(!(await deploy()));
    assert.deepEqual(deployed(), []);
    assert.match(printed(), /no terminal to confirm in: add --yes\.$/);
    world.edges.question = () => Promise.reject(new Error("nobody is there"));
    assert.ok(await deploy({ isConfirmed: true }), printed());
    assert.equal(deployed().at(-1), "hosting");
  });

  it("waits for indexes before it deploys the functions that need them", async () => {
    const [first] = world.project.indexes;
    assert.ok(first);
    first.state = "CREATING";
    let waits = 0;
    world.edges.sleep = () => {
      waits += 1;
      assert.deepEqual(deployed(), ["firestore:rules,firestore:indexes"]);
      if (waits === 2) first.state = "READY";
      return Promise.resolve();
    };
    assert.ok(await deploy());
    assert.equal(waits, 2);
  });

  it("stops if the network fails in the middle, and says how to continue", async () => {
    const [first] = world.project.indexes;
    assert.ok(first);
    first.state = "CREATING";
    world.edges.sleep = () => {
      world.isOnline = false;
      return Promise.resolve();
    };
    assert.ok(!(await deploy()));
    assert.deepEqual(deployed(), ["firestore:rules,firestore:indexes"]);
    assert.match(printed(), /ENOTFOUND[^]+ To continue: npm run deploy -- --project staging$/m);
  });

  it("stops if the indexes take too long, and says how to continue", async () => {
    const [first] = world.project.indexes;
    assert.ok(first);
    first.state = "CREATING";
    assert.ok(!(await deploy()));
    assert.deepEqual(deployed(), ["firestore:rules,firestore:indexes"]);
    assert.match(printed(), /not built yet: shows .+\n\nfirestore failed/);
  });

  it("stops at a failed function, says what is deployed, and continues from there", async () => {
    programs.failing = "functions:endShow";
    programs.updatedFirst = ["startShow"];
    assert.ok(!(await deploy()));
    assert.match(printed(), /^functions:hosts failed, and the deployment stopped\.$/m);
    assert.match(printed(), /^ {2}Deployed: firestore, functions:events$/m);
    assert.match(printed(), /^ {2}Updated in functions:hosts: startShow$/m);
    assert.match(printed(), /^ {2}Not updated in functions:hosts: checkShow, endShow/m);
    assert.match(printed(), /^ {2}Not deployed: functions:listeners, functions:removed, hosting$/m);
    assert.match(printed(), /--from functions:hosts$/m);
    assert.deepEqual(await tags(), [], "an unfinished deployment is nothing to go back to");

    programs.failing = undefined;
    assert.ok(await deploy({ from: "functions:hosts" }));
    assert.deepEqual(deployed(), ["functions", "functions", "hosting"]);
    await assert.rejects(deploy({ from: "functions:nothing" }), /No step is called/);
  });

  it("continues only with the commit that stopped, and not beyond its failed step", async () => {
    const refused = async (from: string, reason: RegExp) => {
      assert.ok(!(await deploy({ from })));
      assert.deepEqual(deployed(), []);
      assert.match(world.printed.at(-1) ?? "", reason);
    };
    await refused("hosting", /no deployment of this commit stopped on this machine/);
    programs.failing = "functions:endShow";
    assert.ok(!(await deploy()));
    programs.failing = undefined;
    await refused("functions:listeners", /stopped before functions:hosts/);

    const { rulesetName } = world.project;
    world.project.rulesetName = `projects/${PROJECT_ID}/rulesets/by-hand`;
    await refused("functions:hosts", /something was deployed since/);
    world.project.rulesetName = rulesetName;

    const stopped = await repository.git("rev-parse", "HEAD");
    await repository.commit("second");
    await refused("functions:hosts", /no deployment of this commit/);
    await repository.git("checkout", "--quiet", stopped);
    assert.ok(await deploy({ from: "functions:hosts" }));
    await refused("functions:hosts", /no deployment of this commit/);
  });

  it("continues a deployment that was interrupted in the middle of a step", async () => {
    world.onCommand = (line, options) => {
      if (line.includes("functions:endShow")) throw new Error("interrupted");
      return programs.run(line, options);
    };
    await assert.rejects(deploy(), /interrupted/);
    world.onCommand = (line, options) => programs.run(line, options);
    assert.ok(await deploy({ from: "functions:hosts" }), printed());
    assert.deepEqual(deployed(), ["functions", "functions", "hosting"]);
  });

  it("refuses to replace a commit that this one does not contain, unless --older is given", async () => {
    const first = await repository.git("rev-parse", "HEAD");
    await repository.commit("second");
    assert.ok(await deploy());
    await repository.git("checkout", "--quiet", first);
    assert.ok(!(await deploy({ isConfirmed: true })));
    assert.deepEqual(deployed(), []);
    assert.match(
      world.printed.at(-1) ?? "",
      /does not contain .+ deployed\/ambient-test\/.+--older/,
    );
    assert.equal(world.project.rulesetName, `projects/${PROJECT_ID}/rulesets/of-second`);
    await world.edges.sleep(60_000);
    assert.ok(await deploy({ mayBeOlder: true }));
    await repository.git("checkout", "--quiet", "main");
    await world.edges.sleep(60_000);
    assert.ok(await deploy());
  });

  it("records no deployment that the smoke test finds broken, until it works", async () => {
    assert.ok(!(await deploy({ smoked: "failed" })));
    assert.deepEqual(await tags(), []);
    assert.match(printed(), /npm run rollback -- --project staging$/m);
    assert.match(printed(), /try again: .+ --from hosting$/);
    assert.ok(await deploy({ from: "hosting" }));
    assert.deepEqual(deployed(), ["hosting"]);
    assert.equal((await tags()).length, 1);
  });

  it("says that it was not tested if the smoke test ran no show", async () => {
    assert.ok(await deploy({ smoked: "skipped" }));
    assert.match(printed(), /^Deployed, but not tested: /m);
    assert.equal((await tags()).length, 1);
    await world.edges.sleep(60_000);
    assert.ok(await deploy());
    assert.match(printed(), /^Deployed, and tested /m);
  });

  describe("and back", () => {
    const back = async (to?: string, isConfirmed = false) => {
      world.commands.length = 0;
      await world.edges.sleep(60_000);
      return rollBack(world.edges, world.target, { to, isConfirmed });
    };
    const deployCommit = async (version: string) => {
      await repository.commit(version);
      await world.edges.sleep(60_000);
      return deploy();
    };
    const rules = () => world.project.rulesetName.split("/").at(-1);
    const hosting = () => world.project.hostingVersion.split("/").at(-1);

    it("goes back to the deployment before a finished one, and then never to a bad one", async () => {
      await deployCommit("one");
      await deployCommit("two");
      await deployCommit("three");
      assert.ok(await back());
      assert.deepEqual([rules(), hosting()], ["of-two", "of-two"]);
      assert.deepEqual(deployed(), ["functions"]);
      assert.equal(programs.functions, "two");
      assert.equal(
        readFileSync(join(repository.folder, "version"), "utf8"),
        "three",
        "the work tree stays",
      );
      assert.equal((await repository.git("worktree", "list")).split("\n").length, 1);
      assert.match(printed(), /secrets and params stay as they are now\.$/m);
      assert.match(printed(), /correct functions\/\.env\.ambient-test, commit it and deploy/);
      assert.ok(await back());
      assert.deepEqual([rules(), hosting()], ["of-one", "of-one"], "not to three again");
      await assert.rejects(back(), /no deployment to go back to/);
    });

    it("goes back to the last finished deployment from a failed one", async () => {
      await deployCommit("one");
      programs.failing = "functions:endShow";
      assert.ok(!(await deployCommit("two")));
      assert.equal(rules(), "of-two");
      programs.failing = undefined;
      assert.ok(await back());
      assert.deepEqual([rules(), hosting()], ["of-one", "of-one"]);
    });

    it("does not deploy functions that have not changed", async () => {
      await deployCommit("one");
      world.project.rulesetName = `projects/${PROJECT_ID}/rulesets/by-hand`;
      assert.ok(await back());
      assert.equal(rules(), "of-one");
      assert.deepEqual(deployed(), []);
    });

    it("says how to try again if the functions fail", async () => {
      await deployCommit("one");
      await deployCommit("two");
      programs.failing = "--only functions --force";
      assert.ok(!(await back()));
      const [, tag] = /--to (\S+)$/.exec(printed()) ?? [];
      assert.ok(tag);
      programs.failing = undefined;
      assert.ok(await back(tag));
      assert.deepEqual([rules(), hosting()], ["of-one", "of-one"]);
    });

    it("reads records in signed tags", async () => {
      await deployCommit("one");
      await deployCommit("two");
      for (const tag of await tags()) {
        // As `git tag --sign` leaves it.
        const file = join(repository.folder, ".git", "signed");
        const signature = "-----BEGIN PGP SIGNATURE-----\n\niQEz\n-----END PGP SIGNATURE-----\n";
        await writeFile(file, `${await repository.git("cat-file", "tag", tag)}\n${signature}`);
        const id = await repository.git("hash-object", "-t", "tag", "-w", file);
        await repository.git("update-ref", `refs/tags/${tag}`, id);
      }
      assert.ok(await back());
      assert.equal(rules(), "of-one");
    });

    it("changes nothing without the project's name typed", async () => {
      await deployCommit("one");
      await deployCommit("two");
      world.typed = "yes";
      assert.ok(!(await back()));
      assert.equal(rules(), "of-two");
      world.hasTerminal = false;
      assert.ok(!(await back()));
      assert.match(printed(), /add --yes/);
      assert.ok(await back(undefined, true));
      assert.equal(rules(), "of-one");
      assert.match(printed(), /git push origin deployed\/.+gh variable set DEPLOY --body false$/s);
    });
  });
});
