import { setTimeout as sleep } from "node:timers/promises";
import { isArray, parseJson, recordOf } from "../files/json.js";
import type { Endpoints } from "../suite/endpoints.js";

const EVERY_MS = 60_000;

/**
 * Runs every scheduled function once. The functions emulator lists them but never runs them.
 * https://firebase.google.com/docs/emulator-suite/connect_functions
 */
export async function runSchedules(
  { functions, projectId }: Pick<Endpoints, "functions" | "projectId">,
  signal: AbortSignal | null = null,
): Promise<void> {
  const ids = scheduledIn(await (await fetch(`http://${functions}/backends`, { signal })).text());
  for (const id of ids) {
    // The URL that Pub/Sub would call for a trigger. The generation 0 changes only in a debugger.
    const trigger = `http://${functions}/functions/projects/${projectId}/triggers/${id}-0`;
    const { ok, status } = await fetch(trigger, { method: "POST", signal });
    if (!ok) throw new Error(`${id} answered ${status}`);
  }
}

/** The ids of the scheduled functions in the emulator's list. */
export function scheduledIn(backendList: string): readonly string[] {
  const { backends } = recordOf(parseJson(backendList));
  return (isArray(backends) ? backends : [])
    .flatMap((backend) => recordOf(backend).functionTriggers)
    .map(recordOf)
    .flatMap(({ id, schedule }) => (schedule !== undefined && typeof id === "string" ? [id] : []));
}

/**
 * Runs them every minute, like Cloud Scheduler. After a failure, `onFailure` is called and the next
 * run follows as usual.
 */
export function startScheduler(
  endpoints: Endpoints,
  onFailure: (line: string) => void,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const run = async () => {
    while (!signal.aborted) {
      await sleep(EVERY_MS, undefined, { signal });
      await runSchedules(endpoints, signal).catch((error: unknown) => {
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
