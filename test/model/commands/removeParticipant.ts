import fc from "fast-check";
import { removeParticipant as contract } from "../../../functions/src/contract/moderation.js";
import { accepted, refused } from "../command.js";
import { withAbsence, withPart } from "../state.js";
import { hosting, outOfReach } from "./authority.js";
import { aboutPerson, calling, host, person, show } from "./calling.js";

export const removeParticipant = fc
  .record({ caller: host, show, target: person, ban: fc.boolean() })
  .map(({ caller, show, target, ban }) =>
    calling({
      caller,
      contract,
      ...aboutPerson(show, target, { ban }),
      outcomes(world) {
        const hosted = hosting(world, show, caller);
        if (hosted.refusal !== null) return refused(world, hosted.refusal);
        const obstacle = outOfReach(world, show, hosted.as, target);
        if (obstacle !== null) return refused(world, obstacle);
        const { place } = world.shows[show].parts[target];
        if (!ban && !place) return refused(world, "NOT_PARTICIPANT");
        const isThere = place?.state === "present" || place?.state === "lost";
        const next =
          isThere || (ban && place?.state === "left")
            ? withAbsence(world, show, target, "removed")
            : world;
        return accepted(ban ? withPart(next, show, target, { isBanned: true }) : next);
      },
    }),
  );
