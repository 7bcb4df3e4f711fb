import fc from "fast-check";
import { accepted, refused } from "../command.js";
import { withPart } from "../state.js";
import { person, show, unlessDeleted } from "./calling.js";

export const withdrawRequest = fc.record({ caller: person, show }).map(({ caller, show }) =>
  unlessDeleted({
    caller,
    line: `${caller} writes speakRequests/${caller} ${JSON.stringify({ show, status: "cancelled" })}`,
    isRepeatable: true,
    outcomes(world) {
      if (world.shows[show].parts[caller].request !== "pending") return refused(world, "denied");
      return accepted(withPart(world, show, caller, { request: "cancelled" }));
    },
    send: (theatre) =>
      theatre.write(caller, (batch, at) => {
        const path = `shows/${theatre.showId(show)}/speakRequests/${theatre.uid(caller)}`;
        batch.update(at(path), { status: "cancelled" });
      }),
  }),
);
