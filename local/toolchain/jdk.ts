import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { LaunchError } from "../launchError.js";
import type { Environment } from "../suite/ports.js";

/** The emulators of firebase-tools 15 require at least this version. */
export const OLDEST_JAVA = 21;

export interface Jdk {
  readonly java: string;
  /** The directory with `java` and its tools, for the start of PATH. */
  readonly binDirectory: string;
  readonly version: number;
}

export interface Host {
  readonly platform: NodeJS.Platform;
  readonly environment: Environment;
  listDirectory(path: string): readonly string[];
  /** A command's standard output and error; undefined if it failed. */
  run(command: string, args: readonly string[]): Promise<string | undefined>;
}

/** The first recent enough Java on this machine. The user's choice comes first. */
export async function findJdk(host: Host = thisHost): Promise<Jdk> {
  const tooOld: string[] = [];
  for (const java of await candidates(host)) {
    const version = majorVersion(await host.run(java, ["-version"]));
    if (version === undefined) continue;
    if (version >= OLDEST_JAVA) return { java, binDirectory: dirname(java), version };
    tooOld.push(`${java} is ${version}`);
  }
  const found = tooOld.length === 0 ? "none is installed" : tooOld.join(", ");
  throw new LaunchError(
    `The emulators need Java ${OLDEST_JAVA} or newer (${found}): ${howToGetJdk(host.platform)}, or point JAVA_HOME at one.`,
  );
}

/** `openjdk version "25.0.1"` is 25; `java version "1.8.0_392"` is 8. */
export function majorVersion(output: string | undefined): number | undefined {
  const match = /version "(?:1\.)?(\d+)/.exec(output ?? "");
  return match?.[1] === undefined ? undefined : Number(match[1]);
}

async function candidates(host: Host): Promise<readonly string[]> {
  const { environment, platform } = host;
  const executable = platform === "win32" ? "java.exe" : "java";
  const inHome = (home: string): string => join(home, "bin", executable);
  const path = environment.PATH ?? environment.Path ?? "";
  const onPath = path.split(delimiter).filter((directory) => directory !== "");
  const chosen = environment.JAVA_HOME;
  return unique([
    ...(chosen === undefined || chosen === "" ? [] : [inHome(chosen)]),
    ...onPath
      .filter((directory) => host.listDirectory(directory).includes(executable))
      .map((directory) => join(directory, executable)),
    ...(await installedHomes(host)).map(inHome),
  ]);
}

async function installedHomes(host: Host): Promise<readonly string[]> {
  const within = (parent: string, rest = ""): readonly string[] =>
    newestFirst(host.listDirectory(parent)).map((name) => join(parent, name, rest));
  const { environment, platform } = host;
  if (platform === "darwin") {
    const answer = await host.run("/usr/libexec/java_home", ["-v", `${OLDEST_JAVA}+`]);
    const registered = answer?.split("\n")[0]?.trim() ?? "";
    return [
      ...(registered.startsWith("/") ? [registered] : []),
      ...within("/Library/Java/JavaVirtualMachines", "Contents/Home"),
      ...["/opt/homebrew/opt", "/usr/local/opt"].flatMap((prefix) =>
        newestFirst(host.listDirectory(prefix))
          .filter((name) => name.startsWith("openjdk"))
          .map((name) => join(prefix, name, "libexec/openjdk.jdk/Contents/Home")),
      ),
      ...within(join(environment.HOME ?? "/", ".sdkman/candidates/java")),
    ];
  }
  if (platform === "win32") {
    const programs = environment.ProgramFiles ?? "C:\\Program Files";
    return ["Eclipse Adoptium", "Java", "Microsoft", "Zulu", "Amazon Corretto"].flatMap((vendor) =>
      within(join(programs, vendor)),
    );
  }
  return [
    ...within("/usr/lib/jvm"),
    ...within("/opt/java"),
    ...within(join(environment.HOME ?? "/", ".sdkman/candidates/java")),
  ];
}

function newestFirst(names: readonly string[]): readonly string[] {
  return [...names].sort((left, right) =>
    right.localeCompare(left, "en", { numeric: true, sensitivity: "base" }),
  );
}

function unique(paths: readonly string[]): readonly string[] {
  return [...new Set(paths)];
}

/** A command, in backticks. */
export function howToGetJdk(platform: NodeJS.Platform): string {
  switch (platform) {
    case "darwin":
      return "`brew install openjdk@21`";
    case "win32":
      return "`winget install EclipseAdoptium.Temurin.21.JDK`";
    default:
      return "`apt install openjdk-21-jdk-headless` (or Temurin 21 from https://adoptium.net)";
  }
}

const thisHost: Host = {
  platform: process.platform,
  environment: process.env,
  listDirectory(path) {
    try {
      return readdirSync(path);
    } catch {
      return [];
    }
  },
  run(command, args) {
    return new Promise((resolve) => {
      execFile(command, args, { timeout: 10_000 }, (error, stdout, stderr) => {
        resolve(error === null ? `${stdout}${stderr}` : undefined);
      });
    });
  },
};
