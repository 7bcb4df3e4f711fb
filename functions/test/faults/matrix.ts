import { isDeepStrictEqual } from "node:util";
import { readFacts } from "../../../test/model/facts.js";
import { violationsOf } from "../../../test/model/invariants/all.js";
import { audienceIsCounted } from "../../../test/model/invariants/people.js";
import type { Dependencies } from "../../src/dependencies.js";
import { Refusal } from "../../src/errors.js";
import { sweepBlocks } from "../../src/blocks/sweepBlocks.js";
import { sweepFollowers } from "../../src/follows/sweepFollowers.js";
import { checkPayments } from "../../src/payments/checkPayments.js";
import { sweepDeletions } from "../../src/privacy/sweepDeletions.js";
import { sweepShows } from "../../src/shows/sweepShows.js";
import { sweepAccounts } from "../../src/suspensions/sweepAccounts.js";
import { faults, titleOf, type Fault, type Strike, type Trace } from "./faults.js";
import type { Operation } from "./operations.js";
import { openScene, type Scene } from "./scene.js";
import type { Signal } from "./signals.js";
import { untouched } from "./switchboard.js";
import type { World } from "./world.js";

/** What one fault did to one operation, over all of the fault's strikes. */
export interface Cell {
  readonly operation: string;
  readonly fault: Pick<Fault, "family" | "name">;
  readonly strikes: number;
  /** What the callers got: "ok", a reason, or "no answer". */
  readonly outcomes: readonly string[];
  /** Until the invariants held and the operation was done wholly or not at all, in the worst case; null: never, or calling again does not do it. */
  readonly minutesToHeal: number | null;
  /** What is wrong, in words. */
  readonly broken: readonly string[];
}

const MINUTE_MS = 60_000;
const CHECKED_AFTER_MINUTES = [0, 1, 2, 3, 5];
/** As the queues have it. */
const TASK_ATTEMPTS = 5;

/** All cells of an operation. Faults that cannot strike it have none. */
export async function cellsOf(
  world: World,
  operation: Operation,
  chosen: readonly Fault[] = faults,
): Promise<readonly Cell[]> {
  const { before, after, trace } = await withoutFaults(world, operation);
  const cells: Cell[] = [];
  for (const fault of chosen) {
    const strikes = fault.strikes(trace);
    if (strikes.length === 0) continue;
    const isKnownLoss = operation.accepts?.[titleOf(fault)] !== undefined;
    const results: Result[] = [];
    for (const strike of strikes) {
      results.push(await struck(world, operation, strike, { before, after, isKnownLoss }));
    }
    const healed = results.map(({ minutesToHeal }) => minutesToHeal);
    cells.push({
      operation: operation.name,
      fault: { family: fault.family, name: fault.name },
      strikes: strikes.length,
      outcomes: [...new Set(results.map(({ outcome }) => outcome))].sort(),
      minutesToHeal: healed.includes(null)
        ? null
        : Math.max(...healed.map((minutes) => minutes ?? 0)),
      broken: results.flatMap(({ broken }, index) =>
        broken.map((line) => `strike ${index + 1}: ${line}`),
      ),
    });
  }
  return cells;
}

interface State {
  readonly violations: readonly string[];
  readonly digest: unknown;
}

interface Result {
  readonly outcome: string;
  readonly minutesToHeal: number | null;
  readonly broken: readonly string[];
}

async function withoutFaults(world: World, operation: Operation) {
  const scene = await open(world, operation);
  const before = await stateOf(scene, operation);
  const fresh = await open(world, operation);
  const { outcome, answer } = await call(world, fresh, operation);
  if (outcome !== "ok") throw new Error(`${operation.name} fails without a fault: ${outcome}`);
  await operation.then?.(fresh, answer);
  const of = (kind: Signal["kind"]) => world.signals.filter((each) => each.kind === kind).length;
  const counts = { triggers: of("trigger"), webhooks: of("webhook") };
  const tasks = await settle(world);
  const trace: Trace = { steps: [...world.board.steps], ...counts, tasks };
  const after = await stateOf(fresh, operation);
  if (after.violations.length > 0) {
    throw new Error(`${operation.name} without a fault: ${after.violations.join("; ")}`);
  }
  return { before, after, trace };
}

