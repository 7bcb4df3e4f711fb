import { z } from "zod";
import {
  failsSomething,
  faultFields,
  leavesNoAnswer,
  leavesRoomForAnswer,
} from "../../faults/faults.js";

const unrefinedFault = z.strictObject({
  ...faultFields,
  /** Send the request this many times more, all at once, after it went through. */
  duplicate: z.int().min(1).max(100).exactOptional(),
  /** Keep the request until it is released. */
  hold: z.boolean().exactOptional(),
});
export type ProxyFault = Readonly<z.output<typeof unrefinedFault>>;

/**
 * What can happen between two servers: what a server can do by itself, and what a network can. A
 * fault matches "METHOD /path", followed by what the request is about:
 * `POST /twirp/livekit.RoomService/UpdateParticipant room=… identity=…` or
 * `POST /webhook participant_joined room=… identity=…`.
 */
export const proxyFaultRequest = unrefinedFault
  .refine(leavesRoomForAnswer, leavesNoAnswer)
  .refine((fault) => fault.hold !== true || !(failsSomething(fault) || fault.after === true), {
    path: ["hold"],
    error: "ends with a release and goes through then: only duplicate goes with it",
  })
  .refine(
    (fault) => fault.hold === true || fault.duplicate !== undefined || failsSomething(fault),
    {
      path: ["status"],
      error: "or headers, body, delayMs, drop, duplicate or hold must say what fails",
    },
  );
