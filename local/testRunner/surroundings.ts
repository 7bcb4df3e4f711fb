import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
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
import type { Extra, Needs } from "./parts.js";

/** What runs around the tests, and the variables that tell them where. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string>>;
  /** Why there is none, of what was asked for and cannot be had. */
  readonly missing: Readonly<Partial<Record<Extra, string>>>;
  /** Leaves nothing of one part for the next; what somebody else runs is not emptied. */
  empty(): Promise<void>;
  stop(): Promise<void>;
}

export interface SurroundingsOptions {
  readonly directory: RunDirectory;
  readonly signal: AbortSignal;
  readonly extras?: ReadonlySet<Extra>;
  /** How often a small show's audience is counted; a test has no time to wait. */
  readonly audienceIntervalSeconds?: number;
}

export const ENDPOINTS_VARIABLE = "AMBIENT_ENDPOINTS";

/** Two, so that what one instance keeps to itself is not taken for what all of them know. */
const FUNCTIONS_PROCESSES = 2;

/** Long enough for a creator who comes right back, short enough to wait for. */
const HOST_GRACE_SECONDS = 2;

/** The Admin SDK need not look for Google's metadata server: this is no Google machine. */
const ADMIN_SDK = { METADATA_SERVER_DETECTION: "none" };

export const nothing: Surroundings = {
  environment: {},
  missing: {},
  empty: () => Promise.resolve(),
  stop: () => Promise.resolve(),
};

/** A suite that runs already, if the variable names one; else one of the tests' own. */
export async function surround(needs: Needs, options: SurroundingsOptions): Promise<Surroundings> {
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

/** The file that describes a suite which somebody else runs, if the tests are to use one. */
export function runningElsewhere(): string | undefined {
  const chosen = process.env[ENDPOINTS_VARIABLE];
  return chosen === "" ? undefined : chosen;
}

async function surroundBy(needs: Needs, options: SurroundingsOptions): Promise<Surroundings> {
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
    empty: () => emptyFirestore(`${LOOPBACK}:${ports.firestore}`),
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
    // A page that tests cut off from the network must not be loaded anew when it is back.
    ...(extras?.has("demo") === true && { demo: { reloads: false } }),
    signal,
    onProgress: () => undefined,
  });
  const endpointsFile = join(directory.path, "endpoints.json");
  await writeEndpoints(endpointsFile, suite.endpoints);
  return {
    environment: environmentOf(suite.endpoints, endpointsFile),
    missing: suite.soundless === undefined ? {} : { livekit: suite.soundless },
    empty: () => emptyFirestore(suite.endpoints.firestore),
    async stop() {
      await removeEndpoints(endpointsFile);
      await suite.stop();
    },
  };
}

const MOST_TRIES = 60;
const PAUSE_MS = 1_000;

/** @see {@link https://firebase.google.com/docs/emulator-suite/connect_firestore#clear_your_database_between_tests | Clear your database} */
async function emptyFirestore(address: string): Promise<void> {
  const documents = `emulator/v1/projects/${PROJECT_ID}/databases/(default)/documents`;
  for (let tries = 1; ; tries += 1) {
    const answer = await fetch(`http://${address}/${documents}`, { method: "DELETE" });
    if (answer.ok) return;
    // 499: a transaction of the part before is still under way.
    if (tries === MOST_TRIES) throw new Error(`Firestore is not emptied: ${answer.status}`);
    await sleep(PAUSE_MS);
  }
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
