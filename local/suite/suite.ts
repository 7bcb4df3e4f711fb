import { join } from "node:path";
import { REGION } from "../../functions/src/contract/region.js";
import { writeAtomically } from "../files/atomicFile.js";
import { renderDotenv } from "../files/dotenv.js";
import { findRequisites, PROJECT_ID, startEmulators } from "./emulators.js";
import type { Endpoints } from "./endpoints.js";
import { startDemo } from "../demo/demoServer.js";
import { LaunchError } from "../launchError.js";
import { buildFunctions, type OnBuild, watchFunctions } from "./functionsBuild.js";
import {
  functionsParams,
  LIVEKIT_API_KEY,
  LOOPBACK_REDIRECT_URI,
  provideSecrets,
  redirectUris,
  type Secrets,
  SPOTIFY_CLIENT_ID,
} from "./functionsEnvironment.js";
import { assertPortsFree, LOOPBACK, type Ports } from "./ports.js";
import type { RunDirectory } from "./runDirectory.js";
import { type Livekit, startLivekit } from "../livekit/livekit.js";
import { personas } from "../spotify/personas.js";
import { startScheduler } from "../scheduler/scheduler.js";
import { startLocalFcm } from "../fcm/server.js";
import { startLocalSpotify } from "../spotify/server.js";
import { startLocalStripe } from "../stripe/server.js";
import { startStripeMock } from "../stripe/stripeMock.js";
import { provideLivekitServer } from "../toolchain/livekitServer.js";
import { provideGoTool, stripeMock } from "../toolchain/goTool.js";

export interface SuiteOptions {
  readonly directory: RunDirectory;
  readonly ports: Ports;
  readonly audienceIntervalSeconds: number;
  /** How long a show waits for its absent leader. Undefined means production's value. */
  readonly hostGraceSeconds?: number;
  /** If given, the functions are compiled and loaded after every change, and this is called. */
  readonly onRebuild?: OnBuild;
  readonly functionsProcesses?: number;
  /** If given, the scheduled functions run, and this is called after a failed run. */
  readonly onScheduleFailed?: (line: string) => void;
  /** If given, the demo is served. Open pages follow its source if `reloads` is true. */
  readonly demo?: { readonly reloads: boolean };
  /** When aborted, stops everything that runs, and a start in progress rejects. */
  readonly signal?: AbortSignal | undefined;
  onProgress(line: string): void;
}

export interface Suite {
  readonly endpoints: Endpoints;
  /** The reason for missing sound, if any. */
  readonly soundless: string | undefined;
  readonly logFile: string;
  stop(): Promise<void>;
  /** Resolves with a message if a part ends without being stopped. Never settles otherwise. */
  readonly failed: Promise<string>;
}

/**
 * Starts everything that the backend needs on this machine: emulators, functions, Spotify, LiveKit.
 */
export async function startSuite(options: SuiteOptions): Promise<Suite> {
  const running: Stoppable[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(running.map((part) => part.stop()));
  };
  const failure = new AbortController();
  const given = options.signal === undefined ? [] : [options.signal];
  const signal = AbortSignal.any([...given, failure.signal]);
  try {
    return await start({ ...options, signal }, running, stop);
  } catch (error) {
    // Parts that are still starting, such as LiveKit, must not come up after this.
    failure.abort(error);
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
  const spotify = await startLocalSpotify({
    port: ports.spotify,
    host: LOOPBACK,
    clientId: SPOTIFY_CLIENT_ID,
    clientSecret: secrets.spotifyClientSecret,
    redirectUris: redirectUris(ports),
    personas,
  });
  running.push({ stop: () => spotify.close() });
  const fcm = await startLocalFcm({ port: ports.fcm, host: LOOPBACK });
  running.push({ stop: () => fcm.close() });

  options.onProgress("compiling the functions");
  const [requisites, , livekit] = await Promise.all([
    findRequisites(options),
    compileFunctions(options, running),
    provideLivekit(options, secrets.livekitApiSecret, running),
    startStripe(options, secrets, running),
  ]);
  const sound = typeof livekit !== "string";
  const endpoints = endpointsOf(ports, { sound, demo: options.demo !== undefined });
  const params = functionsParams(ports, { ...options, sound });
  await writeAtomically(join(directory.path, ".env.local"), renderDotenv(params));
  const emulators = await startEmulators({
    requisites,
    only: ["auth", "firestore", "functions", "tasks"],
    ports,
    directory,
    functionsProcesses: options.functionsProcesses,
    signal,
    onProgress: (line) => {
      options.onProgress(line);
    },
  });
  running.push(emulators.process);
  signal?.throwIfAborted();
  if (options.onScheduleFailed !== undefined) {
    running.push(startScheduler(endpoints, options.onScheduleFailed));
  }
  if (options.demo) {
    options.onProgress("starting the demo");
    running.push(
      await startDemo({
        endpoints,
        port: ports.hosting,
        cacheDirectory: join(directory.path, "vite"),
        reloads: options.demo.reloads,
      }),
    );
  }

  let stopped = false;
  return {
    endpoints,
    soundless: sound ? undefined : livekit,
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
      if (sound) {
        void livekit.died.then((line) => {
          say(line)();
        });
      }
    }),
  };
}

