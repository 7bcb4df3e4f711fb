import fc from "fast-check";
import { serverTimestamp } from "firebase/firestore/lite";
import { accepted, refused } from "../command.js";
import {
  creator,
  liveShowOf,
  people,
  withAbsence,
  type Block,
  type Name,
  type World,
} from "../state.js";
import { person, unlessDeleted } from "./calling.js";

/** Mostly between the creator and someone else, because only that separates people. */
const pair = fc.oneof(
  { weight: 3, arbitrary: person.map((of) => ({ caller: creator, of })) },
  { weight: 3, arbitrary: person.map((caller) => ({ caller, of: creator })) },
  { weight: 1, arbitrary: fc.record({ caller: person, of: person }) },
);

/** The blocker leaves the other person's live show, and the other person is removed from the blocker's. */
export const block = pair.map(({ caller, of }) =>
  unlessDeleted({
    caller,
    line: `${caller} writes blocked/${of}`,
    isAlone: true,
    outcomes(world) {
      const isDenied =
        caller === of || world.deleted.includes(of) || indexOf(world, caller, of) !== -1;
      if (isDenied) return refused(world, "denied");
      const blocks = sorted([...world.blocks, { by: caller, of }]);
      return accepted(separated({ ...world, blocks }, caller, of));
    },
    send: (theatre) =>
      theatre.write(caller, (batch, at) => {
        const path = `users/${theatre.uid(caller)}/blocked/${theatre.uid(of)}`;
        batch.set(at(path), { createdAt: serverTimestamp() });
      }),
  }),
);

export const unblock = pair.map(({ caller, of }) =>
  unlessDeleted({
    caller,
    line: `${caller} deletes blocked/${of}`,
    isAlone: true,
    outcomes: (world) =>
      accepted({
        ...world,
        blocks: world.blocks.filter((each) => each.by !== caller || each.of !== of),
      }),
    send: (theatre) =>
      theatre.write(caller, (batch, at) => {
        batch.delete(at(`users/${theatre.uid(caller)}/blocked/${theatre.uid(of)}`));
      }),
  }),
);

function indexOf({ blocks }: World, by: Name, of: Name): number {
  return blocks.findIndex((each) => each.by === by && each.of === of);
}

function sorted(blocks: readonly Block[]): readonly Block[] {
  const rank = ({ by, of }: Block) => people.indexOf(by) * people.length + people.indexOf(of);
  return blocks.toSorted((a, b) => rank(a) - rank(b));
}

function separated(world: World, by: Name, of: Name): World {
  const show = liveShowOf(world);
  if (show === undefined || (by !== creator && of !== creator)) return world;
  const other = by === creator ? of : by;
  const state = world.shows[show].parts[other].place?.state;
  if (state !== "present" && state !== "lost") return world;
  return withAbsence(world, show, other, by === creator ? "removed" : "left");
}
