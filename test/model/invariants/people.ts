import { creator, isPresent, people, showNames, strangerPart } from "../state.js";
import { isDeepStrictEqual } from "node:util";
import type { Invariant } from "./invariant.js";

export const blockedPeopleAreApart: Invariant = ({ world, hidden }) =>
  showNames
    .filter((show) => world.shows[show].status === "live")
    .flatMap((show) =>
      hidden
        .filter(({ by, of }) => of === creator && isPresent(world.shows[show].parts[by]))
        .map(({ by }) => `${by} is in ${show} although ${by} and ada are hidden from each other`),
    );

/** Two people are hidden from each other while either blocks the other. */
export const blocksHideBoth: Invariant = ({ world, hidden }) =>
  people.flatMap((by) =>
    people.flatMap((of) => {
      const isBlocked = world.blocks.some(
        (block) => (block.by === by && block.of === of) || (block.by === of && block.of === by),
      );
      const isHidden = hidden.some((each) => each.by === by && each.of === of);
      return isBlocked === isHidden ? [] : [`${of} is ${isHidden ? "" : "not "}hidden from ${by}`];
    }),
  );

/** No trace of a deleted account in the shows, except that a ban stays. */
export const deletedAccountsLeaveNoTrace: Invariant = ({ world, rooms }) =>
  showNames.flatMap((show) =>
    world.deleted.flatMap((name) => {
      const isGone =
        isDeepStrictEqual({ ...world.shows[show].parts[name], isBanned: false }, strangerPart) &&
        rooms[show]?.some((person) => person.name === name) !== true;
      return isGone ? [] : [`${name} is deleted, and still in ${show}`];
    }),
  );

/** The payments to a deleted creator stay in the ledger without naming them. */
export const ledgerAddsUp: Invariant = ({ ledger, world }) =>
  ledger.payments === ledger.totals || world.deleted.includes(creator)
    ? []
    : [`payments of ${ledger.payments} are totalled as ${ledger.totals}`];

/** Only at rest: the audience is counted at the end of an interval. */
export const audienceIsCounted: Invariant = ({ world, published }) =>
  showNames
    .filter((show) => world.shows[show].status === "live")
    .flatMap((show) => {
      const { parts } = world.shows[show];
      const present = people.filter((name) => name !== creator && isPresent(parts[name])).length;
      return published[show] === present
        ? []
        : [`${show} has ${present} listeners, and ${published[show]} are published`];
    });

export const commentersHaveParticipated: Invariant = ({ world }) =>
  showNames.flatMap((show) =>
    people
      .filter((name) => {
        const { place, visibleComments, hiddenComments, reactions } = world.shows[show].parts[name];
        return place === null && visibleComments + hiddenComments + reactions > 0;
      })
      .map((name) => `${name} has commented in ${show} without having been there`),
  );
