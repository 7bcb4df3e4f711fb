import fc from "fast-check";
import { serverTimestamp } from "firebase/firestore/lite";
import { firestore } from "../../../functions/test/support/backstage.js";
import { noReactions, reactionTotals } from "../../../functions/src/contract/reactions.js";
import { accepted, refused } from "../command.js";
import { isPresent, withPart } from "../state.js";
import { person, show, unlessDeleted } from "./calling.js";

/** Longer than the rules make anyone wait between two writes. */
const A_WHILE_MS = 10_000;

export const react = fc.record({ caller: person, show }).map(({ caller, show }) =>
  unlessDeleted({
    caller,
    line: `${caller} writes reactions/${caller} ${JSON.stringify({ show, heart: "+1" })}`,
    outcomes(world) {
      const { status, parts } = world.shows[show];
      const part = parts[caller];
      if (status !== "live" || !isPresent(part)) return refused(world, "denied");
      return accepted(withPart(world, show, caller, { reactions: part.reactions + 1 }));
    },
    async prepare(theatre) {
      const path = `shows/${theatre.showId(show)}/reactions/${theatre.uid(caller)}`;
      const tally = firestore.doc(path);
      if (!(await tally.get()).exists) return;
      await tally.update({ at: new Date(Date.now() - A_WHILE_MS) });
    },
    async send(theatre) {
      const path = `shows/${theatre.showId(show)}/reactions/${theatre.uid(caller)}`;
      const before = (await firestore.doc(path).get()).data();
      const totals = before === undefined ? noReactions : reactionTotals.parse(before);
      return theatre.write(caller, (batch, at) => {
        batch.set(at(path), { ...totals, heart: totals.heart + 1, at: serverTimestamp() });
      });
    },
  }),
);
