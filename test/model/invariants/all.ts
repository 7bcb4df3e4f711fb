import type { Facts } from "../facts.js";
import {
  blockedPeopleAreApart,
  blocksHideBoth,
  commentersWereThere,
  ledgerAddsUp,
  nothingOfTheDeleted,
} from "./people.js";
import {
  nobodySpeaksWithoutTheRight,
  nobodyStaysInTheRoom,
  talkAndMusicExcludeEachOther,
  whoHasTheRightMaySpeak,
} from "./sound.js";
import { oneLiveShow, requestsAreDecidedOnce, seatsAreLimited } from "./stage.js";

const invariants = [
  oneLiveShow,
  seatsAreLimited,
  requestsAreDecidedOnce,
  nobodySpeaksWithoutTheRight,
  whoHasTheRightMaySpeak,
  talkAndMusicExcludeEachOther,
  nobodyStaysInTheRoom,
  blockedPeopleAreApart,
  blocksHideBoth,
  commentersWereThere,
  nothingOfTheDeleted,
  ledgerAddsUp,
];

export function violationsOf(facts: Facts): readonly string[] {
  return invariants.flatMap((invariant) => invariant(facts));
}
