import fc from "fast-check";
import { acceptInvitation as contract } from "../../../functions/src/contract/stage.js";
import { accepted, refused } from "../command.js";
import { isPresent, SEATS, seatsTaken, withPlace } from "../state.js";
import { calling, inShow, person, show } from "./calling.js";

export const acceptInvitation = fc.record({ caller: person, show }).map(({ caller, show }) =>
  calling({
    caller,
    contract,
    ...inShow(show, {}),
    outcomes(world) {
      const { status, parts } = world.shows[show];
      if (status !== "live") return refused(world, "SHOW_NOT_LIVE");
      const part = parts[caller];
      if (!isPresent(part)) return refused(world, "NOT_PARTICIPANT");
      const { role, invitedTo } = part.place;
      if (invitedTo === null) {
        // The answer of the first call may have got lost.
        const isUp = role === "speaker" || role === "cohost";
        return isUp ? accepted(world, `ok ${role}`) : refused(world, "NOT_INVITED");
      }
      const isFull = invitedTo === "speaker" && seatsTaken(world.shows[show]) >= SEATS;
      if (isFull) return refused(world, "SPEAKER_LIMIT");
      const place = { state: "present", role: invitedTo, invitedTo: null } as const;
      return accepted(withPlace(world, show, caller, place), `ok ${invitedTo}`);
    },
    answerOf: ({ role }) => `ok ${role}`,
  }),
);
