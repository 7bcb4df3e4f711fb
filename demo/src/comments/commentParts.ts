export interface CommentPart {
  readonly kind: "text" | "mention" | "link";
  readonly text: string;
}

/** The part of a link's text that cannot belong to it ends it: white space, control and format characters, quotes. */
const LINK = /\bhttps:\/\/[^\s\p{Cc}\p{Cf}<>"'`“”„«»]+/giu;
const TRAILING = /[.,;:!?…*_~|]$/u;
const BRACKETS = { ")": "(", "]": "[", "}": "{" } as const;

/** Splits a comment's text into plain text, links and mentions of these names. */
export function commentParts(text: string, names: readonly string[]): readonly CommentPart[] {
  return splitAt(text, linksIn(text), "link").flatMap((part) =>
    part.kind === "link" ? [part] : splitAt(part.text, mentionsIn(part.text, names), "mention"),
  );
}

interface Found {
  readonly index: number;
  readonly text: string;
}

function splitAt(
  text: string,
  found: readonly Found[],
  kind: "link" | "mention",
): readonly CommentPart[] {
  const parts: CommentPart[] = [];
  let end = 0;
  for (const { index, text: match } of found) {
    if (index > end) parts.push({ kind: "text", text: text.slice(end, index) });
    parts.push({ kind, text: match });
    end = index + match.length;
  }
  if (end < text.length) parts.push({ kind: "text", text: text.slice(end) });
  return parts;
}

function linksIn(text: string): readonly Found[] {
  return [...text.matchAll(LINK)]
    .map(({ 0: match, index }) => ({ index, text: withoutTrailing(match) }))
    .filter((found) => isHonestLink(found.text));
}

/** A sentence's punctuation does not belong to the link, nor does a bracket that opened before it. */
function withoutTrailing(match: string): string {
  let link = match;
  while (TRAILING.test(link) || endsWithForeignBracket(link)) link = link.slice(0, -1);
  return link;
}

function endsWithForeignBracket(link: string): boolean {
  return Object.entries(BRACKETS).some(
    ([close, open]) => link.endsWith(close) && link.split(close).length > link.split(open).length,
  );
}

/** A user name before the host makes `https://bank.example@evil.example` look like another site. */
function isHonestLink(link: string): boolean {
  if (!URL.canParse(link)) return false;
  const { hostname, username, password } = new URL(link);
  return hostname.includes(".") && username === "" && password === "";
}

function mentionsIn(text: string, names: readonly string[]): readonly Found[] {
  if (names.length === 0) return [];
  // The longest first, because “Ada” is also the beginning of “Ada Okafor”.
  const alternatives = names
    .toSorted((one, other) => other.length - one.length)
    .map((name) => name.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`));
  const mention = new RegExp(String.raw`@(?:${alternatives.join("|")})(?![\p{L}\p{N}])`, "gu");
  return [...text.matchAll(mention)].map(({ 0: match, index }) => ({ index, text: match }));
}
