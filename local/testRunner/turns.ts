/** Where what runs at the same time writes: one after the other, as if it had run so. */
export class Turns {
  readonly #write: (text: string) => void;
  /** In the order of their beginnings; the first one writes through, the others wait. */
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

  /** Whoever comes first now shows what they have kept; who has ended by then makes room. */
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
