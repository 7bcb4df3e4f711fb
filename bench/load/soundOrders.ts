import { z } from "zod";
import { audio } from "../../functions/src/contract/audio.js";
import { order } from "../../local/process/orders/order.js";

/** What the bench asks of a process of listeners. */
export const soundOrders = {
  /** Connects one listener after the other. */
  connect: order("connect", z.object({ rooms: z.array(audio) }), z.null()),
  /** Returns the share of the time in which each listener heard the speaker. */
  hear: order("hear", z.object({ uid: z.string(), seconds: z.number() }), z.array(z.number())),
} as const;
