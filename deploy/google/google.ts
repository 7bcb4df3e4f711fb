import type { z } from "zod";
import { LaunchError } from "../../local/launchError.js";
import type { Edges } from "../edges.js";
import { errorAnswer } from "./answers.js";

/** Why Google gave no answer. */
export type Failure =
  /** No network, or Google is down. */
  | "unreachable"
  /** No credentials on this machine, or they have expired. */
  | "unauthenticated"
  | "forbidden"
  | "missing"
  /** The API is not enabled in the project. */
  | "disabled"
  | "failed";

export class GoogleError extends LaunchError {
  readonly failure: Failure;
  /** Such as `run.googleapis.com`. */
  readonly api: string;

  constructor(failure: Failure, api: string, message: string) {
    super(`${api}: ${message}`);
    this.failure = failure;
    this.api = api;
  }
}

/** Google's APIs, as one project's operator calls them. */
export class Google {
  readonly #edges: Edges;
  readonly projectId: string;

  constructor(edges: Edges, projectId: string) {
    this.#edges = edges;
    this.projectId = projectId;
  }

  async get<Answer extends z.ZodType>(
    answer: Answer,
    api: string,
    path: string,
  ): Promise<z.output<Answer>> {
    return this.#request(answer, api, path, { method: "GET" });
  }

  /** As `get`; undefined if there is no such thing. */
  async find<Answer extends z.ZodType>(
    answer: Answer,
    api: string,
    path: string,
  ): Promise<z.output<Answer> | undefined> {
    try {
      return await this.get(answer, api, path);
    } catch (error) {
      if (error instanceof GoogleError && error.failure === "missing") return undefined;
      throw error;
    }
  }

  /** Every page of a list. */
  async list<Page extends z.ZodType<{ readonly nextPageToken?: string | undefined }>>(
    page: Page,
    api: string,
    path: string,
  ): Promise<readonly z.output<Page>[]> {
    const pages: z.output<Page>[] = [];
    let token: string | undefined;
    do {
      const separator = path.includes("?") ? "&" : "?";
      const suffix =
        token === undefined ? "" : `${separator}pageToken=${encodeURIComponent(token)}`;
      const next = await this.get(page, api, `${path}${suffix}`);
      pages.push(next);
      token = next.nextPageToken === "" ? undefined : next.nextPageToken;
    } while (token !== undefined);
    return pages;
  }

  async send<Answer extends z.ZodType>(
    answer: Answer,
    method: "POST" | "PATCH" | "PUT",
    api: string,
    path: string,
    body: object,
  ): Promise<z.output<Answer>> {
    return this.#request(answer, api, path, { method, body: JSON.stringify(body) });
  }

  async #request<Answer extends z.ZodType>(
    answer: Answer,
    api: string,
    path: string,
    init: RequestInit,
  ): Promise<z.output<Answer>> {
    const host = `${api}.googleapis.com`;
    let token: string;
    try {
      token = await this.#edges.accessToken();
    } catch (error) {
      throw new GoogleError("unauthenticated", host, messageOf(error));
    }
    let response: Response;
    let text: string;
    try {
      response = await this.#edges.fetch(`https://${host}${path}`, {
        ...init,
        headers: {
          "authorization": `Bearer ${token}`,
          "content-type": "application/json",
          // Otherwise a person's own credentials count against gcloud's project, where the API may be disabled.
          "x-goog-user-project": this.projectId,
        },
      });
      text = await response.text();
    } catch (error) {
      throw new GoogleError("unreachable", host, messageOf(error));
    }
    const body: unknown = parsed(text);
    if (response.ok) {
      const found = answer.safeParse(body);
      if (found.success) return found.data;
      throw new GoogleError("failed", host, `an unexpected response: ${found.error.message}`);
    }
    const refusal = errorAnswer.safeParse(body).data?.error;
    const isDisabled = refusal?.details?.some(({ reason }) => reason === "SERVICE_DISABLED");
    throw new GoogleError(
      isDisabled === true ? "disabled" : failureOf(response.status),
      host,
      refusal?.message ?? `status ${response.status}`,
    );
  }
}

function failureOf(status: number): Failure {
  switch (status) {
    case 401:
      return "unauthenticated";
    case 403:
      return "forbidden";
    case 404:
      return "missing";
    default:
      return "failed";
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // `fetch failed` alone does not say that the name could not be resolved.
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
