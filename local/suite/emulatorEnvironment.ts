import { delimiter, dirname } from "node:path";

export interface EmulatorEnvironmentOptions {
  /** Goes first on PATH: the Java that is new enough, and the pinned Node. */
  readonly path: readonly string[];
  readonly javaBinDirectory: string;
  readonly more: Readonly<Record<string, string>>;
  /** Where the functions say what they are. */
  readonly manifestDirectory: string;
  /** How many processes serve the functions: as many instances as production would have. */
  readonly functionsProcesses: number;
}

/** Credentials would let a function reach a real project; addresses could be another suite's. */
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
  // A copy of Windows' environment is case-sensitive, and there the variable is `Path`.
  const pathName = Object.keys(inherited).find((name) => /^path$/i.test(name)) ?? "PATH";
  const environment: NodeJS.ProcessEnv = Object.fromEntries(
    Object.entries(inherited).filter(([name]) => !withheld.includes(name)),
  );
  return {
    ...environment,
    ...options.more,
    [pathName]: [...options.path, inherited[pathName] ?? ""].join(delimiter),
    JAVA_HOME: dirname(options.javaBinDirectory),
    // The emulators run too briefly for Java's optimizing compiler to pay: a quarter less CPU time without.
    JAVA_TOOL_OPTIONS: [JAVA_OPTIONS, inherited.JAVA_TOOL_OPTIONS ?? ""].join(" ").trim(),
    // Neither a message of the day nor a look for updates.
    CI: "1",
    // Nor for a newer firebase-functions: 10 s where there is no network.
    npm_config_offline: "true",
    // Nor for Google's machines: 3 s, more than once.
    METADATA_SERVER_DETECTION: "none",
    // By a file instead of a server on a port of its own, which takes 3 s to go, at every reload.
    FIREBASE_FUNCTIONS_DISCOVERY_OUTPUT_PATH: options.manifestDirectory,
    // Seconds: the usual ten are too few on a machine that is busy.
    FUNCTIONS_DISCOVERY_TIMEOUT: "60",
    AMBIENT_FUNCTIONS_PROCESSES: `${options.functionsProcesses}`,
    // Each of these takes many calls at once: a crowd need not queue before them.
    FUNCTIONS_EMULATOR_PARALLEL: "500",
  };
}
