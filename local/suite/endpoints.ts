import { rm } from "node:fs/promises";
import { join } from "node:path";
import { writeAtomically } from "../files/atomicFile.js";
import { z } from "zod";
import { readJson } from "../files/json.js";
import { LaunchError } from "../launchError.js";
import { localDirectory } from "../files/paths.js";

const address = z.string().min(1);

/** A running suite as apps and tests see it. Addresses are `host:port`. */
export const endpoints = z.object({
  projectId: z.string(),
  region: z.string(),
  auth: address,
  firestore: address,
  functions: address,
  /** Cloud Tasks, for processes outside the functions such as the scheduler. */
  tasks: address,
  hosting: address.optional(),
  spotify: address,
  /** Firebase Cloud Messaging, with its control operations. */
  fcm: address,
  spotifyClientId: z.string(),
  /** The local Stripe: its API, its pages and its control. */
  stripe: address,
  /** The address for apps; absent without sound. */
  livekit: address.optional(),
  /** The fault proxy on both sides of LiveKit, which `livekitControl` talks to. */
  livekitControl: address.optional(),
  redirectUri: z.string(),
  personas: z.array(
    z.object({
      id: z.string(),
      displayName: z.string().nullable(),
      product: z.string(),
      /** Whether Spotify answers the app for this user. */
      allowed: z.boolean(),
    }),
  ),
});
export type Endpoints = z.infer<typeof endpoints>;

/** The file in which `npm start` describes its suite. */
export const startEndpointsFile = join(localDirectory, "endpoints.json");

export async function writeEndpoints(file: string, content: Endpoints): Promise<void> {
  await writeAtomically(file, `${JSON.stringify(content, null, 2)}\n`);
}

export async function removeEndpoints(file: string): Promise<void> {
  await rm(file, { force: true });
}

export async function readEndpoints(file: string): Promise<Endpoints> {
  const found = endpoints.safeParse(await readJson(file).catch(() => undefined));
  if (found.success) return found.data;
  throw new LaunchError(`${file} does not describe a running suite: is \`npm start\` up?`);
}

/** The address of a callable or HTTP function. */
export function functionUrl(
  { functions, projectId, region }: Pick<Endpoints, "functions" | "projectId" | "region">,
  path: string,
): string {
  return `http://${functions}/${projectId}/${region}/${path}`;
}

/** An address in the form that the client SDKs expect. */
export function hostAndPort(address: string): [host: string, port: number] {
  const { hostname, port } = new URL(`http://${address}`);
  return [hostname, Number(port)];
}
