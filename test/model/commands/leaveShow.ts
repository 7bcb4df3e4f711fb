import fc from "fast-check";
import { leaveShow as contract } from "../../../functions/src/contract/audience.js";
import { accepted, refused } from "../command.js";
import { withAbsence } from "../state.js";
import { calling, person, show } from "./calling.js";

export const leaveShow = fc
  .record({ caller: person, show, hangsUp: fc.boolean() })
  .map(({ caller, show, hangsUp }) =>
    calling({
      caller,
      contract,
      show,
      takesEffectLater: true,
      script: { show, hangsUp },
      request: (theatre) => ({ showId: theatre.showId(show) }),
      outcomes(world) {
        const state = world.shows[show].parts[caller].place?.state;
        if (state === undefined || state === "removed") return refused(world, "NOT_PARTICIPANT");
        return accepted(state === "left" ? world : withAbsence(world, show, caller, "left"));
      },
      // Some phones stay connected: the server has to remove those that could be heard.
      then: async (theatre) => {
        if (hangsUp) await theatre.disconnect(show, caller);
      },
    }),
  );
