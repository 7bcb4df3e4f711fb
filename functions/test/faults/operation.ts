import type { Caller } from "../../src/caller.js";
import type { Dependencies } from "../../src/dependencies.js";
import type { FunctionName } from "../../src/functionOptions.js";
import type { Name } from "../../../test/model/state.js";
import { as, asAdmin } from "../support/callers.js";
import type { HealerName } from "./healers.js";
import type { Scene } from "./scene.js";

/** Something that a person does, with all that follows from it. */
export interface Operation {
  readonly name: string;
  /** The deployed function that it runs; absent if an app writes to Firestore. */
  readonly runs?: string;
  /** The deployed function that hears of it from another service. */
  readonly webhook?: FunctionName;
  /** By default the first show is live. */
  readonly before?: "draft";
  prepare?(scene: Scene): Promise<unknown>;
  perform(scene: Scene, deps: Dependencies): Promise<unknown>;
  /** What the person's phone does with the answer. */
  then?(scene: Scene, answer: unknown): Promise<unknown>;
  /** What another service does next, whatever the caller was answered. */
  meanwhile?(scene: Scene): Promise<unknown>;
  /** Its effect beyond the model's facts. */
  effect?(scene: Scene): Promise<unknown>;
  /** What completes it if something fails. */
  readonly healers: readonly HealerName[];
  readonly losses?: readonly Loss[];
}

/** What nothing repairs after a fault. */
export interface Loss {
  /** The fault's whole title. */
  readonly fault: string;
  /** In how many of the fault's runs. */
  readonly runs: number;
  /** What stays wrong, as a cell words it. */
  readonly differences: readonly string[];
  /** What that means for people. */
  readonly meaning: string;
}

export const LOST_TRIGGERS = "Triggers and webhooks: triggers are lost";

type Call = Pick<Operation, "runs" | "perform">;

/** A call of the deployed function of the same name. */
export function calling<Input>(
  run: (deps: Dependencies, caller: Caller, input: Input) => Promise<unknown>,
  by: (scene: Scene) => Caller,
  input: (scene: Scene) => Input,
): Call {
  return {
    runs: run.name,
    perform: (scene, deps) => run(deps, by(scene), input(scene)),
  };
}

export const by =
  (name: Name) =>
  ({ person }: Pick<Scene, "person">): Caller =>
    as(person(name));

export const byAdmin =
  (name: Name) =>
  ({ person }: Pick<Scene, "person">): Caller =>
    asAdmin(person(name));

export const noRequest = () => ({});

/** The request of a call that concerns the first show. */
export const thisShow = ({ showId }: Pick<Scene, "showId">) => ({ showId: showId() });

/** The request of a call that concerns a person in the first show. */
export const inThisShow =
  (name: Name) =>
  ({ person, showId }: Pick<Scene, "person" | "showId">) => ({
    showId: showId(),
    uid: person(name).uid,
  });

/** The ids of the documents beneath a path. */
export async function documentsIn(scene: Scene, path: string): Promise<readonly string[]> {
  const { docs } = await scene.firestore.collection(path).get();
  return docs.map(({ id }) => id);
}
