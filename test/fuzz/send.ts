import { isRecord, parseJson, type JsonRecord, recordOf } from "../../local/files/json.js";
import type { Endpoints } from "../../local/suite/endpoints.js";

/** After this a call counts as hanging. Functions end by themselves after 60 s. */
const DEADLINE_MS = 30_000;

export interface Answer {
  readonly status: number;
  readonly text: string;
  /** Empty unless the answer is a JSON object. */
  readonly body: JsonRecord;
}

export type HttpMethod = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";

export async function sendHttp(
  { functions, projectId, region }: Endpoints,
  path: string,
  request: {
    readonly method: HttpMethod;
    readonly headers: Record<string, string>;
    readonly body?: string;
  },
): Promise<Answer> {
  const response = await fetch(`http://${functions}/${projectId}/${region}/${path}`, {
    ...request,
    redirect: "manual",
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  const text = await response.text();
  return { status: response.status, text, body: objectIn(text) };
}

/** Calls like the SDKs do: a POST whose body is `{data}`. */
export function sendCall(
  endpoints: Endpoints,
  name: string,
  body: unknown,
  token?: string,
): Promise<Answer> {
  return sendHttp(endpoints, name, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
}

/** An ID token as the emulators accept it: unsigned. */
export function tokenOf(uid: string, claims: object = {}): string {
  const project = process.env.GCLOUD_PROJECT ?? "";
  const now = Math.floor(Date.now() / 1_000);
  const payload = {
    ...claims,
    iss: `https://securetoken.google.com/${project}`,
    aud: project,
    auth_time: now,
    iat: now,
    exp: now + 3_600,
    sub: uid,
    user_id: uid,
    firebase: { identities: {}, sign_in_provider: "custom" },
  };
  const encoded = [{ alg: "none", typ: "JWT" }, payload].map((part) =>
    Buffer.from(JSON.stringify(part)).toString("base64url"),
  );
  return `${encoded.join(".")}.`;
}

function objectIn(text: string): JsonRecord {
  try {
    const value = parseJson(text);
    return isRecord(value) ? recordOf(value) : {};
  } catch {
    return {};
  }
}
