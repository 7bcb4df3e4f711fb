import { set, remove, update } from "../../support/rules/world.js";
import type { Row, Scene } from "../table.js";
import { rowsOf } from "../table.js";

interface Written {
  readonly what?: string;
  /** A document that exists. */
  readonly document: (scene: Scene) => string;
  /** A document that does not exist. */
  readonly absent?: (scene: Scene) => string;
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** Nobody creates, changes or deletes what the server writes. */
export function serverWritten(
  path: string,
  states: Row["states"],
  { what = "it", document, absent, fields = { uid: "me" } }: Written,
): readonly Row[] {
  return rowsOf(path, states, (row) => [
    ...(absent === undefined
      ? []
      : [row.create("one", (scene) => ({ writes: [set(absent(scene), fields)] }))]),
    ...Object.entries(fields).map(([field, value]) =>
      row.update(`\`${field}\``, (scene) => ({
        writes: [update(document(scene), { [field]: value })],
      })),
    ),
    row.delete(what, (scene) => ({ writes: [remove(document(scene))] })),
  ]);
}
