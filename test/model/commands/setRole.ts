import fc from "fast-check";
import { setRole as contract } from "../../../functions/src/contract/stage.js";
import type { Role } from "../../../functions/src/contract/role.js";
import { accepted, refused, type Outcome } from "../command.js";
import {
  creator,
  isPresent,
  SEATS,
  seatsTaken,
  withPlace,
  type Name,
  type StagePlace,
  type ShowName,
  type World,
} from "../state.js";
import { hosting, outOfReach } from "./authority.js";
import { aboutPerson, calling, host, person, show } from "./calling.js";

const RANK: Readonly<Record<Role, number>> = { listener: 0, speaker: 1, cohost: 2, creator: 3 };
type Wanted = Exclude<Role, "creator">;

/** An invitation, a demotion, or, by the person themselves, a step down or a declined invitation. */
export const setRole = fc
  .record({
    caller: host,
    show,
    target: person,
    isOwn: fc.integer({ min: 0, max: 4 }).map((dice) => dice === 0),
    role: fc.constantFrom<Wanted>("listener", "speaker", "cohost"),
  })
  .map(({ show, target, role, isOwn, caller: other }) => {
    const caller = isOwn ? target : other;
    return calling({
      caller,
      contract,
      ...aboutPerson(show, target, { role }),
      outcomes: (world) => outcomes(world, show, caller, target, role),
      answerOf: (answer) => `ok ${answer.role} ${answer.invitedTo}`,
    });
  });

function outcomes(
  world: World,
  show: ShowName,
  caller: Name,
  target: Name,
  wanted: Wanted,
): readonly Outcome[] {
  const state = world.shows[show];
  const { place } = state.parts[target];
  const refusal = refusalOf(world, show, caller, target, wanted);
  if (refusal !== null) return refused(world, refusal);
  const isLost = place?.state === "lost" && wanted === "listener";
  if (!place || (place.state !== "present" && !isLost)) return refused(world, "NOT_PARTICIPANT");
  if (place.role === wanted && place.invitedTo === null) return answered(world, place);
  const isUp = RANK[wanted] > RANK[place.role];
  const isNewSeat =
    wanted === "speaker" && place.role !== "speaker" && place.invitedTo !== "speaker";
  if (isNewSeat && seatsTaken(state) >= SEATS) return refused(world, "SPEAKER_LIMIT");
  const next: StagePlace =
    isUp && wanted !== "listener"
      ? { ...place, invitedTo: wanted }
      : { ...place, role: wanted, invitedTo: null };
  return answered(withPlace(world, show, target, next), next);
}

function answered(world: World, { role, invitedTo }: StagePlace): readonly Outcome[] {
  return accepted(world, `ok ${role} ${invitedTo}`);
}

function refusalOf(
  world: World,
  show: ShowName,
  caller: Name,
  target: Name,
  wanted: Wanted,
): string | null {
  const { status, parts } = world.shows[show];
  const own = parts[caller];
  const lowersThemselves =
    caller === target &&
    caller !== creator &&
    status === "live" &&
    isPresent(own) &&
    RANK[wanted] <= RANK[own.place.role];
  if (lowersThemselves) return null;
  const hosted = hosting(world, show, caller);
  if (hosted.refusal !== null) return hosted.refusal;
  const obstacle = outOfReach(world, show, hosted.as, target);
  if (obstacle !== null) return obstacle;
  const isAboutCohosts = wanted === "cohost" || parts[target].place?.invitedTo === "cohost";
  return isAboutCohosts && hosted.as === "cohost" ? "NOT_CREATOR" : null;
}
