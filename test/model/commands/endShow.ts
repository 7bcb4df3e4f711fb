import fc from "fast-check";
import { endShow as contract } from "../../../functions/src/contract/shows.js";
import { accepted, refused } from "../command.js";
import { creator, people, withPart, withShow, type ShowName, type World } from "../state.js";
import { calling, host, inShow, show } from "./calling.js";

export const endShow = fc.record({ caller: host, show }).map(({ caller, show }) =>
  calling({
    caller,
    contract,
    ...inShow(show, {}),
    outcomes(world) {
      const { status, hostUid, parts } = world.shows[show];
      const { place } = parts[caller];
      const isOut = place !== null && (place.state !== "present" || place.role !== "cohost");
      const leads = caller === creator || (caller === hostUid && !isOut);
      if (!leads) return refused(world, "NOT_HOST");
      if (status === "draft") return refused(world, "SHOW_NOT_LIVE");
      return accepted(status === "live" ? ended(world, show) : world);
    },
  }),
);

/** Ending a show stops the music and cancels pending requests. Everyone keeps their place. */
export function ended(world: World, show: ShowName): World {
  const over = withShow(world, show, { status: "ended", mode: "talk" });
  return people
    .filter((name) => over.shows[show].parts[name].request === "pending")
    .reduce((next, name) => withPart(next, show, name, { request: "cancelled" }), over);
}
