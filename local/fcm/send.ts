import { json, type Answer } from "../http/answer.js";
import { problemOf, sendRequest } from "./message.js";
import { failure, type FcmAnswer, type FcmState } from "./state.js";

/** HTTP v1's only request. */
const SEND = /^\/v1\/projects\/([^/]+)\/messages:send$/;

/** HTTP v1's answer to a request. */
export function answerSend(
  state: FcmState,
  { method, path, authorization = "" }: { method: string; path: string; authorization?: string },
  body: string,
): Answer {
  const project = SEND.exec(path)?.[1];
  if (project === undefined || method !== "POST") {
    return json(404, { error: { code: 404, status: "NOT_FOUND", message: path } });
  }
  state.requests += 1;
  const { status, headers, body: content } = send(state, project, authorization, body);
  return json(status, content, headers);
}

function send(state: FcmState, project: string, authorization: string, body: string): FcmAnswer {
  if (!/^Bearer \S+$/.test(authorization)) {
    const message = "Request is missing required authentication credential.";
    return { status: 401, body: { error: { code: 401, status: "UNAUTHENTICATED", message } } };
  }
  const read = sendRequest.safeParse(parsed(body));
  if (!read.success) {
    const [issue] = read.error.issues;
    return failure("INVALID_ARGUMENT", `${issue?.path.join(".")}: ${issue?.message}`);
  }
  const problem = problemOf(read.data.message);
  if (problem !== null) return failure("INVALID_ARGUMENT", problem);
  return state.deliver(project, read.data.message, read.data.validate_only === true);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
