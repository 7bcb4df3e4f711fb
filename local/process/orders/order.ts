import { z } from "zod";

/** A request to a worker process, and the answer. */
export interface Order<
  Request extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  readonly name: string;
  readonly request: Request;
  readonly answer: Answer;
}

export function order<Request extends z.ZodType, Answer extends z.ZodType>(
  name: string,
  request: Request,
  answer: Answer,
): Order<Request, Answer> {
  return { name, request, answer };
}

export const orderMessage = z.object({ id: z.number(), name: z.string(), request: z.unknown() });

export const answerMessage = z.object({
  id: z.number(),
  answer: z.unknown().optional(),
  error: z.string().optional(),
});
