import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type CommandOptions, type CommandResult, realEdges } from "../../edges.js";
import type { Repository } from "./repository.js";
import type { World } from "./world.js";

const done: CommandResult = { code: 0, output: "" };

/** Imitates firebase-tools and npm, with the content of the repository. */
export class Programs {
  readonly #world: World;
  readonly #folder: string;
  /** A part of the command that fails. */
  failing: string | undefined;
  /** Functions that firebase-tools updates before it fails. */
  updatedFirst: readonly string[] = [];
  /** The version whose functions run. */
  functions: string | undefined;

  constructor(world: World, { folder }: Repository) {
    this.#world = world;
    this.#folder = folder;
  }

  run(line: string, options?: CommandOptions): CommandResult {
    if (this.failing !== undefined && line.includes(this.failing)) {
      this.#update(this.updatedFirst);
      return { code: 1, output: "Error" };
    }
    const { project } = this.#world;
    const version = readFileSync(join(options?.cwd ?? this.#folder, "version"), "utf8");
    const only = / --only (\S+)/.exec(line)?.[1] ?? "";
    if (only.startsWith("firestore")) {
      project.rulesetName = `projects/${project.projectId}/rulesets/of-${version}`;
      project.rulesets.set(project.rulesetName, "rules");
    } else if (only === "hosting") {
      project.hostingVersion = `sites/${project.projectId}/versions/of-${version}`;
    } else if (only === "functions") {
      this.functions = version;
      this.#update([...project.functions.keys()]);
    } else if (only !== "") {
      this.functions = version;
      this.#update(only.replaceAll("functions:", "").split(","));
    }
    return done;
  }

  #update(names: readonly string[]): void {
    for (const name of names) {
      const deployed = this.#world.project.functions.get(name);
      if (deployed) deployed.revision += 1;
    }
  }
}

/** Runs real Git in the repository, and these programs in place of the others. */
export function usePrograms(world: World, repository: Repository): Programs {
  const programs = new Programs(world, repository);
  world.typed = world.project.projectId;
  world.onCommand = (line, options) => programs.run(line, options);
  const run = world.edges.run.bind(world.edges);
  world.edges.run = (command, args, options) =>
    command === "git"
      ? realEdges().run(command, args, { cwd: repository.folder, ...options })
      : run(command, args, options);
  return programs;
}
