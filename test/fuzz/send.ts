import { isRecord, parseJson, type JsonRecord, recordOf } from "../../local/files/json.js";
import { functionUrl, type Endpoints } from "../../local/suite/endpoints.js";

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
  endpoints: Endpoints,
  path: string,
  request: {
    readonly method: HttpMethod;
    readonly headers: Record<string, string>;
    readonly body?: string;
  },
): Promise<Answer> {
  const response = await fetch(functionUrl(endpoints, path), {
    ...request,
    redirect: "manual",
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  const text = await response.text();
  return { status: response.status, text, body: objectIn(text) };
}

function objectIn(text: string): JsonRecord {
  try {
    const value = parseJson(text);
    return isRecord(value) ? recordOf(value) : {};
  } catch {
    return {};
  }
}
