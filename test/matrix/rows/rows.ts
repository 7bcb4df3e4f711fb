import { inventory } from "../../../functions/src/contract/inventory.js";
import { update } from "../../support/rules/world.js";
import { oneWorld, type Row, rowsOf, type Scene } from "../table.js";
import { inAShowRows } from "./inAShow.js";
import { peopleRows } from "./people.js";
import { serviceRows } from "./service.js";
import { showRows } from "./shows.js";

const named: readonly Row[] = [...peopleRows, ...showRows, ...inAShowRows, ...serviceRows];

/** Whether a row changes this field. Rows name their fields in backticks. */
const changes = (field: string) => (row: Row) =>
  row.operation === "update" && row.what.includes(`\`${field}\``);

/** Nobody changes alone the fields that no other row changes. */
const otherFields = inventory.flatMap(({ path, schema }): readonly Row[] => {
  const ofPath = named.filter((row) => row.path === path);
  const deletion = ofPath.find(({ operation }) => operation === "delete");
  if (deletion === undefined) return [];
  return rowsOf(path, oneWorld, (row) =>
    Object.keys(schema.shape)
      .filter((field) => !ofPath.some(changes(field)))
      .map((field) =>
        row.update(`\`${field}\``, (scene) => ({
          writes: [update(documentOf(deletion, scene), { [field]: "other" })],
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

/** The authorization matrix of the security rules. What no row allows is denied. */
export const rows: readonly Row[] = [...named, ...otherFields];
