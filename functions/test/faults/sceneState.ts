import { readFacts } from "../../../test/model/facts.js";
import { violationsOf } from "../../../test/model/invariants/all.js";
import { audienceIsCounted } from "../../../test/model/invariants/people.js";
import type { Operation } from "./operation.js";
import type { Scene } from "./scene.js";

export interface State {
  /** The invariants that do not hold, in words. */
  readonly violations: readonly string[];
  readonly digest: unknown;
}

export async function stateOf(scene: Scene, operation: Operation): Promise<State> {
  const facts = await readFacts(scene);
  const { frozen, rooms, ...rest } = facts;
  // Someone who was silenced for a moment may speak again, and has to begin by themselves.
  const permissions = Object.values(rooms).map((room) =>
    room
      ?.map(({ name, canPublish }) => ({ name, canPublish }))
      .sort((a, b) => a.name.localeCompare(b.name)),
  );
  return {
    violations: [...violationsOf(facts), ...audienceIsCounted(facts)],
    digest: structuredClone({
      ...rest,
      permissions,
      isFrozen: Object.values(frozen).map((each) => each !== null),
      openRooms: [...scene.world.edges.rooms.rooms.keys()].map((id) => id === scene.showId()),
      effect: await operation.effect?.(scene),
    }),
  };
}

/** Where a state differs from the one that it should be, in words. */
export function differencesOf(
  { violations, digest }: State,
  { digest: expected }: State,
): readonly string[] {
  const [found, wanted] = [leavesOf(digest), leavesOf(expected)];
  const paths = [...new Set([...found.keys(), ...wanted.keys()])];
  const lines = paths
    .filter((path) => found.get(path) !== wanted.get(path))
    .map((path) => `${path} is ${found.get(path)} instead of ${wanted.get(path)}`);
  return [...violations, ...lines];
}

function leavesOf(value: unknown, path = ""): Map<string, string> {
  if (typeof value !== "object" || value === null) return new Map([[path, String(value)]]);
  return new Map(
    Object.entries(value).flatMap(([key, each]) => [
      ...leavesOf(each, path === "" ? key : `${path}.${key}`),
    ]),
  );
}
