import { commentParts } from "./commentParts.js";

export interface Person {
  readonly uid: string;
  readonly name: string;
}

/** The rules allow so many per comment. */
const MAX_MENTIONS = 5;
const MAX_SUGGESTIONS = 6;

/** The beginning of a name that the person is typing after an “@”, and where it stands. */
export interface MentionQuery {
  readonly start: number;
  readonly typed: string;
}

/** Up to two words, because many names have two. */
export function mentionQuery(text: string, caret: number): MentionQuery | undefined {
  const match = /(?:^|[\s(])@([^\s@]*(?: [^\s@]+)?)$/u.exec(text.slice(0, caret));
  if (!match) return undefined;
  const typed = match[1] ?? "";
  return { start: caret - typed.length - 1, typed };
}

/** The people whose name, or a word of it, begins with what was typed. */
export function matching(people: readonly Person[], { typed }: MentionQuery): readonly Person[] {
  const wanted = plain(typed);
  return people
    .filter(({ name }) => {
      const whole = plain(name);
      return whole.startsWith(wanted) || whole.split(" ").some((word) => word.startsWith(wanted));
    })
    .slice(0, MAX_SUGGESTIONS);
}

/**
 * The uids of the chosen people whom the text still names. “@Daniela” does not name Dan, and a name that two people share
 * stands for those who were chosen last, as often as the text has it.
 */
export function mentionedIn(text: string, chosen: readonly Person[]): readonly string[] {
  const names = chosen.map(({ name }) => name);
  const mentions = commentParts(text, names).filter(({ kind }) => kind === "mention");
  const left = new Map<string, number>();
  for (const mention of mentions) left.set(mention.text, (left.get(mention.text) ?? 0) + 1);
  const uids = new Set<string>();
  for (const { uid, name } of chosen.toReversed()) {
    const times = left.get(`@${name}`) ?? 0;
    if (times === 0 || uids.has(uid)) continue;
    uids.add(uid);
    left.set(`@${name}`, times - 1);
  }
  return [...uids].toReversed().slice(0, MAX_MENTIONS);
}

/** “cleo” finds “Cléo”. */
function plain(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}
