import { clientConfigDocument } from "../../functions/src/contract/clientConfig.js";
import { firestoreDocument } from "../google/answers.js";
import { type Check, lacks, note, ok } from "./finding.js";

/** `config/client`, which the functions and the apps parse: a document of another shape makes calls fail. */
export const clientConfig: Check = {
  name: "config/client",
  isOptional: true,
  async run({ google, target }) {
    const { name: alias, projectId } = target;
    const path = `/v1/projects/${projectId}/databases/(default)/documents/config/client`;
    const found = await google.find(firestoreDocument, "firestore", path);
    const remedy = `npm run admin -- client-config --set <file> --project ${alias}`;
    if (!found) return [note(this.name, "none: no tags, no terms, and no app is too old", remedy)];
    const { success, error } = clientConfigDocument.safeParse(found.fields);
    if (success) return [ok(this.name, Object.keys(found.fields).join(", "))];
    const issues = error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    return [lacks(this.name, `calls fail: ${issues.join("; ")}`, remedy)];
  },
};
