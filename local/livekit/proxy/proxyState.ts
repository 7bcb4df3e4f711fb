import type { Faults } from "../../faults/faults.js";
import type { LivekitServer } from "../server.js";
import type { HeldRequests } from "./heldRequests.js";
import type { ProxyFault } from "./proxyFault.js";
import type { RequestLog } from "./requestLog.js";

export interface ProxyState {
  readonly faults: Faults<ProxyFault>;
  readonly held: HeldRequests;
  readonly log: RequestLog;
  readonly server: Pick<LivekitServer, "start" | "kill">;
}
