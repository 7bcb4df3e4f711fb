import { z } from "zod";
import type { PassingRequest } from "./passingRequest.js";

export const loggedPassage = z.strictObject({
  at: z.number(),
  method: z.string(),
  path: z.string(),
  /** The name of a webhook's event. */
  event: z.string().exactOptional(),
  room: z.string().exactOptional(),
  identity: z.string().exactOptional(),
  /** Sent again by a fault. */
  copy: z.literal(true).exactOptional(),
  /** Null while unanswered or held, and permanently if there was no answer. */
  status: z.int().nullable(),
});
export type LoggedPassage = z.infer<typeof loggedPassage>;

const longestLog = 10_000;

/** The traffic between the functions and LiveKit in order of arrival, without secrets. */
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
