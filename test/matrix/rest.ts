import { type DocumentData, FieldValue, serverTimestamp, Timestamp } from "firebase/firestore";
import { emulator, type Write } from "../support/rules/world.js";
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

  /** Replaces the project's rules. */
  async loadRules(source: string): Promise<void> {
    const answer = await fetch(
      `${this.#origin}/emulator/v1/projects/${this.#project}:securityRules`,
      {
        method: "PUT",
        body: JSON.stringify({ rules: { files: [{ name: "firestore.rules", content: source }] } }),
      },
    );
    if (!answer.ok) throw new Error(`The rules do not load: ${await answer.text()}`);
  }

  /** Writes documents past the rules. */
  async seed(documents: ReadonlyMap<string, DocumentData>): Promise<void> {
    const writes = [...documents].map(([path, data]) => this.#encode({ path, data, how: "set" }));
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
    const token = uid === undefined ? undefined : this.#token(uid, claims);
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
    const encoded = writes.map((write) => this.#encode(write));
    return this.#post(`/v1/${this.#documents}:commit`, token, {
      writes: writes.every(({ how }) => how === "update" || how === "delete")
        ? encoded.map((write) => ({ ...write, currentDocument: outdated }))
        : // A precondition here would make the rules see an update.
          [...encoded, { verify: this.#name(readableBy(uid)), currentDocument: outdated }],
    });
  }

  #post(path: string, token: string | undefined, body: unknown): Promise<Response> {
    return fetch(`${this.#origin}${path}`, {
      method: "POST",
      headers: { ...headersOf(token), "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  }

  #name(path: string): string {
    return `${this.#documents}/${path}`;
  }

  /** Unsigned, as the emulator accepts it. */
  #token(uid: string, claims: Readonly<Record<string, unknown>>): string {
    const part = (value: unknown): string =>
      Buffer.from(JSON.stringify(value)).toString("base64url");
    const payload = {
      iss: `https://securetoken.google.com/${this.#project}`,
      aud: this.#project,
      iat: 0,
      exp: 3600,
      auth_time: 0,
      sub: uid,
      user_id: uid,
      firebase: { sign_in_provider: "custom", identities: {} },
      ...claims,
    };
    return `${part({ alg: "none", type: "JWT" })}.${part(payload)}.`;
  }

  #encode({ path, data, how }: Write): object {
    const name = this.#name(path);
    if (data === null) return { delete: name };
    const isNow = (value: unknown): boolean =>
      value instanceof FieldValue && value.isEqual(serverTimestamp());
    const entries = Object.entries(data);
    const plain = entries.filter(([, value]) => !(value instanceof FieldValue));
    const now = entries.filter(([, value]) => isNow(value));
    // A field in the mask without a value is deleted.
    const masked = entries.filter(([, value]) => !isNow(value)).map(([field]) => field);
    return {
      update: { name, fields: fieldsOf(Object.fromEntries(plain)) },
      ...(how === "set" ? {} : { updateMask: { fieldPaths: masked } }),
      ...(how === "update" ? { currentDocument: { exists: true } } : {}),
      updateTransforms: now.map(([fieldPath]) => ({
        fieldPath,
        setToServerValue: "REQUEST_TIME",
      })),
    };
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
  return { fieldFilter: { field: { fieldPath }, op, value: valueOf(value) } };
}

function fieldsOf(data: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, valueOf(value)]));
}

function valueOf(value: unknown): unknown {
  if (value === null) return { nullValue: null };
  if (typeof value === "boolean") return { booleanValue: value };
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "number") {
    return Number.isInteger(value) ? { integerValue: String(value) } : { doubleValue: value };
  }
  if (value instanceof Timestamp) return { timestampValue: value.toDate().toISOString() };
  if (Array.isArray(value)) return { arrayValue: { values: value.map(valueOf) } };
  if (typeof value === "object") return { mapValue: { fields: fieldsOf(value) } };
  throw new Error(`A document cannot contain ${typeof value}`);
}
