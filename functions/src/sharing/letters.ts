const segmenter = new Intl.Segmenter();

/** What a reader sees as letters: an emoji of several code points is one. */
export function lettersOf(text: string): readonly string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** The text, or its beginning and an ellipsis if it has more letters than `limit`. */
export function shortened(text: string, limit: number): string {
  const letters = lettersOf(text);
  return letters.length <= limit ? text : `${letters.slice(0, limit - 1).join("")}…`;
}
