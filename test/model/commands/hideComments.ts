import fc from "fast-check";
import { hideComments as contract } from "../../../functions/src/contract/moderation.js";
import { accepted, refused } from "../command.js";
import { withPart } from "../state.js";
import { hosting, outOfReach } from "./authority.js";
import { aboutPerson, calling, host, person, show } from "./calling.js";

export const hideComments = fc
  .record({ caller: host, show, target: person })
  .map(({ caller, show, target }) =>
    calling({
      caller,
      contract,
      ...aboutPerson(show, target, {}),
      outcomes(world) {
        const hosted = hosting(world, show, caller);
        if (hosted.refusal !== null) return refused(world, hosted.refusal);
        const obstacle = outOfReach(world, show, hosted.as, target);
        if (obstacle !== null) return refused(world, obstacle);
        const { visibleComments, hiddenComments } = world.shows[show].parts[target];
        const changes = { visibleComments: 0, hiddenComments: hiddenComments + visibleComments };
        return accepted(withPart(world, show, target, changes));
      },
    }),
  );
