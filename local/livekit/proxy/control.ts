import { z } from "zod";
import { readBody } from "../../control/readBody.js";
import { type Answer, empty, json, text } from "../../http/answer.js";
import { releaseOrder } from "./heldRequests.js";
import type { PassingRequest } from "./passingRequest.js";
import { proxyFaultRequest } from "./proxyFault.js";
import type { ProxyState } from "./proxyState.js";

type Operation = (state: ProxyState, body: string) => Answer | Promise<Answer>;

const releaseRequest = z.strictObject({ order: releaseOrder.default("arrival") });
const serverRequest = z.strictObject({ state: z.enum(["down", "up"]) });

const done = empty(204);

const operations = new Map<string, Operation>([
  [
    "POST /__control/faults",
    (state, body) =>
      readBody(body, proxyFaultRequest, (fault) => {
        state.faults.set(fault);
        return done;
      }),
  ],
  [
    "DELETE /__control/faults",
    (state) => {
      state.faults.clear();
      return done;
    },
  ],
  [
    "POST /__control/release",
    (state, body) =>
      readBody(body === "" ? "{}" : body, releaseRequest, async ({ order }) =>
        json(200, { released: await state.held.release(order) }),
      ),
  ],
  ["GET /__control/requests", (state) => json(200, state.log.all())],
  [
    "DELETE /__control/requests",
    (state) => {
      state.log.clear();
      return done;
    },
  ],
  [
    "POST /__control/server",
    (state, body) =>
      readBody(body, serverRequest, async (wanted) => {
        await (wanted.state === "up" ? state.server.start() : state.server.kill());
        return done;
      }),
  ],
]);

/** `/__control/…`: what a test does to LiveKit, and to its traffic in both directions. */
export async function control(state: ProxyState, request: PassingRequest): Promise<Answer> {
  const operation = operations.get(`${request.method} ${request.path}`);
  if (operation === undefined) return text(404, "There is no such control operation");
  return operation(state, request.body.toString("utf8"));
}
