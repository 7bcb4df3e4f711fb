import fc from "fast-check";
import { setStageMode as contract } from "../../../functions/src/contract/stage.js";
import { accepted, refused } from "../command.js";
import { withShow } from "../state.js";
import { hosting } from "./authority.js";
import { calling, host, inShow, show } from "./calling.js";

export const setStageMode = fc
  .record({ caller: host, show, mode: fc.constantFrom("talk" as const, "music" as const) })
  .map(({ caller, show, mode }) =>
    calling({
      caller,
      contract,
      ...inShow(show, { mode }),
      outcomes(world) {
        const { refusal } = hosting(world, show, caller);
        if (refusal !== null) return refused(world, refusal);
        return accepted(withShow(world, show, { mode }));
      },
    }),
  );
