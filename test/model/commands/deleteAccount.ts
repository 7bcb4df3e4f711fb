import { deleteAccount as contract } from "../../../functions/src/contract/privacy.js";
import { firestore } from "../../../functions/test/support/backstage.js";
import { accepted } from "../command.js";
import {
  creator,
  draft,
  liveShowOf,
  people,
  showNames,
  strangerPart,
  withPart,
  withShow,
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
      // On a busy machine the call leaves the rest to a sweep. It is safe to repeat.
      const request = firestore.doc(`deletions/${theatre.uid(caller)}`);
      while ((await request.get()).exists) await theatre.call(caller, contract, {});
    },
  }),
);

/** Ends the person's live show, takes them out of others', and deletes what is theirs, drafts included. */
function forgotten(world: World, name: Name): World {
  const live = liveShowOf(world);
  const closed = name === creator && live !== undefined ? ended(world, live) : world;
  const erased = showNames.reduce(
    (next, show) =>
      name === creator && next.shows[show].status === "draft"
        ? withShow(next, show, { ...draft, status: "gone" })
        : // A ban outlives the account, whose person could come back with the same uid.
          withPart(next, show, name, {
            ...strangerPart,
            isBanned: next.shows[show].parts[name].isBanned,
          }),
    closed,
  );
  const unled = showNames
    .filter((show) => erased.shows[show].hostUid === name)
    .reduce((next, show) => withShow(next, show, { hostUid: creator }), erased);
  return {
    ...unled,
    paid: name === creator ? 0 : unled.paid,
    // Blocks of them by others remain.
    blocks: closed.blocks.filter(({ by }) => by !== name),
    deleted: people.filter((each) => each === name || closed.deleted.includes(each)),
  };
}
