import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { root } from "../files/paths.js";
import type { Endpoints } from "../suite/endpoints.js";

const EVERY_MS = 60_000;
const script = fileURLToPath(import.meta.resolve("./runSchedules.ts"));

/** The schedules' own params and secrets, as the deployed functions have them. */
export type FunctionsEnvironment = Readonly<Record<string, string>>;

/**
 * Runs the scheduled functions once, with the code as it is now. The emulators run them only beside a
 * Pub/Sub emulator, and call them never by themselves.
 * https://firebase.google.com/docs/emulator-suite/connect_functions
 */
export async function runSchedules(
  endpoints: Endpoints,
  functionsEnvironment: FunctionsEnvironment,
  signal?: AbortSignal,
): Promise<void> {
  const { projectId, firestore, tasks, auth } = endpoints;
  await promisify(execFile)(process.execPath, ["--import", "tsx", script], {
    cwd: root,
    signal,
    env: {
      ...process.env,
      ...functionsEnvironment,
      METADATA_SERVER_DETECTION: "none",
      GCLOUD_PROJECT: projectId,
      FIREBASE_CONFIG: JSON.stringify({ projectId }),
      FIRESTORE_EMULATOR_HOST: firestore,
      FIREBASE_AUTH_EMULATOR_HOST: auth,
      CLOUD_TASKS_EMULATOR_HOST: tasks,
    },
  });
}

/**
 * Each minute, as Cloud Scheduler does. `onFailure` hears of a run that failed; the next one comes all
 * the same.
 */
export function startScheduler(
  endpoints: Endpoints,
  functionsEnvironment: FunctionsEnvironment,
  onFailure: (line: string) => void,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const run = async () => {
    while (!signal.aborted) {
      await sleep(EVERY_MS, undefined, { signal });
      await runSchedules(endpoints, functionsEnvironment, signal).catch((error: unknown) => {
        if (!signal.aborted) onFailure(`the scheduled functions failed: ${String(error)}`);
      });
    }
  };
  const running = run().catch(() => undefined);
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
