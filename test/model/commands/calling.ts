import fc from "fast-check";
import type { z } from "zod";
import type { CallableContract } from "../../../functions/src/contract/callable.js";
import { NOT_SENT, refused, type Command, type Outcome } from "../command.js";
import { people, type Name, type ShowName, type World } from "../state.js";
import type { Theatre } from "../theatre.js";

export const person: fc.Arbitrary<Name> = fc.constantFrom(...people);

/** Mostly the first show, so that much happens in one. */
export const show: fc.Arbitrary<ShowName> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<ShowName>("first") },
  { weight: 1, arbitrary: fc.constant<ShowName>("second") },
);

/** Mostly a host: a few tries cover a listener's refusals. */
export const host: fc.Arbitrary<Name> = fc.oneof(
  { weight: 10, arbitrary: fc.constant<Name>("ada") },
  { weight: 2, arbitrary: fc.constant<Name>("ben") },
  { weight: 1, arbitrary: person },
);

interface Calling<Request extends z.ZodType, Response extends z.ZodType> {
  readonly caller: Name;
  readonly contract: CallableContract<Request, Response>;
  /** The show that has to exist. */
  readonly show?: ShowName;
  /** The request with the model's names, for the script. */
  readonly script: Readonly<Record<string, unknown>>;
  readonly isAlone?: true;
  readonly takesEffectLater?: true;
  readonly request: (theatre: Theatre) => z.input<Request>;
  readonly outcomes: (world: World) => readonly Outcome[];
  /** What the model predicts of an answer; "ok" by default. */
  readonly answerOf?: (answer: z.output<Response>) => string;
  /** What the caller's phone does with an answer. */
  readonly then?: (theatre: Theatre, answer: z.output<Response>) => Promise<unknown>;
}

/** A call of a function. */
export function calling<Request extends z.ZodType, Response extends z.ZodType>({
  caller,
  contract,
  show,
  script,
  isAlone,
  takesEffectLater,
  request,
  outcomes,
  answerOf = () => "ok",
  then,
}: Calling<Request, Response>): Command {
  return unlessDeleted({
    caller,
    line: `${caller} calls ${contract.name} ${JSON.stringify(script)}`,
    ...(isAlone && { isAlone }),
    ...(takesEffectLater && { takesEffectLater }),
    isRepeatable: true,
    outcomes: (world) =>
      show !== undefined && world.shows[show].status === "gone"
        ? refused(world, "SHOW_NOT_FOUND")
        : outcomes(world),
    async send(theatre) {
      const { answer, reason } = await theatre.call(caller, contract, request(theatre));
      if (reason !== null) return reason;
      await then?.(theatre, answer);
      return answerOf(answer);
    },
  });
}

/** What a call about a show says, in the script and to the server. */
export const inShow = <More extends object>(show: ShowName, more: More) => ({
  show,
  script: { show, ...more },
  request: (theatre: Theatre) => ({ showId: theatre.showId(show), ...more }),
});

/** The same for a call about a person in a show. */
export const aboutPerson = <More extends object>(show: ShowName, person: Name, more: More) => ({
  show,
  script: { show, person, ...more },
  request: (theatre: Theatre) => ({
    showId: theatre.showId(show),
    uid: theatre.uid(person),
    ...more,
  }),
});

/** Someone whose account is deleted sends nothing any more. */
export function unlessDeleted(command: Command): Command {
  const { caller } = command;
  return {
    ...command,
    outcomes: (world) =>
      world.deleted.includes(caller) ? [{ world, answer: NOT_SENT }] : command.outcomes(world),
    prepare: async (theatre) => {
      if (!theatre.isDeleted(caller)) await command.prepare?.(theatre);
    },
    send: (theatre) =>
      theatre.isDeleted(caller) ? Promise.resolve(NOT_SENT) : command.send(theatre),
  };
}
