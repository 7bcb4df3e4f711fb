import { z } from "zod";

import type { Clock } from "./clock.js";
import type { Grants } from "./grants.js";
import { formOf } from "./accounts/form.js";
import { bearerToken } from "./webApi/bearer.js";
import type { HttpRequest } from "../http/readRequest.js";
import type { People } from "./personaRegistry.js";

export const loggedRequest = z.strictObject({
  at: z.number(),
  method: z.string(),
  path: z.string(),
  /** Null while unanswered, and permanently if the connection was cut. */
  status: z.int().nullable(),
  persona: z.string().exactOptional(),
  /**
   * Nothing that a caller can choose freely: a secret in the wrong field must not reach the log.
   */
  grantType: z.enum(["authorization_code", "refresh_token"]).exactOptional(),
});
export type LoggedRequest = z.infer<typeof loggedRequest>;

const longestLog = 10_000;

/** All requests with their users, in order of arrival and without secrets. */
export class RequestLog {
  readonly #clock: Clock;
  readonly #grants: Grants;
  readonly #people: People;
  #entries: LoggedRequest[] = [];

  constructor(clock: Clock, grants: Grants, people: People) {
    this.#clock = clock;
    this.#grants = grants;
    this.#people = people;
  }

  add(request: HttpRequest): LoggedRequest {
    const persona = this.#personaId(request);
    const grantType = loggedRequest.shape.grantType.safeParse(
      formOf(request).get("grant_type"),
    ).data;
    const entry: LoggedRequest = {
      at: this.#clock.now(),
      method: request.method,
      path: request.path,
      status: null,
      ...(persona !== undefined && { persona }),
      ...(grantType !== undefined && { grantType }),
    };
    this.#entries.push(entry);
    if (this.#entries.length > longestLog) this.#entries.shift();
    return entry;
  }

  #personaId(request: HttpRequest): string | undefined {
    const form = formOf(request);
    const secret = bearerToken(request) ?? form.get("refresh_token") ?? form.get("code");
    if (secret !== null) return this.#grants.personaIdOf(secret);
    return this.#people.find(request.query.get("persona") ?? "")?.id;
  }

  all(): readonly LoggedRequest[] {
    return this.#entries;
  }

  clear(): void {
    this.#entries = [];
  }
}
