import { NOT_BLANK } from "../../../functions/src/contract/fields.js";

/**
 * Whether nothing of a text can be seen: it is empty, or has only spaces and invisible characters. `comments.send`
 * rejects such a text.
 *
 * @example
 * ```ts
 * const canSend = (text: string) => !isBlank(text);
 * ```
 */
export function isBlank(text: string): boolean {
  return !NOT_BLANK.test(text);
}
