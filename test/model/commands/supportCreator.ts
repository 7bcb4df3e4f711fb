import fc from "fast-check";
import { randomUUID } from "node:crypto";
import { supportCreator as contract } from "../../../functions/src/contract/support.js";
import { accepted, refused, type Outcome } from "../command.js";
import {
  areSeparated,
  creator,
  isPresent,
  liveShowOf,
  withPart,
  type Name,
  type ShowName,
  type World,
} from "../state.js";
import { press } from "../stripePage.js";
import { calling, person, show } from "./calling.js";

const CENTS = 500;

/** Pays at Stripe: the payment is in the ledger, in the show's totals and, for someone present, in the comments. */
export const supportCreator = fc.record({ caller: person, show }).map(({ caller, show }) => {
  const command = calling({
    caller,
    contract,
    script: { show, amount: CENTS },
    isAlone: true,
    request: (theatre) => ({
      creatorUid: theatre.uid(creator),
      showId: theatre.showId(show),
      amount: CENTS,
      currency: "eur",
      requestId: randomUUID(),
      from: "web" as const,
    }),
    outcomes: (world) => outcomes(world, show, caller),
    then: (_, { checkoutUrl }) => press(checkoutUrl, "pay"),
  });
  return {
    ...command,
    prepare: async (theatre: Parameters<typeof command.send>[0]) => {
      if (!theatre.isDeleted(creator)) await theatre.openSupport();
    },
  };
});

function outcomes(world: World, show: ShowName, caller: Name): readonly Outcome[] {
  if (caller === creator) return refused(world, "INVALID_ARGUMENT");
  if (world.deleted.includes(creator)) return refused(world, "PERSON_NOT_FOUND");
  if (areSeparated(world, caller, creator)) return refused(world, "BLOCKED");
  const { status, parts } = world.shows[show];
  if (status === "draft") return refused(world, "SHOW_NOT_FOUND");
  const live = liveShowOf(world);
  if (live !== undefined && world.shows[live].mode === "music") {
    return refused(world, "SUPPORT_NOT_NOW");
  }
  const paid = { ...world, paid: world.paid + CENTS };
  const part = parts[caller];
  const isShown = status === "live" && isPresent(part) && !part.isBanned;
  if (!isShown) return accepted(paid);
  const visibleComments = part.visibleComments + 1;
  return accepted(withPart(paid, show, caller, { visibleComments }));
}
