import { join } from "node:path";
import { REGION } from "../../functions/src/config.js";
import { writeAtomically } from "../files/atomicFile.js";
import { renderDotenv } from "../files/dotenv.js";
import { findRequisites, PROJECT_ID, startEmulators } from "./emulators.js";
import type { Endpoints } from "./endpoints.js";
import { buildFunctions, type OnBuild, watchFunctions } from "./functionsBuild.js";
import {
  functionsParams,
  LOOPBACK_REDIRECT_URI,
  provideSecrets,
  REDIRECT_URIS,
  SPOTIFY_CLIENT_ID,
} from "./functionsEnvironment.js";
import { assertPortsFree, LOOPBACK, type Ports } from "./ports.js";
import type { BackgroundProcess } from "../process/backgroundProcess.js";
import type { RunDirectory } from "./runDirectory.js";
import { personas } from "../spotify/personas.js";
import { startLocalSpotify } from "../spotify/server.js";

export interface SuiteOptions {
  readonly directory: RunDirectory;
  readonly ports: Ports;
  readonly audienceIntervalSeconds: number;
  /** Given: the functions are compiled and loaded anew at every change, and this hears of it. */
  readonly onRebuild?: OnBuild;
  readonly functionsParallel?: number;
  /** Aborted: what runs already is stopped, and a start that is under way rejects. */
  readonly signal?: AbortSignal | undefined;
  onProgress(line: string): void;
}

export interface Suite {
  readonly endpoints: Endpoints;
  readonly logFile: string;
  stop(): Promise<void>;
  /** Says what ended, if something does without having been stopped. Never settles otherwise. */
  readonly failed: Promise<string>;
}

/** Everything that the backend needs, on this machine: emulators, functions, Spotify. */
export async function startSuite(options: SuiteOptions): Promise<Suite> {
  const running: Stoppable[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(running.map((part) => part.stop()));
  };
  try {
    return await start(options, running, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Stoppable {
  stop(): Promise<void>;
}

async function start(
  options: SuiteOptions,
  running: Stoppable[],
  stop: () => Promise<void>,
): Promise<Suite> {
  const { directory, ports, signal } = options;
  await assertPortsFree(ports);
  const secrets = await provideSecrets();
  await writeAtomically(
    join(directory.path, ".env.local"),
    renderDotenv(functionsParams(ports, options.audienceIntervalSeconds)),
  );
  const spotify = await startLocalSpotify({
    port: ports.spotify,
    host: LOOPBACK,
    clientId: SPOTIFY_CLIENT_ID,
    clientSecret: secrets.spotifyClientSecret,
    redirectUris: REDIRECT_URIS,
    personas,
  });
  running.push({ stop: () => spotify.close() });

  options.onProgress("compiling the functions");
  const [requisites, watch] = await Promise.all([
    findRequisites(options),
    compileFunctions(options, running),
  ]);
  const emulators = await startEmulators({
    requisites,
    only: ["auth", "firestore", "functions", "tasks"],
    ports,
    directory,
    functionsParallel: options.functionsParallel,
    signal,
    onProgress: (line) => {
      options.onProgress(line);
    },
  });
  running.push(emulators.process);
  signal?.throwIfAborted();

  let stopped = false;
  return {
    endpoints: endpointsOf(ports),
    logFile: emulators.logFile,
    stop() {
      stopped = true;
      return stop();
    },
    failed: new Promise((resolve) => {
      const say = (what: string) => (): void => {
        if (!stopped) resolve(what);
      };
      void emulators.process.exited.then(say(`The emulators ended: ${emulators.logFile}`));
      void emulators.oneDied.then((line) => {
        say(`${line}: ${emulators.logFile}`)();
      });
      void watch?.exited.then(say("The functions' compiler ended."));
    }),
  };
}

async function compileFunctions(
  { onRebuild, signal }: SuiteOptions,
  running: Stoppable[],
): Promise<BackgroundProcess | undefined> {
  if (onRebuild === undefined) {
    await buildFunctions(signal);
    return undefined;
  }
  const watch = watchFunctions(onRebuild, signal);
  running.push(watch.process);
  const complaints = await watch.built;
  if (complaints.length > 0) onRebuild(complaints);
  return watch.process;
}

function endpointsOf(ports: Ports): Endpoints {
  const address = (port: number): string => `${LOOPBACK}:${port}`;
  return {
    projectId: PROJECT_ID,
    region: REGION,
    auth: address(ports.auth),
    firestore: address(ports.firestore),
    functions: address(ports.functions),
    spotify: address(ports.spotify),
    spotifyClientId: SPOTIFY_CLIENT_ID,
    redirectUri: LOOPBACK_REDIRECT_URI,
    personas: personas.map(({ id, displayName, product }) => ({ id, displayName, product })),
  };
}
