/** A name or a title inside a sentence: text of the other direction does not reorder the words around it. */
export const isolated = (text: string): string => `\u2068${text}\u2069`;

/** A sentence with names or titles in it, each isolated. */
export function sentence(texts: TemplateStringsArray, ...names: readonly string[]): string {
  return String.raw({ raw: texts }, ...names.map(isolated));
}
