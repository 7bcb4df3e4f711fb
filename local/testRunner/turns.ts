/** Orders the output of parallel work, as if it had run sequentially. */
export class Turns {
  readonly #write: (text: string) => void;
  /**
   * The open turns in order of their start. The first one writes through, and the others are
   * buffered.
   */
  readonly #open: Turn[] = [];

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  begin(): Turn {
    const turn = new Turn(
      (text) => {
        if (this.#open[0] === turn) this.#write(text);
        else turn.kept += text;
      },
      () => {
        turn.hasEnded = true;
        this.#goOn();
      },
    );
    this.#open.push(turn);
    return turn;
  }

  /** Writes the next turn's buffer, and continues past turns that have already ended. */
  #goOn(): void {
    for (let first = this.#open[0]; first?.hasEnded === true; first = this.#open[0]) {
      this.#open.shift();
      const next = this.#open[0];
      if (next === undefined) return;
      this.#write(next.kept);
      next.kept = "";
    }
  }
}

export class Turn {
  readonly write: (text: string) => void;
  readonly end: () => void;
  kept = "";
  hasEnded = false;

  constructor(write: (text: string) => void, end: () => void) {
    this.write = write;
    this.end = end;
  }
}
