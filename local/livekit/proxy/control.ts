import { z } from "zod";
import {
  done,
  faultOperations,
  logOperations,
  type Operations,
  taking,
} from "../../control/operations.js";
import { json } from "../../http/answer.js";
import { releaseOrder } from "./heldRequests.js";
import { proxyFaultRequest } from "./proxyFault.js";
import type { ProxyState } from "./proxyState.js";

const releaseRequest = z.strictObject({ order: releaseOrder.default("arrival") });
const serverRequest = z.strictObject({ state: z.enum(["down", "up"]) });

/** What a test does to LiveKit, and to its traffic in both directions. */
export const operations: Operations<ProxyState> = {
  ...faultOperations(proxyFaultRequest),
  ...logOperations,
  "POST release": taking(releaseRequest, async ({ held }, { order }) =>
    json(200, { released: await held.release(order) }),
  ),
  "POST server": taking(serverRequest, async ({ server }, { state }) => {
    await (state === "up" ? server.start() : server.kill());
    return done;
  }),
};
