/** A comment on a screen, whose text contains the time of its writing. */
export interface Shown {
  readonly id: string;
  readonly text: string;
}

export interface ScreenReport {
  /** The ids of the comments that never appeared. */
  readonly missed: readonly string[];
  /** Comments that appeared twice, or came back after they had disappeared. */
  readonly duplicated: number;
}

/** The sequence of comment lists on one phone. */
export class Screen {
  readonly #seen = new Set<string>();
  readonly #lags = new Map<string, number[]>();
  #last: ReadonlySet<string> = new Set();
  #duplicated = 0;

  /** `at` must come from the same clock as the stamps. */
  show(comments: readonly Shown[], at: number): void {
    const ids = new Set(comments.map(({ id }) => id));
    this.#duplicated += comments.length - ids.size;
    for (const id of ids) if (this.#seen.has(id) && !this.#last.has(id)) this.#duplicated += 1;
    for (const { id, text } of comments) {
      if (this.#seen.has(id)) {
        continue;
      }
      this.#seen.add(id);
      const stamp = stampIn(text);
      if (stamp === undefined) continue;
      const lags = this.#lags.get(stamp.phase) ?? [];
      lags.push(at - stamp.at);
      this.#lags.set(stamp.phase, lags);
    }
    this.#last = ids;
  }

  report(written: readonly string[]): ScreenReport {
    return {
      missed: written.filter((id) => !this.#seen.has(id)),
      duplicated: this.#duplicated,
    };
  }

  /** The milliseconds from the writing of each comment of a phase to its first appearance. */
  lags(phase: string): readonly number[] {
    return this.#lags.get(phase) ?? [];
  }
}

/** A text with the time of its writing, as long as a typical comment. */
export function stamped(phase: string, at: number): string {
  return `${phase}|${at.toFixed(2)}|`.padEnd(43, "la ");
}

export function stampIn(text: string): { phase: string; at: number } | undefined {
  const [phase, at] = text.split("|");
  if (phase === undefined || at === undefined || !Number.isFinite(Number(at))) return undefined;
  return { phase, at: Number(at) };
}

/** Milliseconds since the epoch with fractions, the same in every process of a machine. */
export function wallClock(): number {
  return performance.timeOrigin + performance.now();
}
