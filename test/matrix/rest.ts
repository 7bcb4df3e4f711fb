import type { DocumentData } from "firebase/firestore";
import { unsignedToken } from "../../local/clientApp/unsignedToken.js";
import { restValue, restWrite } from "../support/rules/restWrites.js";
import { emulator, set } from "../support/rules/world.js";
import type { Filter, List, Request } from "./table.js";

export type Answer =
  | { readonly kind: "allowed" }
  | { readonly kind: "missing" }
  | { readonly kind: "denied" }
  | { readonly kind: "error"; readonly text: string };

export interface Caller {
  /** Undefined: signed out. */
  readonly uid: string | undefined;
  readonly claims: Readonly<Record<string, unknown>>;
}

const server = "owner";

/** No document has this version. */
const outdated = { updateTime: "2001-01-01T00:00:00Z" };
const ATTEMPTS = 8;

/** Sends requests over REST: there are thousands, by many callers, and each caller would need an SDK client. */
export class Rest {
  readonly #origin: string;
  readonly #documents: string;
  readonly #project: string;

  constructor(projectId: string) {
    const { host, port } = emulator();
    this.#origin = `http://${host}:${port}`;
    this.#project = projectId;
    this.#documents = `projects/${projectId}/databases/(default)/documents`;
  }

  /** Writes documents past the rules. */
  async seed(documents: ReadonlyMap<string, DocumentData>): Promise<void> {
    const writes = [...documents].map(([path, data]) =>
      restWrite(this.#documents, set(path, data)),
    );
    for (let start = 0; start < writes.length; start += 200) {
      const answer = await this.#post(`/v1/${this.#documents}:commit`, server, {
        writes: writes.slice(start, start + 200),
      });
      if (!answer.ok) throw new Error(`The documents could not be written: ${await answer.text()}`);
    }
  }

  /**
   * Asks the rules without changing anything: the emulator evaluates rules before preconditions, and each commit
   * has a precondition that fails.
   */
  async ask(request: Request, { uid, claims }: Caller): Promise<Answer> {
    const token = uid === undefined ? undefined : unsignedToken(this.#project, uid, claims);
    let answer = await this.#send(request, uid, token);
    // Other requests hold the lock of the same document.
    for (let attempt = 1; answer.status === 409 && attempt < ATTEMPTS; attempt += 1) {
      answer = await this.#send(request, uid, token);
    }
    const text = await answer.text();
    if (answer.status === 403) return { kind: "denied" };
    if ("writes" in request) {
      const isStopped = answer.status === 400 && text.includes("FAILED_PRECONDITION");
      return isStopped ? { kind: "allowed" } : { kind: "error", text };
    }
    if (answer.status === 200) return { kind: "allowed" };
    return answer.status === 404 ? { kind: "missing" } : { kind: "error", text };
  }

  #send(request: Request, uid: string | undefined, token: string | undefined): Promise<Response> {
    if ("get" in request) {
      return fetch(`${this.#origin}/v1/${this.#documents}/${request.get}`, {
        headers: headersOf(token),
      });
    }
    if ("list" in request) {
      const { parent } = request.list;
      const at = parent === "" ? this.#documents : `${this.#documents}/${parent}`;
      return this.#post(`/v1/${at}:runQuery`, token, {
        structuredQuery: structuredQuery(request.list),
      });
    }
    const { writes } = request;
    const encoded = writes.map((write) => restWrite(this.#documents, write));
    return this.#post(`/v1/${this.#documents}:commit`, token, {
      writes: writes.every(({ how }) => how === "update" || how === "delete")
        ? encoded.map((write) => ({ ...write, currentDocument: outdated }))
        : // A precondition here would make the rules see an update.
          [
            ...encoded,
            { verify: `${this.#documents}/${readableBy(uid)}`, currentDocument: outdated },
          ],
    });
  }

  #post(path: string, token: string | undefined, body: unknown): Promise<Response> {
    return fetch(`${this.#origin}${path}`, {
      method: "POST",
      headers: { ...headersOf(token), "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  }
}

/** A document that this caller may read. Each has their own, because a commit locks it. */
function readableBy(uid: string | undefined): string {
  return uid === undefined ? "config/client" : `users/${uid}`;
}

function headersOf(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

function structuredQuery({ collection, isGroup, filters = [], limit }: List): unknown {
  return {
    from: [{ collectionId: collection, ...(isGroup && { allDescendants: true }) }],
    ...(filters.length > 0 && {
      where: { compositeFilter: { op: "AND", filters: filters.map(fieldFilter) } },
    }),
    ...(limit !== undefined && { limit }),
  };
}

function fieldFilter([fieldPath, op, value]: Filter): unknown {
  return { fieldFilter: { field: { fieldPath }, op, value: restValue(value) } };
}
