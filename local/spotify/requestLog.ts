import type { Clock } from "./clock.js";
import type { Grants } from "./grants.js";
import { formOf } from "./accounts/form.js";
import { bearerToken } from "./webApi/bearer.js";
import type { SpotifyRequest } from "./http.js";
import type { People } from "./personaRegistry.js";

export interface LoggedRequest {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** Null while unanswered, and for good when the connection was cut. */
  status: number | null;
  readonly persona?: string;
  readonly grantType?: string;
}

const longestLog = 10_000;
// Nothing that the caller chose freely: a secret in the wrong field must not reach the log.
const loggedGrantTypes = ["authorization_code", "refresh_token"];

/** Who asked for what, in order of arrival, without anything that opens a door. */
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

  add(request: SpotifyRequest): LoggedRequest {
    const persona = this.#personaId(request);
    const grantType = formOf(request).get("grant_type");
    const entry: LoggedRequest = {
      at: this.#clock.now(),
      method: request.method,
      path: request.path,
      status: null,
      ...(persona !== undefined && { persona }),
      ...(grantType !== null && loggedGrantTypes.includes(grantType) && { grantType }),
    };
    this.#entries.push(entry);
    if (this.#entries.length > longestLog) this.#entries.shift();
    return entry;
  }

  #personaId(request: SpotifyRequest): string | undefined {
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