/** A running LiveKit, or the reason for its absence, which does not stop the rest. */
async function provideLivekit(
  options: SuiteOptions,
  apiSecret: string,
  running: Stoppable[],
): Promise<Livekit | string> {
  const { directory, ports, signal } = options;
  const provided = await provideLivekitServer(options);
  if ("missing" in provided) return provided.missing;
  try {
    const livekit = await startLivekit({
      binary: provided.binary,
      directory: directory.path,
      ports,
      apiKey: LIVEKIT_API_KEY,
      apiSecret,
      signal,
    });
    running.push(livekit);
    return livekit;
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof LaunchError) return error.message;
    throw error;
  }
}

/** The local Stripe, with stripe-mock beside it if this machine has one or can build it. */
async function startStripe(
  options: SuiteOptions,
  { stripeSecretKey, stripeWebhookSecret }: Secrets,
  running: Stoppable[],
): Promise<void> {
  const { directory, ports, signal } = options;
  const provided = await provideGoTool(stripeMock, options);
  const mock =
    "binary" in provided
      ? await startStripeMock(provided.binary, { directory: directory.path, signal })
      : undefined;
  if (mock) running.push(mock);
  if ("missing" in provided) options.onProgress(provided.missing);
  const stripe = await startLocalStripe({
    port: ports.stripe,
    host: LOOPBACK,
    secretKey: stripeSecretKey,
    webhookSecret: stripeWebhookSecret,
    webhookUrl: `http://${LOOPBACK}:${ports.functions}/${PROJECT_ID}/${REGION}/stripeWebhook`,
    mockUrl: mock?.url,
  });
  running.push({ stop: () => stripe.close() });
}

async function compileFunctions(
  { onRebuild, signal }: SuiteOptions,
  running: Stoppable[],
): Promise<void> {
  if (onRebuild === undefined) {
    await buildFunctions(signal);
    return;
  }
  const watch = await watchFunctions(onRebuild);
  running.push(watch);
  if (watch.complaints.length > 0) onRebuild(watch.complaints);
}

function endpointsOf(
  ports: Ports,
  { sound, demo }: { readonly sound: boolean; readonly demo: boolean },
): Endpoints {
  const address = (port: number): string => `${LOOPBACK}:${port}`;
  return {
    projectId: PROJECT_ID,
    region: REGION,
    auth: address(ports.auth),
    firestore: address(ports.firestore),
    functions: address(ports.functions),
    tasks: address(ports.tasks),
    ...(demo && { hosting: address(ports.hosting) }),
    spotify: address(ports.spotify),
    fcm: address(ports.fcm),
    stripe: address(ports.stripe),
    spotifyClientId: SPOTIFY_CLIENT_ID,
    ...(sound && { livekit: address(ports.livekit), livekitControl: address(ports.livekitProxy) }),
    redirectUri: LOOPBACK_REDIRECT_URI,
    personas: personas.map(({ id, displayName, product, allowed }) => ({
      id,
      displayName,
      product,
      allowed,
    })),
  };
}
