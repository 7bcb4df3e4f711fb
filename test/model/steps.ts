import fc from "fast-check";
import { setTimeout } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { isRecord } from "../../local/files/json.js";
import { explanations, type Answered, type Command } from "./command.js";
import { acceptInvitation } from "./commands/acceptInvitation.js";
import { askToSpeak } from "./commands/askToSpeak.js";
import { block, unblock } from "./commands/block.js";
import { comment } from "./commands/comment.js";
import { decideSpeakRequest } from "./commands/decideSpeakRequest.js";
import { deleteAccount } from "./commands/deleteAccount.js";
import { endShow } from "./commands/endShow.js";
import { hideComments } from "./commands/hideComments.js";
import { joiningShow, joinShow } from "./commands/joinShow.js";
import { leaveShow } from "./commands/leaveShow.js";
import { loseConnection } from "./commands/loseConnection.js";
import { react } from "./commands/react.js";
import { removeParticipant } from "./commands/removeParticipant.js";
import { setRole } from "./commands/setRole.js";
import { setStageMode } from "./commands/setStageMode.js";
import { startingShow, startShow } from "./commands/startShow.js";
import { supportCreator } from "./commands/supportCreator.js";
import { unban } from "./commands/unban.js";
import { waitForHost } from "./commands/waitForHost.js";
import { withdrawRequest } from "./commands/withdrawRequest.js";
import { readFacts, type Facts } from "./facts.js";
import { violationsOf } from "./invariants/all.js";
import { creator, newWorld, showNames, type ShowName, type World } from "./state.js";
import type { Theatre } from "./theatre.js";

/** What the model knows during a run. */
export class Model {
  world: World = newWorld;
  /** What an ended show said when it was first seen. */
  readonly frozen = new Map<ShowName, string>();
  steps = 0;
  readonly maxSteps: number;
  /** How long triggers, tasks and LiveKit may take until everything is at rest, in ms. */
  readonly patienceMs: number;

  constructor(maxSteps: number, patienceMs: number) {
    this.maxSteps = maxSteps;
    this.patienceMs = patienceMs;
  }
}

const PAUSE_MS = 25;

const weighted = (weight: number, arbitrary: fc.Arbitrary<Command>) => ({ weight, arbitrary });

const command = fc.oneof(
  weighted(4, startShow),
  weighted(10, joinShow),
  weighted(2, leaveShow),
  weighted(14, askToSpeak),
  weighted(1, withdrawRequest),
  weighted(30, decideSpeakRequest),
  weighted(30, setRole),
  weighted(30, acceptInvitation),
  weighted(2, removeParticipant),
  weighted(2, unban),
  weighted(3, comment),
  weighted(2, react),
  weighted(2, hideComments),
  weighted(3, setStageMode),
  weighted(1, block),
  weighted(1, unblock),
  weighted(1, loseConnection),
  weighted(1, waitForHost),
  weighted(1, endShow),
  weighted(1, supportCreator),
  { weight: 1, arbitrary: fc.oneof(weighted(1, deleteAccount), weighted(2, joinShow)) },
);

type Manner = "once" | "answer lost" | "together";

/** One step: a command, one whose answer is lost and which is repeated, or several at once. */
class Step implements fc.AsyncCommand<Model, Theatre> {
  readonly manner: Manner;
  readonly commands: readonly Command[];
  readonly isTriedAnyway: boolean;

  constructor(manner: Manner, commands: readonly Command[], isTriedAnyway: boolean) {
    this.manner = manner;
    this.commands = commands;
    this.isTriedAnyway = isTriedAnyway;
  }

  /** Skips most commands that would be refused: otherwise, few runs get as far as the stage. */
  check({ world, steps, maxSteps }: Readonly<Model>): boolean {
    if (steps >= maxSteps) return false;
    return this.isTriedAnyway || this.commands.some((each) => changes(world, each));
  }

  async run(model: Model, theatre: Theatre): Promise<void> {
    model.steps += 1;
    for (const each of this.commands) await each.prepare?.(theatre);
    const worlds = await this.#send(model.world, theatre);
    model.world = await this.#atRest(model, theatre, worlds);
  }

