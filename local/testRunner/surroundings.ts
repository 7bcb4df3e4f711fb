import { join, resolve } from "node:path";
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
import type { Needs } from "./parts.js";

/** What runs around the tests, and the variables that tell them where. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export interface SurroundingsOptions {
  readonly directory: RunDirectory;
  readonly signal: AbortSignal;
}

export const ENDPOINTS_VARIABLE = "AMBIENT_ENDPOINTS";

/**
 * The emulator starts a process for each concurrent call: a second of CPU and 0.15 GB each. On two
 * cores a crowd of more of them starves itself, and further calls wait their turn anyway.
 */
const FUNCTIONS_PARALLEL = 6;

/** The Admin SDK need not look for Google's metadata server: this is no Google machine. */
const ADMIN_SDK = { METADATA_SERVER_DETECTION: "none" };

/** A suite that runs already, if the variable names one; else one of the tests' own. */
export async function surround(needs: Needs, options: SurroundingsOptions): Promise<Surroundings> {
  const chosen = process.env[ENDPOINTS_VARIABLE];
  if (needs === "nothing") return { environment: {}, stop: () => Promise.resolve() };
  if (chosen !== undefined && chosen !== "") {
    const running = resolve(root, chosen);
    const endpoints = await readEndpoints(running);
    return { environment: environmentOf(endpoints, running), stop: () => Promise.resolve() };
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
    stop: () => emulators.process.stop(),
  };
}

async function startWholeSuite({ directory, signal }: SurroundingsOptions): Promise<Surroundings> {
  const suite = await startSuite({
    directory,
    ports: await pickFreePorts(),
    audienceIntervalSeconds: 1,
    functionsParallel: FUNCTIONS_PARALLEL,
    signal,
    onProgress: () => undefined,
  });
  const endpointsFile = join(directory.path, "endpoints.json");
  await writeEndpoints(endpointsFile, suite.endpoints);
  return {
    environment: environmentOf(suite.endpoints, endpointsFile),
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
