import { authConfig, database } from "../google/answers.js";
import { compareIndexes, type IndexState } from "../google/firestoreIndexes.js";
import { type Check, type Finding, lacks, note, notDeployed, ok } from "./finding.js";
import { REGION } from "../../functions/src/contract/region.js";
import type { Target } from "../target.js";

/** The locations of Firestore next to the functions. */
const NEAR = new Set([REGION, "nam5"]);

export const databaseAndAuth: Check = {
  name: "Database",
  async run({ google, target }) {
    const { projectId } = target;
    const [found, auth] = await Promise.all([
      google.find(database, "firestore", `/v1/projects/${projectId}/databases/(default)`),
      google.find(authConfig, "identitytoolkit", `/admin/v2/projects/${projectId}/config`),
    ]);
    return [
      ...(found
        ? examineDatabase(found.locationId, found.type, projectId)
        : [
            lacks(
              this.name,
              "there is no database (default)",
              `npx firebase firestore:databases:create "(default)" --location nam5 --project ${projectId}`,
            ),
          ]),
      ...(found ? [recoveryOf(found.pointInTimeRecoveryEnablement, projectId)] : []),
      auth
        ? ok("Authentication", "started")
        : lacks(
            "Authentication",
            "not started",
            `https://console.firebase.google.com/project/${projectId}/authentication (press "Get started")`,
          ),
    ];
  },
};

function examineDatabase(location: string, type: string, projectId: string): readonly Finding[] {
  if (type !== "FIRESTORE_NATIVE") {
    const remedy = `gcloud firestore databases update --type firestore-native --project ${projectId}`;
    return [lacks("Database", `it is ${type}, and listeners need Firestore's native mode`, remedy)];
  }
  return [
    ok("Database", location),
    NEAR.has(location)
      ? ok("Region", `functions in ${REGION}, database in ${location}`)
      : note(
          "Region",
          `functions run in ${REGION}, far from the database in ${location}`,
          "change REGION in functions/src/contract/region.ts and what docs/DEPLOY.md#configuration lists",
        ),
  ];
}

function recoveryOf(enablement: string | undefined, projectId: string): Finding {
  const name = "Point-in-time recovery";
  if (enablement === "POINT_IN_TIME_RECOVERY_ENABLED") return ok(name, "7 days");
  const remedy = `gcloud firestore databases update --enable-pitr --project ${projectId}`;
  return note(name, "off: deleted data cannot be recovered", remedy);
}

export const indexesAndTtl: Check = {
  name: "Indexes",
  async run({ google, target }) {
    const { indexes, ttlPolicies } = await compareIndexes(google);
    return [summarize(this.name, indexes, target), summarize("TTL policies", ttlPolicies, target)];
  },
};

function summarize(name: string, states: readonly IndexState[], target: Target): Finding {
  const named = (state: IndexState["state"]) =>
    states.filter((each) => each.state === state).map((each) => each.name);
  const [missing, building, broken] = [named("missing"), named("building"), named("broken")];
  const { projectId } = target;
  if (broken.length > 0) {
    const remedy = `https://console.firebase.google.com/project/${projectId}/firestore/indexes (delete them, then npm run deploy)`;
    return lacks(name, `to repair: ${broken.join("; ")}`, remedy);
  }
  if (missing.length > 0) return notDeployed(name, `missing: ${missing.join("; ")}`, target);
  if (building.length > 0) {
    const remedy = `gcloud firestore operations list --project ${projectId}; then npm run doctor again`;
    return {
      ...lacks(name, `still building: ${building.join("; ")}`, remedy),
      fixedByDeploy: true,
    };
  }
  return ok(name, `${states.length} ready`);
}
