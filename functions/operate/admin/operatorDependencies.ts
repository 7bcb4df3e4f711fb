import { initializeApp } from "firebase-admin/app";
import { getAuth } from "firebase-admin/auth";
import { getFirestore } from "firebase-admin/firestore";
import { randomUUID } from "node:crypto";
import { LaunchError } from "../../../local/launchError.js";
import { readEndpoints, startEndpointsFile } from "../../../local/suite/endpoints.js";
import { unconfiguredRooms } from "../../src/audio/noRooms.js";
import { systemClock } from "../../src/clock.js";
import { authAccounts } from "../../src/identity/authAccounts.js";
import type { DecidingDependencies } from "../../src/reports/decideMatter.js";

/**
 * The edges of somebody with the project's credentials. They have no LiveKit secret: what concerns audio rooms is
 * written, and the deployed sweeps do it within a minute.
 */
export async function operatorDependencies({
  project,
  local = false,
}: {
  readonly project?: string | undefined;
  readonly local?: boolean | undefined;
}): Promise<DecidingDependencies> {
  if (local) await useRunningSuite();
  const projectId = project ?? process.env.GCLOUD_PROJECT ?? process.env.GOOGLE_CLOUD_PROJECT;
  if (projectId === undefined) {
    throw new LaunchError("Name the project with --project <id>, or use --local with `npm start`.");
  }
  if (projectId.startsWith("demo-") && process.env.FIRESTORE_EMULATOR_HOST === undefined) {
    throw new LaunchError(`${projectId} exists only in emulators: use --local with \`npm start\`.`);
  }
  const app = initializeApp({ projectId });
  const later = { enqueue: () => Promise.resolve() };
  return {
    firestore: getFirestore(app),
    accounts: authAccounts(getAuth(app)),
    clock: systemClock,
    newId: randomUUID,
    rooms: unconfiguredRooms,
    tasks: { publishFeed: later, sweepShow: later },
    audienceIntervalMs: 1_000,
    digestIntervalMs: 1_000,
  };
}

/** The suite of `npm start`. The Admin SDK takes the addresses from the environment. */
async function useRunningSuite(): Promise<void> {
  const { auth, firestore, projectId } = await readEndpoints(startEndpointsFile);
  process.env.FIRESTORE_EMULATOR_HOST = firestore;
  process.env.FIREBASE_AUTH_EMULATOR_HOST = auth;
  process.env.GCLOUD_PROJECT = projectId;
  process.env.METADATA_SERVER_DETECTION = "none";
}
