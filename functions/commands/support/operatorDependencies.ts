import { initializeApp } from "firebase-admin/app";
import { getAuth } from "firebase-admin/auth";
import { getFirestore } from "firebase-admin/firestore";
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { readProjectAliases } from "../../../local/files/projectAliases.js";
import { unconfiguredRooms } from "../../src/audio/noRooms.js";
import { systemClock } from "../../src/clock.js";
import { authAccounts } from "../../src/identity/authAccounts.js";
import { REPORT_RETENTION_DAYS } from "../../src/config.js";
import type { Dependencies } from "../../src/dependencies.js";
import type { DecidingDependencies } from "../../src/reports/decideCase.js";
import { UsageError } from "./usageError.js";

export type OperatorDependencies = DecidingDependencies &
  Pick<Dependencies, "deletionGraceMs"> & { readonly projectId: string };

/** Where `npm start` describes its suite, as far as it matters here. */
const localSuite = new URL("../../../.local/endpoints.json", import.meta.url);
const endpoints = z.object({ projectId: z.string(), auth: z.string(), firestore: z.string() });

/**
 * Dependencies for an operator who has the project's credentials. They have no LiveKit secret: what concerns audio rooms
 * is written, and the deployed sweeps do it within a minute.
 */
export async function operatorDependencies({
  project,
  local = false,
}: {
  /** An alias in `.firebaserc`, or a project id. */
  readonly project?: string | undefined;
  readonly local?: boolean | undefined;
}): Promise<OperatorDependencies> {
  if (local) await useRunningSuite();
  const name = project ?? process.env.GCLOUD_PROJECT ?? process.env.GOOGLE_CLOUD_PROJECT;
  if (name === undefined) {
    throw new UsageError(
      "Name the project with --project <alias or id>, or use --local with `npm start`.",
    );
  }
  const projectId = await projectIdOf(name);
  if (projectId.startsWith("demo-") && process.env.FIRESTORE_EMULATOR_HOST === undefined) {
    throw new UsageError(`${projectId} exists only in emulators: use --local with \`npm start\`.`);
  }
  const app = initializeApp({ projectId }, randomUUID());
  // Parameters have their defaults only where they are deployed.
  const retentionDays = Number(process.env.REPORT_RETENTION_DAYS ?? REPORT_RETENTION_DAYS);
  const graceHours = Number(process.env.ACCOUNT_DELETION_GRACE_HOURS ?? 0);
  const later = { enqueue: () => Promise.resolve() };
  return {
    projectId,
    firestore: getFirestore(app),
    accounts: authAccounts(getAuth(app)),
    clock: systemClock,
    newId: randomUUID,
    rooms: unconfiguredRooms,
    tasks: { publishFeed: later, sweepShow: later, notify: later, countFollowers: later },
    audienceIntervalMs: 1_000,
    digestIntervalMs: 1_000,
    reportRetentionMs: retentionDays * 86_400_000,
    deletionGraceMs: graceHours * 3_600_000,
  };
}

/** The project of an alias, or the project id itself. */
export async function projectIdOf(name: string): Promise<string> {
  return (await readProjectAliases())[name] ?? name;
}

/** The suite of `npm start`. The Admin SDK takes the addresses from the environment. */
async function useRunningSuite(): Promise<void> {
  const { auth, firestore, projectId } = await readLocalSuite();
  process.env.FIRESTORE_EMULATOR_HOST = firestore;
  process.env.FIREBASE_AUTH_EMULATOR_HOST = auth;
  process.env.GCLOUD_PROJECT = projectId;
  process.env.METADATA_SERVER_DETECTION = "none";
}

async function readLocalSuite(): Promise<z.infer<typeof endpoints>> {
  try {
    return endpoints.parse(JSON.parse(await readFile(localSuite, "utf8")));
  } catch {
    throw new UsageError("No suite is running on this machine: is `npm start` up?");
  }
}
