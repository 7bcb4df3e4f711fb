import fc from "fast-check";
import { inventory } from "../../functions/src/contract/inventory.js";
import { everythingAbout } from "../../functions/test/support/everythingAbout.js";
import { firestore } from "../../functions/test/support/backstage.js";
import { eventually } from "../../functions/test/support/eventually.js";
import type { LivekitBackdoor } from "../../functions/test/support/livekitBackdoor.js";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { readFacts } from "./facts.js";
import { audienceIsCounted } from "./invariants/people.js";
import { showNames, type Name } from "./state.js";
import { Model, prelude, stepKinds } from "./steps.js";
import { openStripeAccount } from "./stripePage.js";
import { openTheatre, type Theatre } from "./theatre.js";

/** On two busy cores, events have come half a minute late. */
const PATIENCE_MS = 60_000;
/** Shrinking repeats a counterexample often, so it waits less. */
const SHRINKING_PATIENCE_MS = 15_000;

export interface RunOptions {
  readonly endpoints: Endpoints;
  readonly livekit: LivekitBackdoor;
  readonly seed: number;
  readonly runs: number;
  /** The largest number of steps of a run. */
  readonly steps: number;
  /** The address of a counterexample, as its report prints it. */
  readonly path?: string | undefined;
  readonly replayPath?: string | undefined;
  onRun?(): void;
  /** Called before the first counterexample is shrunk, which takes minutes. */
  onViolation?(violation: string): void;
}

export interface RunReport {
  readonly runs: number;
  readonly steps: number;
  /** How often a phone began to publish sound. */
  readonly spoken: number;
  /** A shrunk script of calls and what it violates; null if every run held. */
  readonly counterexample: string | null;
}

/** Random steps against the suite, each judged by the model and the invariants. */
export async function runModel(options: RunOptions): Promise<RunReport> {
  const { endpoints, livekit, seed, runs, path, replayPath } = options;
  let steps = 0;
  let spoken = 0;
  let hasFailed = false;
  const scripts = fc.commands([...stepKinds], {
    // Most of them are skipped.
    maxCommands: options.steps * 20,
    size: "max",
    ...(replayPath !== undefined && { replayPath }),
  });
  const property = fc.asyncProperty(scripts, async (script) => {
    const theatre = await openTheatre(endpoints, livekit, openStripeAccount);
    const model = new Model(
      options.steps + prelude.length,
      hasFailed ? SHRINKING_PATIENCE_MS : PATIENCE_MS,
    );
    try {
      for (const step of prelude) await step.run(model, theatre);
      await fc.asyncModelRun(() => ({ model, real: theatre }), script);
      await atLast(theatre, model);
    } catch (error) {
      if (!hasFailed) options.onViolation?.(String(error));
      hasFailed = true;
      throw error;
    } finally {
      steps += model.steps;
      spoken += theatre.spoken;
      await theatre.close();
      options.onRun?.();
    }
  });
  const outcome = await fc.check(property, {
    seed,
    numRuns: runs,
    ...(path !== undefined && { path }),
  });
  const { failed, numRuns, counterexample, counterexamplePath, errorInstance } = outcome;
  if (!failed) return { runs: numRuns, steps, spoken, counterexample: null };
  const script = [...prelude, counterexample?.[0]].map(String).join("");
  const [, replay = ""] = /replayPath="([^"]*)"/.exec(script) ?? [];
  const command = `npm run test:model -- --seed ${seed} --path ${counterexamplePath} --replay-path ${replay}`;
  const reason =
    errorInstance instanceof Error ? (errorInstance.stack ?? "") : String(errorInstance);
  return { runs: numRuns, steps, spoken, counterexample: `${script}\n\n${reason}\n\n${command}` };
}

/** What holds once every event and task has been handled. */
async function atLast(theatre: Theatre, model: Model): Promise<void> {
  await eventually("the audience is counted", async () =>
    audienceIsCounted(await readFacts(theatre)).length === 0 ? true : undefined,
  );
  for (const name of model.world.deleted) await hasLeftNothing(theatre, name);
}

/** Nothing that the shows keep names a deleted account, and nothing of its own is left. A ban and others' blocks stay. */
async function hasLeftNothing(theatre: Theatre, name: Name): Promise<void> {
  const uid = theatre.uid(name);
  for (const show of showNames) {
    const everything = await everythingAbout(firestore, theatre.showId(show));
    for (const [path, document] of Object.entries(everything)) {
      if (!path.includes("/bans/") && `${path} ${JSON.stringify(document)}`.includes(uid)) {
        throw new Error(`${name} is deleted, and in ${path}: ${JSON.stringify(document)}`);
      }
    }
  }
  const own = await firestore.getAll(...ownPaths.map((path) => firestore.doc(path + uid)));
  const collections = await firestore.doc(`users/${uid}`).listCollections();
  const beneath = await Promise.all(collections.map((collection) => collection.listDocuments()));
  const left = [...own.filter(({ exists }) => exists).map(({ ref }) => ref), ...beneath.flat()]
    .map(({ path }) => path)
    .filter((path) => path !== `users/${uid}/private/hidden`);
  if (left.length > 0) throw new Error(`${name} is deleted, and ${left.join(", ")} is left`);
}

/** Of the collections with one document for each person, such as `users/`. */
const ownPaths = inventory.flatMap(
  ({ path }) => /^\w+\/(?=\{(?:creatorUid|uid)\}$)/.exec(path) ?? [],
);
