import fc from "fast-check";
import { setTimeout } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
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

/** What the model knows while a run goes on. */
export class Model {
  world: World = newWorld;
  /** What an ended show said when it was first seen. */
  readonly frozen = new Map<ShowName, string>();
  steps = 0;
}

/** How long triggers, tasks and LiveKit may take until everything is at rest. */
const PATIENCE_MS = 60_000;
const PAUSE_MS = 25;

const weighted = (weight: number, arbitrary: fc.Arbitrary<Command>) => ({ weight, arbitrary });

const command = fc.oneof(
  weighted(5, startShow),
  weighted(14, joinShow),
  weighted(5, leaveShow),
  weighted(9, askToSpeak),
  weighted(2, withdrawRequest),
  weighted(10, decideSpeakRequest),
  weighted(14, setRole),
  weighted(10, acceptInvitation),
  weighted(4, removeParticipant),
  weighted(2, unban),
  weighted(5, comment),
  weighted(3, react),
  weighted(2, hideComments),
  weighted(3, setStageMode),
  weighted(2, block),
  weighted(2, unblock),
  weighted(2, loseConnection),
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

  constructor(manner: Manner, commands: readonly Command[]) {
    this.manner = manner;
    this.commands = commands;
  }

  check(): boolean {
    return true;
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

  /**
   * What one call has changed stands when it answers. What was done by several, or by a trigger, may take a moment until it is
   * at rest.
   */
  async #atRest(model: Model, theatre: Theatre, worlds: readonly World[]): Promise<World> {
    const isAtOnce =
      this.manner === "once" &&
      this.commands.every(({ isAlone, line }) => isAlone !== true && !line.includes("leaveShow"));
    const end = Date.now() + (isAtOnce ? 0 : PATIENCE_MS);
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
].map((each) => new Step("once", [each]));

const single = command.map((each) => new Step("once", [each]));
const repeated = command.map((each) =>
  each.isRepeatable && each.isAlone !== true
    ? new Step("answer lost", [each, each])
    : new Step("once", [each]),
);
const together = fc
  .array(command, { minLength: 2, maxLength: 3 })
  .map((several) => new Step("together", several.filter(isFirstOfItsKind)));
const impatient = command.map((each) =>
  each.isRepeatable && each.isAlone !== true
    ? new Step("together", [each, each])
    : new Step("once", [each]),
);

/** Writes that wait for each other, such as two comments of one person, do not come together. */
function isFirstOfItsKind(each: Command, index: number, all: readonly Command[]): boolean {
  if (each.isAlone === true) return index === 0 && all.length === 1;
  return all.findIndex((other) => kindOf(other) === kindOf(each)) === index;
}

const kindOf = ({ caller, line }: Command) => `${caller} ${line.split(" ").slice(0, 4).join(" ")}`;

/** Steps of one account at a time, and of several at once. */
export const stepKinds = [single.map((step) => step), repeated, together, impatient] as const;

function explained(worlds: readonly World[], answered: readonly Answered[]): readonly World[] {
  const found = worlds.flatMap((world) => explanations(world, answered));
  if (found.length > 0) return found;
  const said = answered.map(({ command: { line }, answer }) => `${line}: ${answer}`).join("; ");
  const [world] = worlds;
  const expected = world
    ? answered.map(({ command: { outcomes } }) =>
        outcomes(world)
          .map(({ answer }) => answer)
          .join("|"),
      )
    : [];
  throw new Error(
    `no order explains the answers: ${said}; by itself each would be: ${expected.join("; ")}`,
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

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
