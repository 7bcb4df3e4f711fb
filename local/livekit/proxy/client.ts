import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { controlCaller } from "../../control/controlCaller.js";
import type { ReleaseOrder } from "./heldRequests.js";
import type { proxyFaultRequest } from "./proxyFault.js";
import { loggedPassage, type LoggedPassage } from "./requestLog.js";

/** A test's control of the proxy around LiveKit. */
export interface LivekitControl {
  readonly faults: {
    set(fault: z.input<typeof proxyFaultRequest>): Promise<void>;
    clear(): Promise<void>;
  };
  /**
   * Releases all held requests one after the other, and returns their number once they are
   * answered.
   */
  release(order?: ReleaseOrder): Promise<number>;
  /** Kills LiveKit, as in a crash. */
  takeDown(): Promise<void>;
  /** Restarts LiveKit, without its former rooms. */
  bringBack(): Promise<void>;
  requests(): Promise<LoggedPassage[]>;
  /** Resolves with what `look` finds in the log, because webhooks arrive asynchronously. */
  until<Found>(
    look: (log: readonly LoggedPassage[]) => Found | undefined,
    patienceMs?: number,
  ): Promise<Found>;
  clearRequests(): Promise<void>;
}

const PATIENCE_MILLISECONDS = 30_000;

const released = z.object({ released: z.int() });

export function livekitControl(url: string): LivekitControl {
  const { send, post, remove } = controlCaller(url);
  const requests = async () =>
    z.array(loggedPassage).parse(JSON.parse(await send("GET", "requests")));
  return {
    faults: { set: (fault) => post("faults", fault), clear: () => remove("faults") },
    release: async (order = "arrival") =>
      released.parse(JSON.parse(await send("POST", "release", { order }))).released,
    takeDown: () => post("server", { state: "down" }),
    bringBack: () => post("server", { state: "up" }),
    requests,
    async until(look, patienceMs = PATIENCE_MILLISECONDS) {
      const deadline = Date.now() + patienceMs;
      for (;;) {
        const log = await requests();
        const found = look(log);
        if (found !== undefined) return found;
        if (Date.now() > deadline) throw new Error(`not in ${JSON.stringify(log)}`);
        await sleep(20);
      }
    },
    clearRequests: () => remove("requests"),
  };
}
