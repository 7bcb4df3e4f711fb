import fc from "fast-check";
import { decideSpeakRequest as contract } from "../../../functions/src/contract/stage.js";
import { accepted, refused } from "../command.js";
import { SEATS, seatsTaken, withPart } from "../state.js";
import { hosting } from "./authority.js";
import { aboutPerson, calling, host, person, show } from "./calling.js";

export const decideSpeakRequest = fc
  .record({
    caller: host,
    show,
    target: person,
    decision: fc.constantFrom("accept" as const, "accept" as const, "reject" as const),
  })
  .map(({ caller, show, target, decision }) =>
    calling({
      caller,
      contract,
      ...aboutPerson(show, target, { decision }),
      outcomes(world) {
        const { refusal } = hosting(world, show, caller);
        if (refusal !== null) return refused(world, refusal);
        const { request, place } = world.shows[show].parts[target];
        const status = decision === "accept" ? "accepted" : "rejected";
        if (place && request === status) return accepted(world, `ok ${place.role}`);
        if (request !== "pending") return refused(world, "REQUEST_NOT_PENDING");
        if (decision === "reject") {
          return accepted(withPart(world, show, target, { request: "rejected" }), "ok listener");
        }
        if (seatsTaken(world.shows[show]) >= SEATS) return refused(world, "SPEAKER_LIMIT");
        const speaking = { state: "present", role: "speaker", invitedTo: null } as const;
        const changes = { place: speaking, request: "accepted" } as const;
        return accepted(withPart(world, show, target, changes), "ok speaker");
      },
      answerOf: ({ role }) => `ok ${role}`,
    }),
  );
