import assert from "node:assert/strict";
import { mkdirSync, rmSync } from "node:fs";
import { deployTo } from "../steps/deployTo.js";
import { functionsOf, stepNames } from "../steps/plan.js";
import { rollBack } from "../steps/rollBack.js";
import { openWorld, PROJECT_ID, type World } from "./support/world.js";
import type { CommandResult } from "../edges.js";

const done: CommandResult = { code: 0, output: "" };

/** What firebase-tools and git do, in a repository with one commit. */
class Programs {
  readonly #world: World;
  readonly tags: { readonly name: string; readonly message: string; readonly commit: string }[] =
    [];
  commit = "c0ffee";
  isDirty = false;
  /** A part of the command that fails. */
  failing: string | undefined;
  /** Functions that firebase-tools updates before it fails. */
  updatedFirst: readonly string[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  run(line: string): CommandResult {
    if (line.startsWith("git ")) return this.#git(line.slice(4));
    if (this.failing !== undefined && line.includes(this.failing)) {
      this.#update(this.updatedFirst);
      return { code: 1, output: "Error" };
    }
    const { project } = this.#world;
    const only = / --only (\S+)/.exec(line)?.[1] ?? "";
    if (only.startsWith("firestore")) {
      project.rulesetName = `projects/${PROJECT_ID}/rulesets/of-${this.commit}`;
      project.rulesets.set(project.rulesetName, "rules");
    } else if (only === "hosting") {
      project.hostingVersion = `sites/${PROJECT_ID}/versions/of-${this.commit}`;
    } else if (only === "functions") this.#update([...project.functions.keys()]);
    else if (only !== "") this.#update(only.replaceAll("functions:", "").split(","));
    return done;
  }

  #update(names: readonly string[]): void {
    for (const name of names) {
      const deployed = this.#world.project.functions.get(name);
      if (deployed) deployed.revision += 1;
    }
  }

  #git(line: string): CommandResult {
    const [command = ""] = line.split(" ");
    switch (command) {
      case "rev-parse": {
        const tag = this.tags.find(({ name }) => line === `rev-parse ${name}^{commit}`);
        return { code: 0, output: tag?.commit ?? this.commit };
      }
      case "status":
        return { code: 0, output: this.isDirty ? " M firestore.rules" : "" };
      case "tag": {
        const [, message = "", name = "", commit = ""] =
          /--message (.+) (\S+) (\S+)$/.exec(line) ?? [];
        this.tags.unshift({ name, message, commit });
        return done;
      }
      case "for-each-ref":
        return {
          code: 0,
          output: this.tags.map(({ name, message }) => `${name} ${message}\n`).join("\n"),
        };
      case "worktree": {
        const [, added] = /^worktree add --detach (\S+)/.exec(line) ?? [];
        if (added !== undefined) mkdirSync(added, { recursive: true });
        const [, removed] = /^worktree remove --force (\S+)/.exec(line) ?? [];
        if (removed !== undefined) rmSync(removed, { recursive: true, force: true });
        return done;
      }
      case "diff":
        return { code: 1, output: "diff\nindex\n---\n+++\n@@ -1 +1 @@\n-rules\n+other rules" };
      default:
        return { code: 1, output: `no git ${command}` };
    }
  }
}

describe("deploy", () => {
  let world: World;
  let programs: Programs;
  beforeEach(async () => {
    world = await openWorld();
    world.typed = PROJECT_ID;
    programs = new Programs(world);
    world.onCommand = (line) => programs.run(line);
  });
  afterEach(() => world.close());

  const deploy = ({ isDryRun = false, isConfirmed = false, works = true, from = "" } = {}) => {
    world.commands.length = 0;
    return deployTo(world.edges, world.target, {
      isDryRun,
      isConfirmed,
      from: from === "" ? undefined : from,
      smoke: () => Promise.resolve(works),
    });
  };
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
    assert.deepEqual(programs.tags, []);
    assert.match(printed(), /^ {4}-rules\n {4}\+other rules$/m);
    assert.match(printed(), /^ {2}Indexes to build: shows \(visibility ASCENDING/m);
    assert.match(printed(), /^ {2}Functions to create: setRole$/m);
    assert.match(printed(), /^ {2}Functions to delete: oldCall$/m);
    assert.match(printed(), /nothing was changed\.$/);
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
    assert.equal(programs.tags.length, 1);
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
    assert.deepEqual(world.commands, []);
  });

  it("changes nothing without a network, or in the wrong project", async () => {
    world.isOnline = false;
    assert.ok(!(await deploy()));
    world.isOnline = true;
    world.project.forbiddenApis.add("cloudresourcemanager.googleapis.com");
    assert.ok(!(await deploy()));
    assert.deepEqual(world.commands, []);
  });

  it("changes nothing if the project's name is not typed, or with uncommitted changes", async () => {
    world.typed = "staging";
    assert.ok(!(await deploy()));
    assert.deepEqual(deployed(), []);
    world.typed = PROJECT_ID;
    programs.isDirty = true;
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
    assert.match(printed(), /ENOTFOUND[^]+--from firestore$/m);
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
    assert.deepEqual(programs.tags, [], "an unfinished deployment is nothing to go back to");

    programs.failing = undefined;
    assert.ok(await deploy({ from: "functions:hosts" }));
    assert.deepEqual(deployed(), ["functions", "functions", "hosting"]);
    await assert.rejects(deploy({ from: "functions:nothing" }), /No step is called/);
  });

  it("records no deployment that the smoke test finds broken", async () => {
    assert.ok(!(await deploy({ works: false })));
    assert.deepEqual(programs.tags, []);
    assert.match(printed(), /npm run rollback -- --project staging$/);
  });

  describe("and back", () => {
    const back = (to?: string, isConfirmed = false) => {
      world.commands.length = 0;
      return rollBack(world.edges, world.target, { to, isConfirmed });
    };
    const deployCommit = async (commit: string) => {
      programs.commit = commit;
      await world.edges.sleep(60_000);
      return deploy();
    };
    const rules = () => world.project.rulesetName.split("/").at(-1);
    const hosting = () => world.project.hostingVersion.split("/").at(-1);

    it("goes back to the deployment before a finished one, and no further back to a bad one", async () => {
      await deployCommit("one");
      await deployCommit("two");
      await deployCommit("three");
      assert.ok(await back());
      assert.deepEqual([rules(), hosting()], ["of-two", "of-two"]);
      assert.deepEqual(deployed(), ["functions"]);
      const [worktree] = world.commands.filter(({ line }) => line.includes("worktree add"));
      const [, folder, commit] = /--detach (\S+) (\S+)$/.exec(worktree?.line ?? "") ?? [];
      assert.equal(commit, "two");
      const deployment = world.commands.find(({ line }) => line.includes("--only functions"));
      assert.equal(deployment?.options?.cwd, folder);
      await world.edges.sleep(60_000);
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
