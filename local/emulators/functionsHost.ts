// The Firebase CLI starts this file on plain Node, so it must not import TypeScript.
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { reachLocalFcm } from "../fcm/reachLocalFcm.mjs";

/*
 * Serves every function of its working directory at the socket `PORT`. Headers name the function of
 * a request and its signature type.
 */

interface Request {
  rawBody?: Buffer;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  header(name: string): string | undefined;
}

interface Response {
  status(code: number): Response;
  send(body?: unknown): void;
}

type Handler = (request: Request, response: Response) => void;
type Parser = (options: object) => Handler;

interface Express {
  (): {
    enable(setting: string): void;
    use(handler: Handler): void;
    get(path: string, handler: Handler): void;
    all(path: string, handler: Handler): void;
    listen(port: string): void;
  };
  readonly json: Parser;
  readonly text: Parser;
  readonly urlencoded: Parser;
  readonly raw: Parser;
}

const MAX_DELIVERIES = 3;
const PAUSE_MS = 500;

const require = createRequire(import.meta.url);
const requireOfFirebaseTools = createRequire(require.resolve("firebase-tools/package.json"));
const requireOfFunctions = createRequire(join(process.cwd(), "package.json"));

const fcm = process.env.AMBIENT_FCM;
if (fcm !== undefined) {
  // It also answers as the metadata server that gives functions their access token.
  process.env.METADATA_SERVER_DETECTION = "assume-present";
  process.env.GCE_METADATA_HOST = fcm;
  reachLocalFcm(`http://${fcm}`);
}

// Google's own runtime uses the same parser with the same settings.
const express = expressOf(requireOfFirebaseTools("express"));
const functions: unknown = await import(
  pathToFileURL(requireOfFunctions.resolve(process.cwd())).href
);

const app = express();
app.enable("trust proxy");
const options = {
  limit: "32mb",
  verify(request: Request, _response: Response, body: Buffer) {
    request.rawBody = body;
  },
};
app.use(express.json(options));
app.use(express.text(options));
app.use(express.urlencoded({ ...options, extended: true }));
app.use(express.raw({ ...options, type: "*/*" }));
app.get("/__/health", (_request, response) => {
  response.status(200).send();
});
app.all("/*", (request, response) => {
  serve(request, response).catch((error: unknown) => {
    console.error(error instanceof Error ? error.stack : error);
    response.status(500).send(String(error));
  });
});
app.listen(process.env.PORT ?? "");

// The Firebase CLI decides when this process ends, and nothing may outlive it.
process.on("SIGINT", () => undefined);
process.on("disconnect", () => process.exit());

async function serve(request: Request, response: Response): Promise<void> {
  const target = functionAt(request.header("ambient-function") ?? "");
  if (request.header("ambient-signature") === "http") {
    await target(request, response);
    return;
  }
  await deliver(() => target(eventOf(request)));
  response.send({ status: "acknowledged" });
}

/**
 * In production, an event is delivered again until its function succeeds. The emulator delivers it once, and its
 * transactions fail more often while many run at a time.
 * https://firebase.google.com/docs/functions/retries
 */
async function deliver(work: () => unknown): Promise<void> {
  for (let delivery = 1; ; delivery += 1) {
    try {
      await work();
      return;
    } catch (error) {
      if (delivery === MAX_DELIVERIES) throw error;
      await sleep(delivery * PAUSE_MS);
    }
  }
}

/** An event arrives as a whole, or with its attributes in headers. */
function eventOf({ body, headers, rawBody }: Request): unknown {
  if (headers["ce-type"] === undefined) return JSON.parse(String(rawBody));
  const attributes = Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith("ce-") ? [[name.slice("ce-".length), value]] : [],
  );
  return { ...Object.fromEntries(attributes), data: body };
}

function functionAt(entryPoint: string): (...args: readonly unknown[]) => unknown {
  let found = functions;
  for (const name of entryPoint.split(".")) {
    found =
      found !== null && (typeof found === "object" || typeof found === "function")
        ? Reflect.get(found, name)
        : undefined;
  }
  if (!isFunction(found)) throw new Error(`There is no function ${entryPoint}.`);
  return found;
}

function isFunction(value: unknown): value is (...args: readonly unknown[]) => unknown {
  return typeof value === "function";
}

function expressOf(module: unknown): Express {
  if (isExpress(module)) return module;
  throw new Error("firebase-tools has no express.");
}

function isExpress(module: unknown): module is Express {
  return typeof module === "function" && "json" in module && "raw" in module;
}
