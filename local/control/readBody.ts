import { z } from "zod";

import { type Answer, json } from "../http/answer.js";

const jsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue("is not JSON");
    return z.NEVER;
  }
});

/** Carries out a valid control request, or refuses it because of its first invalid field. */
export function readBody<T, Done>(
  body: string,
  schema: z.ZodType<T>,
  act: (request: T) => Done,
): Done | Answer {
  const read = jsonText.pipe(schema).safeParse(body);
  if (read.success) return act(read.data);
  const [issue] = read.error.issues;
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
  const path = [...(issue?.path ?? []), ...unknown].map(String);
  return refuse(path.length === 0 ? "body" : path.join("."), issue?.message ?? "is invalid");
}

export function refuse(field: string, message: string): Answer {
  return json(400, { error: { field, message } });
}
