import { z } from "zod";
import type { PassingRequest } from "./passingRequest.js";

export const loggedPassage = z.strictObject({
  at: z.number(),
  method: z.string(),
  path: z.string(),
  /** Of a webhook: what happened. */
  event: z.string().exactOptional(),
  room: z.string().exactOptional(),
  identity: z.string().exactOptional(),
  /** Sent by a fault once more. */
  copy: z.literal(true).exactOptional(),
  /** Null while unanswered or held, and for good when no answer came or was sent. */
  status: z.int().nullable(),
});
export type LoggedPassage = z.infer<typeof loggedPassage>;

const longestLog = 10_000;

/** What passed between the functions and LiveKit, in order of arrival, without what opens a door. */
export class RequestLog {
  #entries: LoggedPassage[] = [];

  add({ method, path, subject }: PassingRequest, more: { readonly copy?: true } = {}) {
    const entry: LoggedPassage = {
      at: Date.now(),
      method,
      path,
      ...subject,
      ...more,
      status: null,
    };
    this.#entries.push(entry);
    if (this.#entries.length > longestLog) this.#entries.shift();
    return entry;
  }

  all(): readonly LoggedPassage[] {
    return this.#entries;
  }

  clear(): void {
    this.#entries = [];
  }
}
