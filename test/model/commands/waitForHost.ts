import { firestore } from "../../../functions/test/support/backstage.js";
import { sweeping } from "../../../functions/test/support/sweeping.js";
import type { Command } from "../command.js";
import { creator, isPresent, people, withShow, type ShowName, type World } from "../state.js";
import { show } from "./calling.js";
import { ended } from "./endShow.js";

/** Longer than a show waits for the host who leads it. */
const A_WHILE_MS = 600_000;

/** Time passes: without its creator, a show is led by a cohost, or ends. */
export const waitForHost = show.map((show): Command => ({
  caller: creator,
  line: `ten minutes pass ${JSON.stringify({ show })}`,
  isAlone: true,
  outcomes: (world) => handedOver(world, show).map((next) => ({ world: next, answer: "ok" })),
  async send(theatre) {
    const id = theatre.showId(show);
    const leftAt = new Date(Date.now() - A_WHILE_MS);
    const participants = await firestore.collection(`shows/${id}/participants`).get();
    const away = participants.docs.filter((found) => found.get("leftAt") !== null);
    await Promise.all(away.map(({ ref }) => ref.update({ leftAt })));
    await sweeping(id, theatre.livekit).sweep();
    return "ok";
  },
}));

function handedOver(world: World, show: ShowName): readonly World[] {
  const { status, hostUid, parts } = world.shows[show];
  if (status !== "live" || isPresent(parts[creator])) return [world];
  const cohosts = people.filter(
    (name) => isPresent(parts[name]) && parts[name].place.role === "cohost",
  );
  if (cohosts.includes(hostUid)) return [world];
  if (cohosts.length === 0) return [ended(world, show)];
  // The server picks the cohost who joined first. The model does not know the order, so it allows each.
  return cohosts.map((name) => withShow(world, show, { hostUid: name }));
}
