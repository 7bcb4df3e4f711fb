import type { Facts } from "../facts.js";
import {
  blockedPeopleAreApart,
  blocksHideBoth,
  commentersHaveParticipated,
  deletedAccountsLeaveNoTrace,
  ledgerAddsUp,
} from "./people.js";
import {
  entitledPeopleMaySpeak,
  nobodySpeaksWithoutTheRight,
  nobodyStaysInTheRoom,
  talkAndMusicExcludeEachOther,
} from "./sound.js";
import { oneLiveShow, requestsAreDecidedOnce, seatsAreLimited } from "./stage.js";

const invariants = [
  oneLiveShow,
  seatsAreLimited,
  requestsAreDecidedOnce,
  nobodySpeaksWithoutTheRight,
  entitledPeopleMaySpeak,
  talkAndMusicExcludeEachOther,
  nobodyStaysInTheRoom,
  blockedPeopleAreApart,
  blocksHideBoth,
  commentersHaveParticipated,
  deletedAccountsLeaveNoTrace,
  ledgerAddsUp,
];

export function violationsOf(facts: Facts): readonly string[] {
  return invariants.flatMap((invariant) => invariant(facts));
}
