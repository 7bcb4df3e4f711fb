import { z } from "zod";
import { endpoints } from "../../local/suite/endpoints.js";
import { order } from "../../local/process/orders/order.js";
import { firestoreUse } from "./firestoreUse.js";

/** A participant with the custom token for their sign-in. */
const guest = z.object({ uid: z.string(), token: z.string() });
export type Guest = z.infer<typeof guest>;

/** `ambient` and `naive` phones listen; an `author` is in the show and writes. */
export const design = z.enum(["ambient", "naive", "author"]);
export type Design = z.infer<typeof design>;

export const orders = {
  /** Signs in and joins, one phone after the other. */
  join: order(
    "join",
    z.object({ design, endpoints, showId: z.string(), guests: z.array(guest) }),
    z.null(),
  ),
  /** Returns the reads and writes since the last call. */
  take: order("take", z.null(), firestoreUse),
  /** Makes the authors write evenly spread comments. */
  write: order(
    "write",
    z.object({ phase: z.string(), perSecond: z.number(), seconds: z.number() }),
    z.object({ ids: z.array(z.string()), failures: z.array(z.string()) }),
  ),
  /** Follows another show's comments with Firestore's SDK alone. */
  listenBare: order("listenBare", z.object({ showId: z.string() }), z.null()),
  /** The milliseconds from each write of a phase to each screen. */
  lags: order("lags", z.object({ phase: z.string() }), z.array(z.number())),
  report: order(
    "report",
    z.object({ written: z.array(z.string()) }),
    z.object({ missed: z.array(z.array(z.string())), duplicated: z.number() }),
  ),
  leave: order("leave", z.null(), z.null()),
} as const;

/** The phase of the comments that are written and followed without Ambient. */
export const BARE = "bare";
