import fc from "fast-check";
import { serverTimestamp } from "firebase/firestore/lite";
import { firestore } from "../../../functions/test/support/backstage.js";
import { accepted, refused } from "../command.js";
import { isPresent, withPart } from "../state.js";
import { person, show, unlessDeleted } from "./calling.js";

/** Longer than the rules make anyone wait after a request or a rejection. */
const A_WHILE_MS = 120_000;

export const askToSpeak = fc.record({ caller: person, show }).map(({ caller, show }) =>
  unlessDeleted({
    caller,
    line: `${caller} writes speakRequests/${caller} ${JSON.stringify({ show, status: "pending" })}`,
    isRepeatable: true,
    outcomes(world) {
      const { status, parts } = world.shows[show];
      const part = parts[caller];
      const mayAsk =
        status === "live" &&
        isPresent(part) &&
        part.place.role === "listener" &&
        part.place.invitedTo === null &&
        part.request !== "pending" &&
        part.request !== "accepted";
      if (!mayAsk) return refused(world, "denied");
      return accepted(withPart(world, show, caller, { request: "pending" }));
    },
    async prepare(theatre) {
      const path = `shows/${theatre.showId(show)}/speakRequests/${theatre.uid(caller)}`;
      const request = firestore.doc(path);
      const before = await request.get();
      if (!before.exists) return;
      const earlier = new Date(Date.now() - A_WHILE_MS);
      const wasDecided = before.get("decidedAt") !== null;
      await request.update({ createdAt: earlier, ...(wasDecided && { decidedAt: earlier }) });
    },
    send: (theatre) =>
      theatre.write(caller, (batch, at) => {
        const uid = theatre.uid(caller);
        batch.set(at(`shows/${theatre.showId(show)}/speakRequests/${uid}`), {
          uid,
          status: "pending",
          message: "",
          createdAt: serverTimestamp(),
          decidedAt: null,
          decidedBy: null,
        });
      }),
  }),
);
