import { Timestamp } from "firebase/firestore";
import { z } from "zod";
import { inventory } from "../../../functions/src/contract/inventory.js";
import { now } from "../../support/rules/builders.js";
import { update } from "../../support/rules/world.js";
import { oneState, type Row, rowsOf, type Scene } from "../table.js";
import { inAShowRows } from "./inAShow.js";
import { peopleRows } from "./people.js";
import { serviceRows } from "./service.js";
import { showRows } from "./shows.js";

const named: readonly Row[] = [...peopleRows, ...showRows, ...inAShowRows, ...serviceRows];

/** Whether a row changes this field. Rows name their fields in backticks. */
const changes = (field: string) => (row: Row) =>
  row.operation === "update" && row.what.includes(`\`${field}\``);

/** The first that a field's schema accepts is written, times as the server's. */
const candidates = [Timestamp.now(), "other", 1, true, [], {}, null];

function plausible(schema: z.core.$ZodType): unknown {
  const value = candidates.find((candidate) => z.safeParse(schema, candidate).success);
  return value instanceof Timestamp ? now() : (value ?? "other");
}

/** A row for each field that no other row changes: nobody may change it alone. */
const otherFields = inventory.flatMap(({ path, schema }): readonly Row[] => {
  const ofPath = named.filter((row) => row.path === path);
  const deletion = ofPath.find(({ operation }) => operation === "delete");
  if (deletion === undefined) return [];
  return rowsOf(path, oneState, (row) =>
    Object.entries<z.core.$ZodType>(schema.shape)
      .filter(([field]) => !ofPath.some(changes(field)))
      .map(([field, value]) =>
        row.update(`\`${field}\``, (scene) => ({
          writes: [update(documentOf(deletion, scene), { [field]: plausible(value) })],
        })),
      ),
  );
});

function documentOf({ request }: Row, scene: Scene): string {
  const deletion = request(scene);
  const [write] = "writes" in deletion ? deletion.writes : [];
  if (write === undefined) throw new Error("A deletion has no document");
  return write.path;
}

/** The authorisation matrix of the security rules. What no row allows is denied. */
export const rows: readonly Row[] = [...named, ...otherFields];
