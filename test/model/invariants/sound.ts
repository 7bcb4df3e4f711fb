import type { InRoom } from "../facts.js";
import { isOnStage, isPresent, showNames, type ShowState } from "../state.js";
import type { Invariant } from "./invariant.js";

/** A person may not be heard if their role or the mode forbids it. */
export const nobodySpeaksWithoutTheRight: Invariant = (facts) =>
  showNames.flatMap((show) =>
    (facts.rooms[show] ?? [])
      .filter(
        (person) =>
          (person.canPublish || person.publishes) && !maySpeak(facts.world.shows[show], person),
      )
      .map(({ name }) => `${name} may publish in ${show}`),
  );

/** Everyone connected who has the role may be heard in talk mode. */
export const entitledPeopleMaySpeak: Invariant = (facts) =>
  showNames
    .filter((show) => !facts.closing.includes(show))
    .flatMap((show) =>
      (facts.rooms[show] ?? [])
        .filter((person) => !person.canPublish && maySpeak(facts.world.shows[show], person))
        .map(({ name }) => `${name} may not publish in ${show}`),
    );

/** Music and voices exclude each other, whatever anyone's role. */
export const talkAndMusicExcludeEachOther: Invariant = ({ world, rooms }) =>
  showNames
    .filter((show) => world.shows[show].mode === "music")
    .filter((show) => rooms[show]?.some(({ canPublish, publishes }) => canPublish || publishes))
    .map((show) => `${show} plays music while someone may publish`);

/** A removed person is out of the room, and a show that is not live has none. */
export const nobodyStaysInTheRoom: Invariant = ({ world, rooms }) =>
  showNames.flatMap((show) => {
    const { status, parts } = world.shows[show];
    const room = rooms[show];
    if (room === null) return [];
    if (status === "ended") return [`${show} has ended, and its room is open`];
    return room
      .filter(({ name }) => parts[name].place?.state === "removed")
      .map(({ name }) => `${name} was removed from ${show}, and is in its room`);
  });

function maySpeak({ status, mode, parts }: ShowState, { name }: InRoom): boolean {
  const part = parts[name];
  return status === "live" && mode === "talk" && isPresent(part) && isOnStage(part);
}
