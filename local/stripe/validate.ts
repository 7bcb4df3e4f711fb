import { type Answer, json } from "../http/answer.js";
import type { HttpRequest } from "../http/readRequest.js";
import { headerOf } from "./http.js";
import type { State } from "./state.js";

/** The error that stripe-mock finds in a request, by Stripe's own OpenAPI description; null: no error, or no stripe-mock. */
export async function validate(
  { options }: Pick<State, "options">,
  request: HttpRequest,
): Promise<Answer | null> {
  if (options.mockUrl === undefined) return null;
  const query = request.query.size === 0 ? "" : `?${request.query.toString()}`;
  const response = await fetch(`${options.mockUrl}${request.path}${query}`, {
    method: request.method,
    headers: {
      // Its key is always this one.
      "authorization": "Bearer sk_test_123",
      "content-type": headerOf(request, "content-type") ?? "application/x-www-form-urlencoded",
    },
    ...(request.method !== "GET" && { body: request.body }),
  });
  const answer: unknown = await response.json();
  return response.ok ? null : json(response.status, answer);
}