async function open(world: World, operation: Operation): Promise<Scene> {
  await world.clear();
  const scene = await openScene(world, { isLive: operation.before !== "draft" });
  await operation.prepare?.(scene);
  await settle(world);
  for (const list of [world.board.steps, world.signals, world.tasks]) list.length = 0;
  return scene;
}

async function struck(
  world: World,
  operation: Operation,
  strike: Strike,
  expected: { readonly before: State; readonly after: State; readonly isKnownLoss: boolean },
): Promise<Result> {
  const scene = await open(world, operation);
  const { board, pushes } = world;
  board.treat = strike.treat ?? untouched;
  const undo = await strike.begin?.(world);
  const first = await call(world, scene, operation, strike.clockOffsetMs);
  const { outcome, answer, retryAfterMs } = first;
  if (outcome === "ok") await operation.then?.(scene, answer);
  await settle(world, strike);
  board.treat = untouched;
  await undo?.();
  const broken: string[] = [];
  const { before, after, isKnownLoss } = expected;
  const isDone = ({ digest }: State) => isDeepStrictEqual(digest, after.digest);
  const isUndone = ({ digest }: State) => isDeepStrictEqual(digest, before.digest);
  const healed = await heal(scene, operation, (state) =>
    outcome === "ok" ? isDone(state) : isDone(state) || isUndone(state),
  );
  if (healed.minutes === null && !isKnownLoss) {
    broken.push(`after "${outcome}" ${differences(healed.state, after)}`);
  }
  let minutesToHeal = healed.minutes;
  if (outcome !== "ok") {
    world.clock.advance(Math.max(MINUTE_MS, retryAfterMs));
    const again = await callAgain(world, scene, operation);
    const repeated = await heal(scene, operation, isDone);
    if (repeated.minutes === null) minutesToHeal = null;
    if (repeated.minutes === null && !isKnownLoss) {
      broken.push(
        `called again after "${outcome}", "${again}": ${differences(repeated.state, after)}`,
      );
    }
  }
  if (strike.losesAnswers !== true && new Set(pushes).size < pushes.length)
    broken.push("a device was notified twice");
  return { outcome, minutesToHeal, broken };
}

/** The app repeats the call, as its person would after a while. */
async function callAgain(world: World, scene: Scene, operation: Operation): Promise<string> {
  const { outcome, answer } = await call(world, scene, operation);
  if (outcome === "ok") await operation.then?.(scene, answer);
  await settle(world);
  return outcome;
}

interface CallResult {
  readonly outcome: string;
  readonly answer: unknown;
  /** How long the refusal asks to wait. */
  readonly retryAfterMs: number;
}

async function call(
  { board, deps }: World,
  scene: Scene,
  operation: Operation,
  clockOffsetMs = 0,
): Promise<CallResult> {
  const fate = { isDead: false };
  const { treat } = board;
  board.treat = (step, send) =>
    treat(
      {
        ...step,
        die() {
          fate.isDead = true;
          return step.die();
        },
      },
      send,
    );
  try {
    const answer = await board.run(() => operation.perform(scene, deps), clockOffsetMs);
    return { outcome: fate.isDead ? "no answer" : "ok", answer, retryAfterMs: 0 };
  } catch (error) {
    const unanswered = { answer: undefined, retryAfterMs: 0 };
    if (fate.isDead) return { ...unanswered, outcome: "no answer" };
    if (!(error instanceof Refusal)) return { ...unanswered, outcome: "INTERNAL" };
    const { retryAfterSeconds = 0 } = error.details;
    return { ...unanswered, outcome: error.reason, retryAfterMs: retryAfterSeconds * 1_000 };
  } finally {
    board.treat = treat;
  }
}