  /** The worlds that the model expects after these answers. */
  async #send(before: World, theatre: Theatre): Promise<readonly World[]> {
    if (this.manner === "together") {
      const answered = await Promise.all(
        this.commands.map(async (each) => ({ command: each, answer: await each.send(theatre) })),
      );
      return explained([before], answered);
    }
    let worlds: readonly World[] = [before];
    for (const each of this.commands) {
      worlds = explained(worlds, [{ command: each, answer: await each.send(theatre) }]);
    }
    return worlds;
  }

  /** A single call's changes are complete when it answers. Those of concurrent calls and triggers may take a moment. */
  async #atRest(model: Model, theatre: Theatre, worlds: readonly World[]): Promise<World> {
    const isAtOnce =
      this.manner === "once" &&
      this.commands.every((each) => each.isAlone !== true && each.takesEffectLater !== true);
    const end = Date.now() + (isAtOnce ? 0 : model.patienceMs);
    for (;;) {
      const facts = await readFacts(theatre);
      const world = worlds.find((each) => isDeepStrictEqual(each, facts.world));
      const violations = [
        ...(world ? [] : [`Firestore says ${differences(worlds, facts.world)}`]),
        ...violationsOf(facts),
        ...thawed(model, facts),
      ];
      if (world && violations.length === 0) return world;
      if (Date.now() >= end) throw new Error(violations.join("\n"));
      await setTimeout(PAUSE_MS);
    }
  }

  toString(): string {
    const lines = this.commands.map(({ line }) => line);
    if (this.manner === "once") return `\n  ${lines.join()}`;
    if (this.manner === "answer lost") return `\n  ${lines[0]}, twice: the first answer is lost`;
    return `\n  together:${lines.map((line) => `\n    ${line}`).join("")}`;
  }
}

/** Every run begins with a live show and people in it. */
export const prelude: readonly Step[] = [
  startingShow("ada", "first"),
  joiningShow("ben", "first"),
  joiningShow("cleo", "first"),
  joiningShow("dan", "first"),
].map((each) => new Step("once", [each], true));

const triedAnyway = fc.integer({ min: 0, max: 19 }).map((dice) => dice === 0);

const single = fc
  .tuple(command, triedAnyway)
  .map(([each, isTriedAnyway]) => new Step("once", [each], isTriedAnyway));

/** The same call again, after its answer or before it. */
const twice = (manner: Manner) =>
  fc.tuple(command, triedAnyway).map(([each, isTriedAnyway]) => {
    const isTwice = each.isRepeatable === true && each.isAlone !== true;
    return isTwice
      ? new Step(manner, [each, each], isTriedAnyway)
      : new Step("once", [each], isTriedAnyway);
  });

const together = fc
  .tuple(fc.array(command, { minLength: 2, maxLength: 3 }), triedAnyway)
  .map(([several, isTriedAnyway]) => new Step("together", several.filter(isFirst), isTriedAnyway));

function changes(world: World, each: Command): boolean {
  return each.outcomes(world).some((outcome) => !isDeepStrictEqual(outcome.world, world));
}

/** Leaves out writes that would wait for each other, such as two comments of one person. */
function isFirst(each: Command, index: number, all: readonly Command[]): boolean {
  if (each.isAlone === true) return index === 0 && all.length === 1;
  return all.findIndex(({ line }) => line === each.line) === index;
}

/** Steps of one account at a time, and of several at once. */
export const stepKinds = [single, twice("answer lost"), together, twice("together")] as const;

function explained(worlds: readonly World[], answered: readonly Answered[]): readonly World[] {
  const found = worlds.flatMap((world) => explanations(world, answered));
  if (found.length > 0) return found;
  const answers = answered.map(({ command: { line }, answer }) => `${line}: ${answer}`).join("; ");
  const [world] = worlds;
  const expected = answered.map(({ command: each }) =>
    world
      ? each
          .outcomes(world)
          .map((outcome) => outcome.answer)
          .join(" or ")
      : "",
  );
  throw new Error(
    `no order explains the answers: ${answers}; by itself each would be: ${expected.join("; ")}`,
  );
}

function thawed({ frozen }: Model, facts: Facts): readonly string[] {
  return showNames.flatMap((show) => {
    const now = facts.frozen[show];
    // The account's deletion also reaches its ended shows.
    if (now === null || facts.world.deleted.includes(creator)) return [];
    const before = frozen.get(show);
    if (before === undefined) frozen.set(show, now);
    return before === undefined || before === now
      ? []
      : [`${show} has changed after its end: ${before} → ${now}`];
  });
}

/** Where the documents differ from the likeliest world. */
function differences(worlds: readonly World[], actual: World): string {
  const lines = worlds.map((world) => differing("", world, actual));
  return lines.toSorted((a, b) => a.length - b.length)[0]?.join(", ") ?? "";
}

function differing(path: string, expected: unknown, actual: unknown): readonly string[] {
  if (isDeepStrictEqual(expected, actual)) return [];
  if (isRecord(expected) && isRecord(actual)) {
    return Object.keys(expected).flatMap((key) =>
      differing(`${path}.${key}`, expected[key], actual[key]),
    );
  }
  return [`${path}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`];
}
