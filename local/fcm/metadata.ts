import { empty, json, type Answer } from "../http/answer.js";

/** Where Google's libraries look for the access token of the machine that they run on. */
export const METADATA = "/computeMetadata/";

export function answerMetadata(path: string): Answer {
  const flavor = { "metadata-flavor": "Google" };
  if (path.endsWith("/token")) {
    const token = { access_token: "local", expires_in: 3_600, token_type: "Bearer" };
    return json(200, token, flavor);
  }
  return empty(200, flavor);
}