/** Delivers all signals and runs all tasks, and what follows from them. Resolves with the number of tasks. */
async function settle(world: World, strike: Strike = {}): Promise<number> {
  const { signals, tasks, clock, board, deps } = world;
  const failed: Signal[] = [];
  const late: Signal[] = [];
  let ran = 0;
  const deliver = async (signal: Signal) => {
    try {
      await board.run(() => signal.deliver(deps));
    } catch {
      failed.push(signal);
    }
  };
  for (;;) {
    const signal = signals.shift();
    if (signal) {
      const delivery = signal.kind === "trigger" ? strike.triggers : strike.webhooks;
      if (delivery === "an hour late") late.push(signal);
      else if (delivery !== "lost") await deliver(signal);
      if (delivery === "twice") await deliver(signal);
      continue;
    }
    tasks.sort((a, b) => a.dueAt - b.dueAt);
    const task = tasks.shift();
    if (task) {
      ran += 1;
      clock.advance(Math.max(0, task.dueAt - clock.now()));
      for (let attempt = 1; attempt <= TASK_ATTEMPTS; attempt += 1) {
        if (await succeeds(() => board.run(() => task.run(deps)))) break;
      }
      if (strike.tasks === "twice") await succeeds(() => board.run(() => task.run(deps)));
      continue;
    }
    if (late.length === 0) break;
    clock.advance(60 * MINUTE_MS);
    for (const each of late.splice(0).reverse()) await deliver(each);
  }
  // They come again until they succeed, which is once all services work.
  signals.push(...failed);
  return ran;
}

async function succeeds(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch {
    return false;
  }
}

async function heal(
  scene: Scene,
  operation: Operation,
  isRight: (state: State) => boolean,
): Promise<{ readonly minutes: number | null; readonly state: State }> {
  const { world } = scene;
  let passed = 0;
  let state: State = { violations: ["not looked at"], digest: undefined };
  for (const minutes of operation.checkedAfterMinutes ?? CHECKED_AFTER_MINUTES) {
    if (minutes > passed) {
      world.clock.advance((minutes - passed - 1) * MINUTE_MS);
      passed = minutes;
      await minute(world);
      if (minutes >= 60) {
        await succeeds(() => world.board.run(() => checkPayments(world.deps)));
        await succeeds(() => world.board.run(() => sweepBlocks(world.deps)));
      }
      if (minutes >= 1_440) await succeeds(() => world.board.run(() => sweepFollowers(world.deps)));
    }
    await settle(world);
    state = await stateOf(scene, operation);
    if (state.violations.length === 0 && isRight(state)) return { minutes, state };
  }
  return { minutes: null, state };
}

/** What is done once a minute. */
async function minute(world: World): Promise<void> {
  const { clock, board, deps } = world;
  clock.advance(MINUTE_MS);
  const sweeps: readonly ((deps: Dependencies) => Promise<unknown>)[] = [
    sweepShows,
    sweepAccounts,
    sweepDeletions,
  ];
  for (const sweep of sweeps) await succeeds(() => board.run(() => sweep(deps)));
  await settle(world);
}

async function stateOf(scene: Scene, operation: Operation): Promise<State> {
  const facts = await readFacts(scene);
  const { frozen, rooms, ...rest } = facts;
  // Someone who was silenced for a moment may speak again, and has to begin by themselves.
  const rights = Object.values(rooms).map((room) =>
    room
      ?.map(({ name, canPublish }) => ({ name, canPublish }))
      .sort((a, b) => a.name.localeCompare(b.name)),
  );
  return {
    violations: [...violationsOf(facts), ...audienceIsCounted(facts)],
    digest: structuredClone({
      ...rest,
      rights,
      isFrozen: Object.values(frozen).map((each) => each !== null),
      openRooms: [...scene.world.edges.rooms.rooms.keys()].map((id) => id === scene.showId()),
      effect: await operation.effect?.(scene),
    }),
  };
}

/** Where a state differs from the one that it should be. */
function differences({ violations, digest }: State, { digest: expected }: State): string {
  const [found, wanted] = [leavesOf(digest), leavesOf(expected)];
  const paths = [...new Set([...found.keys(), ...wanted.keys()])];
  const lines = paths
    .filter((path) => found.get(path) !== wanted.get(path))
    .map((path) => `${path} is ${found.get(path)} instead of ${wanted.get(path)}`);
  return [...violations, ...lines].join("; ");
}

function leavesOf(value: unknown, path = ""): Map<string, string> {
  if (typeof value !== "object" || value === null) return new Map([[path, String(value)]]);
  return new Map(
    Object.entries(value).flatMap(([key, each]) => [
      ...leavesOf(each, path === "" ? key : `${path}.${key}`),
    ]),
  );
}
