import { z } from "zod";
import { endpoints } from "../../local/suite/endpoints.js";
import { firestoreUse } from "./firestoreUse.js";

/** Somebody who takes part, and the custom token that they sign in with. */
const guest = z.object({ uid: z.string(), token: z.string() });
export type Guest = z.infer<typeof guest>;

/** `ambient` and `naive` listen; an `author` is in the show and writes. */
export const design = z.enum(["ambient", "naive", "author"]);
export type Design = z.infer<typeof design>;

/** Something that the bench asks of a process full of phones, and what that answers. */
export interface Order<
  Request extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  readonly name: string;
  readonly request: Request;
  readonly answer: Answer;
}

function order<Request extends z.ZodType, Answer extends z.ZodType>(
  name: string,
  request: Request,
  answer: Answer,
): Order<Request, Answer> {
  return { name, request, answer };
}

export const orders = {
  /** Signs in and joins, one phone after the other. */
  join: order(
    "join",
    z.object({ design, endpoints, showId: z.string(), guests: z.array(guest) }),
    z.null(),
  ),
  /** What has been read and written since the last time. */
  take: order("take", z.null(), firestoreUse),
  /** Authors: evenly spread comments. */
  write: order(
    "write",
    z.object({ phase: z.string(), perSecond: z.number(), seconds: z.number() }),
    z.object({ ids: z.array(z.string()), failures: z.array(z.string()) }),
  ),
  /** Listens to a document that this person then rewrites, with nothing of Ambient between. */
  listenBare: order("listenBare", z.object({ uid: z.string() }), z.null()),
  /** Authors: one bare write, by the first of them. */
  writeBare: order("writeBare", z.null(), z.null()),
  /** Milliseconds from each write of a phase to each screen. */
  lags: order("lags", z.object({ phase: z.string() }), z.array(z.number())),
  report: order(
    "report",
    z.object({ written: z.array(z.string()) }),
    z.object({ lost: z.number(), duplicated: z.number() }),
  ),
  leave: order("leave", z.null(), z.null()),
} as const;

export const orderMessage = z.object({ id: z.number(), name: z.string(), request: z.unknown() });

export const answerMessage = z.object({
  id: z.number(),
  answer: z.unknown().optional(),
  error: z.string().optional(),
});

/** The lag of a bare write is kept under this name. */
export const BARE = "bare";
