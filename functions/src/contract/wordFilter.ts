import { z } from "zod";
import { defineCallable } from "./callable.js";
import { documentId } from "./fields.js";

/**
 * `shows/{showId}/filter/words` for a show, `config/words` for the whole service. The security rules match texts with
 * `pattern` and, in a show, with the service's as it was when the show started or the creator last set words. Null:
 * nothing is filtered.
 */
export const wordFilterDocument = z.object({
  words: z.array(z.string()).meta({ data: "filter" }),
  pattern: z.string().nullable().meta({ data: "filter" }),
  servicePattern: z.string().nullable().optional().meta({ data: "filter" }),
});
export type WordFilterDocument = z.infer<typeof wordFilterDocument>;

export const setWordFilter = defineCallable({
  name: "setWordFilter",
  summary:
    "Sets the words that comments and messages in a show may not contain; without a show, those of the whole service, which titles, descriptions, bios and names may not contain either. A list may have about 100 words of nine letters. A show follows the service's words from its start or its creator's next call.",
  who: "creator; without a show, admin",
  request: z.strictObject({
    showId: documentId.optional(),
    words: z.array(z.string().trim().min(1).max(40)).max(100),
  }),
  response: z.strictObject({ words: z.array(z.string()) }),
  limit: "setWordFilter",
  reasons: ["SHOW_NOT_FOUND", "NOT_CREATOR", "NOT_ADMIN", "SHOW_OVER", "RATE_LIMITED"],
});
