import { z } from "zod";
import type { CallableContract } from "../../functions/src/contract/callable.js";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { unsignedToken } from "../../local/clientApp/unsignedToken.js";

const body = z.object({ result: z.unknown() });

/** Calls a function as `uid` without an SDK, because a thousand people do not need one each. */
export async function callAs<Request extends z.ZodType, Response extends z.ZodType>(
  { functions, projectId, region }: Endpoints,
  uid: string,
  { name, response }: CallableContract<Request, Response>,
  data: z.input<Request>,
): Promise<z.output<Response>> {
  const answer = await fetch(`http://${functions}/${projectId}/${region}/${name}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "authorization": `Bearer ${unsignedToken(projectId, uid)}`,
    },
    body: JSON.stringify({ data }),
  });
  if (!answer.ok) throw new Error(`${name}: ${answer.status} ${await answer.text()}`);
  return response.parse(body.parse(await answer.json()).result);
}
