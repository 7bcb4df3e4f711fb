import fc from "fast-check";
import { serverTimestamp } from "firebase/firestore/lite";
import { randomUUID } from "node:crypto";
import { firestore } from "../../../functions/test/support/backstage.js";
import { accepted, refused } from "../command.js";
import { isPresent, withPart } from "../state.js";
import { person, show, unlessDeleted } from "./calling.js";

/** Longer than the rules make anyone wait between two comments. */
const A_WHILE_MS = 10_000;

export const comment = fc.record({ caller: person, show }).map(({ caller, show }) =>
  unlessDeleted({
    caller,
    line: `${caller} writes a comment ${JSON.stringify({ show })}`,
    outcomes(world) {
      const { status, parts } = world.shows[show];
      const part = parts[caller];
      if (status !== "live" || !isPresent(part)) return refused(world, "denied");
      const visibleComments = part.visibleComments + 1;
      return accepted(withPart(world, show, caller, { visibleComments }));
    },
    async prepare(theatre) {
      const path = `shows/${theatre.showId(show)}/activity/${theatre.uid(caller)}`;
      const activity = firestore.doc(path);
      const before = await activity.get();
      if (before.get("lastCommentAt") === undefined) return;
      await activity.update({ lastCommentAt: new Date(Date.now() - A_WHILE_MS) });
    },
    send: (theatre) =>
      theatre.write(caller, (batch, at) => {
        const id = randomUUID();
        const root = `shows/${theatre.showId(show)}`;
        batch.set(at(`${root}/comments/${id}`), {
          authorUid: theatre.uid(caller),
          author: { displayName: caller, photoUrl: null },
          text: "Hello",
          createdAt: serverTimestamp(),
          hidden: false,
        });
        const stamp = { lastCommentAt: serverTimestamp(), lastCommentId: id };
        batch.set(at(`${root}/activity/${theatre.uid(caller)}`), stamp, { merge: true });
      }),
  }),
);
