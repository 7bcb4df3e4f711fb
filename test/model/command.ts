import type { Name, World } from "./state.js";
import type { Theatre } from "./theatre.js";

/** A possible outcome of a command in the model. */
export interface Outcome {
  readonly world: World;
  /** "ok" and what the answer says, or the reason of a refusal. */
  readonly answer: string;
}

/** One request of one person: a call, or a write that the rules judge. */
export interface Command {
  readonly caller: Name;
  /** The line of the script that a counterexample prints. Commands with the same line are the same request. */
  readonly line: string;
  /** It runs several transactions or passes time, so it cannot run beside others. */
  readonly isAlone?: true;
  /** Its changes are not complete when it is answered. */
  readonly takesEffectLater?: true;
  /** True if the caller may repeat it at once, because its answer got lost. */
  readonly isRepeatable?: true;
  /** The outcomes that the model allows, usually one. */
  outcomes(world: World): readonly Outcome[];
  /** Passes the time that the rules require before another such request. */
  prepare?(theatre: Theatre): Promise<unknown>;
  /** Sends it, and resolves with the answer in the model's words. */
  send(theatre: Theatre): Promise<string>;
}

/** A command of someone whose account is deleted is not sent. */
export const NOT_SENT = "not sent";

export const refused = (world: World, answer: string): readonly Outcome[] => [{ world, answer }];
export const accepted = (world: World, answer = "ok"): readonly Outcome[] => [{ world, answer }];

/** A command that was sent, and its answer. */
export interface Answered {
  readonly command: Command;
  readonly answer: string;
}

/**
 * The worlds after every order of the commands that explains all answers. A concurrent call that gave up (`CONTENTION`)
 * changed nothing.
 */
export function explanations(world: World, answered: readonly Answered[]): readonly World[] {
  if (answered.length === 0) return [world];
  return answered.flatMap(({ command, answer }, index) => {
    const others = answered.toSpliced(index, 1);
    const ways =
      answer === "CONTENTION" && answered.length > 1
        ? [world]
        : command
            .outcomes(world)
            .filter((outcome) => outcome.answer === answer)
            .map((outcome) => outcome.world);
    return ways.flatMap((next) => explanations(next, others));
  });
}
