/** A seeded random generator, so that tests with many cases are the same in every run. */
export interface Dice {
  /** A whole number from 0 up to, but not including, `sides`. */
  below(sides: number): number;
  pick<Item>(from: readonly Item[]): Item;
  shuffled<Item>(items: readonly Item[]): Item[];
}

/** Mulberry32: small and sufficiently uniform. */
export function dice(seed: number): Dice {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (sides: number) => Math.floor(next() * sides);
  return {
    below,
    pick(from) {
      const [picked] = from.slice(below(from.length));
      if (picked === undefined) throw new Error("there is nothing to pick from");
      return picked;
    },
    shuffled(items) {
      return items
        .map((item) => ({ item, place: next() }))
        .sort((a, b) => a.place - b.place)
        .map(({ item }) => item);
    },
  };
}
