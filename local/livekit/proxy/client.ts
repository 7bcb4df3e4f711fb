import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { controlCaller } from "../../control/controlCaller.js";
import type { ReleaseOrder } from "./heldRequests.js";
import type { proxyFaultRequest } from "./proxyFault.js";
import { loggedPassage, type LoggedPassage } from "./requestLog.js";

/** What a test says to the proxy around LiveKit. */
export interface LivekitControl {
  readonly faults: {
    set(fault: z.input<typeof proxyFaultRequest>): Promise<void>;
    clear(): Promise<void>;
  };
  /** Lets through what a fault holds, one after the other, and says how many when they are. */
  release(order?: ReleaseOrder): Promise<number>;
  /** Kills LiveKit, as a crash would. */
  takeDown(): Promise<void>;
  /** Starts it again, without the rooms that it had. */
  bringBack(): Promise<void>;
  requests(): Promise<LoggedPassage[]>;
  /** What `look` finds in the log, once it is there: a webhook comes when it comes. */
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
