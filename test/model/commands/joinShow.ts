import fc from "fast-check";
import { joinShow as contract } from "../../../functions/src/contract/audience.js";
import { accepted, refused } from "../command.js";
import {
  areSeparated,
  creator,
  isPresent,
  SEATS,
  seatsTaken,
  withPlace,
  withShow,
  type StagePlace,
  type Name,
  type ShowName,
  type ShowState,
} from "../state.js";
import { calling, inShow, person, show } from "./calling.js";

export const joinShow = fc
  .record({ caller: person, show })
  .map(({ caller, show }) => joiningShow(caller, show));

export const joiningShow = (caller: Name, show: ShowName) =>
  calling({
    caller,
    contract,
    ...inShow(show, {}),
    outcomes(world) {
      const state = world.shows[show];
      if (state.parts[caller].isBanned) return refused(world, "BANNED");
      if (areSeparated(world, caller, creator)) return refused(world, "BLOCKED");
      if (state.status !== "live") return refused(world, "SHOW_NOT_LIVE");
      const led = caller === creator ? withShow(world, show, { hostUid: creator }) : world;
      const before = state.parts[caller];
      if (isPresent(before)) return accepted(led, `ok ${before.place.role}`);
      const place = arrival(state, caller);
      return accepted(withPlace(led, show, caller, place), `ok ${place.role}`);
    },
    answerOf: ({ role }) => `ok ${role}`,
    async then(theatre, { audio }) {
      if (theatre.hasSound(caller)) await theatre.connect(show, caller, audio);
    },
  });

/** A lost person gets their role back; a speaker only if a seat is free. */
function arrival(show: ShowState, name: Name): StagePlace {
  const { place } = show.parts[name];
  const isLost = place?.state === "lost";
  const regains =
    (isLost && place.role === "cohost") ||
    (isLost && place.role === "speaker" && seatsTaken(show) < SEATS);
  const role = name === creator ? "creator" : regains ? place.role : "listener";
  return { state: "present", role, invitedTo: null };
}
