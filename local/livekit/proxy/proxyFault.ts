import { z } from "zod";
import {
  failsSomething,
  faultFields,
  leavesNoAnswer,
  leavesRoomForAnswer,
} from "../../faults/faults.js";

const unrefinedFault = z.strictObject({
  ...faultFields,
  /** Send the request this many more times, simultaneously, after it went through. */
  duplicate: z.int().min(1).max(100).exactOptional(),
  /** Hold the request until it is released. */
  hold: z.boolean().exactOptional(),
});
export type ProxyFault = Readonly<z.output<typeof unrefinedFault>>;

/**
 * A failure between two servers, caused by a server or by the network. It matches "METHOD /path"
 * followed by the request's subject: `POST /twirp/livekit.RoomService/UpdateParticipant room=…
 * identity=…` or `POST /webhook participant_joined room=… identity=…`.
 */
export const proxyFaultRequest = unrefinedFault
  .refine(leavesRoomForAnswer, leavesNoAnswer)
  .refine((fault) => fault.hold !== true || !(failsSomething(fault) || fault.after === true), {
    path: ["hold"],
    error: "ends with a release and then passes: only duplicate can be combined with it",
  })
  .refine(
    (fault) => fault.hold === true || fault.duplicate !== undefined || failsSomething(fault),
    {
      path: ["status"],
      error: "or headers, body, delayMs, drop, duplicate or hold must say what fails",
    },
  );
