import fc from "fast-check";
import { startShow as contract } from "../../../functions/src/contract/shows.js";
import { accepted, refused } from "../command.js";
import {
  creator,
  isPresent,
  liveShowOf,
  withPlace,
  withShow,
  type Name,
  type ShowName,
} from "../state.js";
import { calling, host, inShow, show } from "./calling.js";

export const startShow = fc
  .record({ caller: host, show })
  .map(({ caller, show }) => startingShow(caller, show));

export const startingShow = (caller: Name, show: ShowName) =>
  calling({
    caller,
    contract,
    ...inShow(show, {}),
    outcomes(world) {
      if (caller !== creator) return refused(world, "NOT_CREATOR");
      const { status, parts } = world.shows[show];
      if (status === "ended") return refused(world, "SHOW_NOT_STARTABLE");
      if (status === "draft" && liveShowOf(world)) return refused(world, "ALREADY_LIVE");
      const started = withShow(world, show, { status: "live", hostUid: creator });
      if (isPresent(parts[creator])) return accepted(started);
      const place = { state: "present", role: "creator", invitedTo: null } as const;
      return accepted(withPlace(started, show, creator, place));
    },
    then: (theatre, { audio }) => theatre.connect(show, caller, audio),
  });
