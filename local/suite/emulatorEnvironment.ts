import { delimiter, dirname } from "node:path";

export interface EmulatorEnvironmentOptions {
  /** Directories for the start of PATH: a recent Java and the pinned Node. */
  readonly path: readonly string[];
  readonly javaBinDirectory: string;
  readonly more: Readonly<Record<string, string>>;
  /** The folder in which the functions describe themselves. */
  readonly manifestDirectory: string;
  /** The number of processes that serve the functions, like instances in production. */
  readonly functionsProcesses: number;
}

/**
 * Credentials would let a function reach a real project, and addresses could belong to another
 * suite.
 */
const withheld = [
  "GOOGLE_APPLICATION_CREDENTIALS",
  "FIREBASE_TOKEN",
  "FIRESTORE_EMULATOR_HOST",
  "FIREBASE_AUTH_EMULATOR_HOST",
  "GCLOUD_PROJECT",
  "GOOGLE_CLOUD_PROJECT",
];

const JAVA_OPTIONS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

export function emulatorEnvironment(
  inherited: NodeJS.ProcessEnv,
  options: EmulatorEnvironmentOptions,
): NodeJS.ProcessEnv {
  // A copy of Windows' environment is case-sensitive, and Windows calls the variable `Path`.
  const pathName = Object.keys(inherited).find((name) => /^path$/i.test(name)) ?? "PATH";
  const environment: NodeJS.ProcessEnv = Object.fromEntries(
    Object.entries(inherited).filter(([name]) => !withheld.includes(name)),
  );
  return {
    ...environment,
    ...options.more,
    [pathName]: [...options.path, inherited[pathName] ?? ""].join(delimiter),
    JAVA_HOME: dirname(options.javaBinDirectory),
    // Without Java's optimising compiler, which takes longer than it saves: a quarter less CPU time.
    JAVA_TOOL_OPTIONS: [JAVA_OPTIONS, inherited.JAVA_TOOL_OPTIONS ?? ""].join(" ").trim(),
    // Skips the message of the day and the update check.
    CI: "1",
    // Skips the check for a newer firebase-functions, which takes 10 s without a network.
    npm_config_offline: "true",
    // Skips several searches for Google's metadata server, 3 s each.
    METADATA_SERVER_DETECTION: "none",
    // Discovers the functions through a file instead of a server, which takes 3 s to stop at every
    // reload.
    FIREBASE_FUNCTIONS_DISCOVERY_OUTPUT_PATH: options.manifestDirectory,
    // Seconds; the default of ten is too short on a busy machine.
    FUNCTIONS_DISCOVERY_TIMEOUT: "60",
    AMBIENT_FUNCTIONS_PROCESSES: `${options.functionsProcesses}`,
    // Each process takes many calls at once, so that a crowd does not queue.
    FUNCTIONS_EMULATOR_PARALLEL: "500",
  };
}
