import { rm } from "node:fs/promises";
import { join } from "node:path";
import { writeAtomically } from "./atomicFile.js";
import { isArray, isRecord, readJson } from "./json.js";
import { LaunchError } from "./launchError.js";
import { localDirectory } from "./paths.js";

/** What an app or a test has to know of a running suite. Addresses are `host:port`. */
export interface Endpoints {
  readonly projectId: string;
  readonly region: string;
  readonly auth: string;
  readonly firestore: string;
  readonly functions: string;
  readonly hosting?: string;
  readonly spotify: string;
  readonly spotifyClientId: string;
  readonly livekit?: string;
  readonly redirectUri: string;
  readonly personas: readonly EndpointsPersona[];
}

export interface EndpointsPersona {
  readonly id: string;
  readonly displayName: string | null;
  readonly product: string;
}

/** Where `npm start` says what runs. */
export const startEndpointsFile = join(localDirectory, "endpoints.json");

export async function writeEndpoints(file: string, endpoints: Endpoints): Promise<void> {
  await writeAtomically(file, `${JSON.stringify(endpoints, null, 2)}\n`);
}

export async function removeEndpoints(file: string): Promise<void> {
  await rm(file, { force: true });
}

export async function readEndpoints(file: string): Promise<Endpoints> {
  const content = await readJson(file).catch(() => undefined);
  if (isEndpoints(content)) return content;
  throw new LaunchError(`${file} does not describe a running suite: is \`npm start\` up?`);
}

function isEndpoints(value: unknown): value is Endpoints {
  if (!isRecord(value)) return false;
  const optional = [value.hosting, value.livekit];
  const personas = value.personas;
  return (
    required.every((field) => typeof value[field] === "string") &&
    optional.every((address) => address === undefined || typeof address === "string") &&
    isArray(personas) &&
    personas.every(isPersona)
  );
}

const required = [
  "projectId",
  "region",
  "auth",
  "firestore",
  "functions",
  "spotify",
  "spotifyClientId",
  "redirectUri",
] as const;

function isPersona(value: unknown): value is EndpointsPersona {
  return (
    isRecord(value) &&
    typeof value.id === "string" &&
    (value.displayName === null || typeof value.displayName === "string") &&
    typeof value.product === "string"
  );
}
