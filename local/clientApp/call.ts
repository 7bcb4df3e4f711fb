import { z } from "zod";
import type { CallableContract } from "../../functions/src/contract/callable.js";
import { functionUrl, type Endpoints } from "../suite/endpoints.js";

export type CallResult<Answer> =
  | { readonly answer: Answer; readonly reason: null }
  | { readonly answer: null; readonly reason: string };

const okBody = z.object({ result: z.unknown() });
const errorBody = z.object({
  error: z.object({ status: z.string(), details: z.object({ reason: z.string() }).optional() }),
});

/** The HTTP request with which the SDKs call a function. */
export function callRequest(data: unknown, token?: string) {
  return {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ data }),
  } as const;
}

/**
 * Calls a function without an SDK, because a thousand people do not need one each. Resolves with the answer, parsed, or
 * with the reason of its refusal.
 */
export async function tryCall<Request extends z.ZodType, Response extends z.ZodType>(
  endpoints: Endpoints,
  { name, response }: CallableContract<Request, Response>,
  data: z.input<Request>,
  token?: string,
): Promise<CallResult<z.output<Response>>> {
  const answer = await fetch(functionUrl(endpoints, name), callRequest(data, token));
  const body: unknown = await answer.json();
  if (answer.ok) return { answer: response.parse(okBody.parse(body).result), reason: null };
  const { error } = errorBody.parse(body);
  return { answer: null, reason: error.details?.reason ?? error.status };
}

/** The same for a call that must not be refused. */
export async function call<Request extends z.ZodType, Response extends z.ZodType>(
  endpoints: Endpoints,
  contract: CallableContract<Request, Response>,
  data: z.input<Request>,
  token?: string,
): Promise<z.output<Response>> {
  const { answer, reason } = await tryCall(endpoints, contract, data, token);
  if (reason !== null) throw new Error(`${contract.name}: ${reason}`);
  return answer;
}
