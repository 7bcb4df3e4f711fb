import type { z } from "zod";
import type { CallableContract } from "../../functions/src/contract/callable.js";
import type { Endpoints } from "../../local/suite/endpoints.js";

/** Calls a function as `uid` without an SDK, because a thousand people do not need one each. */
export async function callAs<Request extends z.ZodType>(
  { functions, projectId, region }: Endpoints,
  uid: string,
  { name }: CallableContract<Request>,
  data: z.input<Request>,
): Promise<void> {
  const answer = await fetch(`http://${functions}/${projectId}/${region}/${name}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "authorization": `Bearer ${unsignedToken(projectId, uid)}`,
    },
    body: JSON.stringify({ data }),
  });
  if (!answer.ok) throw new Error(`${name}: ${answer.status} ${await answer.text()}`);
}

/** An unsigned ID token, which only the emulators accept. */
function unsignedToken(projectId: string, uid: string): string {
  const now = Math.floor(Date.now() / 1_000);
  const part = (content: object) => Buffer.from(JSON.stringify(content)).toString("base64url");
  const claims = {
    iss: `https://securetoken.google.com/${projectId}`,
    aud: projectId,
    sub: uid,
    user_id: uid,
    auth_time: now,
    iat: now,
    exp: now + 3_600,
    firebase: { sign_in_provider: "custom", identities: {} },
  };
  return `${part({ alg: "none", typ: "JWT" })}.${part(claims)}.`;
}
