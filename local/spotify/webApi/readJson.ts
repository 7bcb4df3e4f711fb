import type { z } from "zod";

import type { HttpRequest } from "../../http/readRequest.js";

/** Undefined if the body is not JSON or has another shape. */
export function readJson<Schema extends z.ZodType>(
  { body }: HttpRequest,
  schema: Schema,
): z.output<Schema> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  return schema.safeParse(value).data;
}
