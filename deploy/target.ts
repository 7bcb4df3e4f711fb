import { join } from "node:path";
import { parseDotenv } from "../local/files/dotenv.js";
import { functionsDirectory } from "../local/files/paths.js";
import { readProjectAliases } from "../local/files/projectAliases.js";
import { readIfThere } from "../local/files/readIfThere.js";
import { LaunchError } from "../local/launchError.js";
import { settingsOf, type Settings } from "./settings.js";

/** A project to examine or to deploy to. */
export interface Target {
  /** As the command line names it. */
  readonly name: string;
  readonly projectId: string;
  readonly settings: Settings;
  /** The values in the params' files. */
  readonly params: Readonly<Record<string, string>>;
}

/** The project of an alias in `.firebaserc`, or of a project id, with its params from `functions/.env.<project id>`. */
export async function readTarget(name: string): Promise<Target> {
  const projectId = projectIdOf(await readProjectAliases(), name);
  const files = await Promise.all(
    [".env", `.env.${projectId}`].map((file) => readIfThere(join(functionsDirectory, file))),
  );
  const values = Object.fromEntries(
    files.flatMap((text) => Object.entries(parseDotenv(text ?? ""))),
  );
  return {
    name,
    projectId,
    settings: settingsOf(projectId, values),
    params: values,
  };
}

export function projectIdOf(
  projects: Readonly<Partial<Record<string, string>>>,
  name: string,
): string {
  const projectId = projects[name] ?? name;
  // Firebase keeps this prefix for emulators: no project has it.
  if (projectId.startsWith("demo-")) {
    throw new LaunchError(
      `${name} names no real project yet: run \`npx firebase use --add\` and choose the alias ${name}.`,
    );
  }
  return projectId;
}
