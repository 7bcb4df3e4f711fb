/** A name or a title inside a sentence: text of the other direction does not reorder the words around it. */
export const isolated = (text: string): string => `\u2068${text}\u2069`;
