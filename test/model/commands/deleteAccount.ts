import { deleteAccount as contract } from "../../../functions/src/contract/privacy.js";
import { accepted } from "../command.js";
import {
  creator,
  liveShowOf,
  showNames,
  strangerPart,
  withPart,
  type Name,
  type World,
} from "../state.js";
import { calling, person } from "./calling.js";
import { ended } from "./endShow.js";

export const deleteAccount = person.map((caller) =>
  calling({
    caller,
    contract,
    script: {},
    isAlone: true,
    request: () => ({}),
    outcomes: (world) => accepted(forgotten(world, caller)),
    async then(theatre) {
      theatre.setDeleted(caller);
      for (const show of showNames) await theatre.disconnect(show, caller);
    },
  }),
);

/** Ends the person's live show, takes them out of others', and deletes what is theirs. */
function forgotten(world: World, name: Name): World {
  const live = liveShowOf(world);
  const closed = name === creator && live !== undefined ? ended(world, live) : world;
  return {
    ...showNames.reduce((next, show) => withPart(next, show, name, strangerPart), closed),
    blocks: closed.blocks.filter(({ by, of }) => by !== name && of !== name),
    deleted: [...closed.deleted, name],
  };
}
