import fc from "fast-check";
import { unban as contract } from "../../../functions/src/contract/moderation.js";
import { accepted, refused } from "../command.js";
import { withPart } from "../state.js";
import { hosting } from "./authority.js";
import { aboutPerson, calling, host, person, show } from "./calling.js";

export const unban = fc
  .record({ caller: host, show, target: person })
  .map(({ caller, show, target }) =>
    calling({
      caller,
      contract,
      ...aboutPerson(show, target, {}),
      outcomes(world) {
        const { refusal } = hosting(world, show, caller);
        if (refusal !== null) return refused(world, refusal);
        return accepted(withPart(world, show, target, { isBanned: false }));
      },
    }),
  );
