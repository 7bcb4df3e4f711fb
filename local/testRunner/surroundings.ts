import { join, resolve } from "node:path";
import { emptyFirestore } from "../emulators/emptyFirestore.js";
import { findRequisites, PROJECT_ID, startEmulators } from "../suite/emulators.js";
import {
  type Endpoints,
  readEndpoints,
  removeEndpoints,
  writeEndpoints,
} from "../suite/endpoints.js";
import { root } from "../files/paths.js";
import { LOOPBACK, pickFreePorts } from "../suite/ports.js";
import type { RunDirectory } from "../suite/runDirectory.js";
import { startSuite } from "../suite/suite.js";
import { CHROMIUM_VARIABLE, provideChromium } from "../toolchain/chromium.js";
import type { Extra, Requirement } from "./parts.js";

/** The environment for the tests, and the variables that describe it. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string>>;
  /** The reasons for missing extras. */
  readonly missing: Readonly<Partial<Record<Extra, string>>>;
  /** Clears the data between two parts, unless the suite is shared. */
  empty(): Promise<void>;
  stop(): Promise<void>;
}

export interface SurroundingsOptions {
  readonly directory: RunDirectory;
  readonly signal: AbortSignal;
  readonly extras?: ReadonlySet<Extra>;
  /** How often a small show's audience is counted. Tests have no time to wait. */
  readonly audienceIntervalSeconds?: number;
}

export const ENDPOINTS_VARIABLE = "AMBIENT_ENDPOINTS";

/** Two processes, so that a test fails if it relies on one instance's memory. */
const FUNCTIONS_PROCESSES = 2;

/** Long enough for a creator who returns immediately, and short enough for a test to wait. */
const HOST_GRACE_SECONDS = 2;

/** The Admin SDK must not search for Google's metadata server. */
const ADMIN_SDK = { METADATA_SERVER_DETECTION: "none" };

export const nothing: Surroundings = {
  environment: {},
  missing: {},
  empty: () => Promise.resolve(),
  stop: () => Promise.resolve(),
};

/** Uses a running suite if the variable names one; otherwise starts the tests' own. */
export async function surround(
  needs: Requirement,
  options: SurroundingsOptions,
): Promise<Surroundings> {
  if (options.extras?.has("chromium") !== true) return surroundBy(needs, options);
  const starting = surroundBy(needs, options);
  const chromium = await provideChromium({
    signal: options.signal,
    onProgress: (line) => {
      console.log(line);
    },
  }).catch(async (error: unknown) => {
    await starting.then(
      (surroundings) => surroundings.stop(),
      () => undefined,
    );
    throw error;
  });
  const surroundings = await starting;
  const { environment, missing } = surroundings;
  return "missing" in chromium
    ? { ...surroundings, missing: { ...missing, chromium: chromium.missing } }
    : {
        ...surroundings,
        environment: { ...environment, [CHROMIUM_VARIABLE]: chromium.executable },
      };
}

/** The endpoints file of a shared suite, if the tests should use one. */
export function runningElsewhere(): string | undefined {
  const chosen = process.env[ENDPOINTS_VARIABLE];
  return chosen === "" ? undefined : chosen;
}

async function surroundBy(needs: Requirement, options: SurroundingsOptions): Promise<Surroundings> {
  if (needs === "nothing") return nothing;
  const chosen = runningElsewhere();
  if (chosen !== undefined) {
    const running = resolve(root, chosen);
    const endpoints = await readEndpoints(running);
    return {
      environment: environmentOf(endpoints, running),
      missing: {
        ...(endpoints.livekit === undefined && {
          livekit: `the suite of ${chosen} has no sound.`,
        }),
        ...(endpoints.hosting === undefined && {
          demo: `the suite of ${chosen} serves no demo.`,
        }),
      },
      empty: () => Promise.resolve(),
      stop: () => Promise.resolve(),
    };
  }
  return needs === "firestore" ? startFirestore(options) : startWholeSuite(options);
}

async function startFirestore({ directory, signal }: SurroundingsOptions): Promise<Surroundings> {
  const ports = await pickFreePorts();
  const onProgress = (): void => undefined;
  const emulators = await startEmulators({
    only: ["firestore"],
    requisites: await findRequisites({ onProgress, signal }),
    ports,
    directory,
    signal,
    onProgress,
  });
  return {
    environment: {
      ...ADMIN_SDK,
      FIRESTORE_EMULATOR_HOST: `${LOOPBACK}:${ports.firestore}`,
      GCLOUD_PROJECT: PROJECT_ID,
    },
    missing: {},
    empty: () => emptyFirestore(`${LOOPBACK}:${ports.firestore}`, PROJECT_ID),
    stop: () => emulators.process.stop(),
  };
}

async function startWholeSuite({
  directory,
  signal,
  extras,
  audienceIntervalSeconds = 1,
}: SurroundingsOptions): Promise<Surroundings> {
  const suite = await startSuite({
    directory,
    ports: await pickFreePorts(),
    audienceIntervalSeconds,
    hostGraceSeconds: HOST_GRACE_SECONDS,
    functionsProcesses: FUNCTIONS_PROCESSES,
    // Pages that tests disconnect from the network must not reload when it returns.
    ...(extras?.has("demo") === true && { demo: { reloads: false } }),
    signal,
    onProgress: () => undefined,
  });
  const endpointsFile = join(directory.path, "endpoints.json");
  await writeEndpoints(endpointsFile, suite.endpoints);
  return {
    environment: environmentOf(suite.endpoints, endpointsFile),
    missing: suite.soundless === undefined ? {} : { livekit: suite.soundless },
    empty: () => emptyFirestore(suite.endpoints.firestore, PROJECT_ID),
    async stop() {
      await removeEndpoints(endpointsFile);
      await suite.stop();
    },
  };
}

function environmentOf(endpoints: Endpoints, file: string): Readonly<Record<string, string>> {
  return {
    ...ADMIN_SDK,
    [ENDPOINTS_VARIABLE]: file,
    FIRESTORE_EMULATOR_HOST: endpoints.firestore,
    FIREBASE_AUTH_EMULATOR_HOST: endpoints.auth,
    GCLOUD_PROJECT: endpoints.projectId,
  };
}
