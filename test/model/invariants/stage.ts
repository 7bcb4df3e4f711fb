import { isOnStage, people, SEATS, seatsTaken, showNames } from "../state.js";
import type { Invariant } from "./invariant.js";

export const oneLiveShow: Invariant = ({ world, registered }) => {
  const live = showNames.filter((show) => world.shows[show].status === "live");
  if (live.length > 1) return [`ada has ${live.length} live shows`];
  return (live[0] ?? null) === registered
    ? []
    : [`the live show is ${live[0]}, and liveShows names ${registered}`];
};

export const seatsAreLimited: Invariant = ({ world }) =>
  showNames
    .filter((show) => seatsTaken(world.shows[show]) > SEATS)
    .map((show) => `${show} has ${seatsTaken(world.shows[show])} speakers`);

/** A pending request belongs to a present listener without an invitation, an accepted one to someone on the stage. */
export const requestsAreDecidedOnce: Invariant = ({ world }) =>
  showNames.flatMap((show) =>
    people.flatMap((name) => {
      const { request, place } = world.shows[show].parts[name];
      const isListening =
        place?.state === "present" && place.role === "listener" && place.invitedTo === null;
      if (request === "pending" && !isListening && world.shows[show].status === "live") {
        return [`${name}'s request in ${show} is pending although they are not listening`];
      }
      const isSpeaking = isOnStage(world.shows[show].parts[name]);
      return request === "accepted" && !isSpeaking && world.shows[show].status === "live"
        ? [`${name}'s request in ${show} is accepted although they are not on the stage`]
        : [];
    }),
  );
