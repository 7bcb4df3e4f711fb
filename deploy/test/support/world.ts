import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../../../local/files/paths.js";
import { deployedProject, type GoogleProject } from "../../../local/google/project.js";
import { startLocalGoogle } from "../../../local/google/server.js";
import type { CommandOptions, CommandResult, Edges } from "../../edges.js";
import { defaultParams, settingsOf } from "../../settings.js";
import type { Target } from "../../target.js";

export interface Command {
  readonly line: string;
  readonly options: CommandOptions | undefined;
}

/** A project at the local Google, the services that it uses, and an operator with a terminal. */
export interface World {
  readonly project: GoogleProject;
  readonly target: Target;
  readonly edges: Edges;
  /** The commands that were run. */
  readonly commands: Command[];
  readonly printed: string[];
  /** Answers a command in place of a program; undefined: it succeeds without output. */
  onCommand: (line: string, options?: CommandOptions) => CommandResult | undefined;
  /** False: the command runs in a pipe or a workflow. */
  hasTerminal: boolean;
  /** What the operator types. */
  typed: string;
  /** How other services answer, by their host. */
  readonly others: Map<string, OtherService>;
  /** False: nothing can be reached. */
  isOnline: boolean;
  close(): Promise<void>;
}

type OtherService = (url: string, init: RequestInit | undefined) => Response;

export const PROJECT_ID = "ambient-test";

/** Test files that deploy run at the same time, so each has a project of its own: a deployment leaves files in `.local`. */
export async function openWorld(projectId = PROJECT_ID): Promise<World> {
  const rules = await readFile(join(root, "firestore.rules"), "utf8");
  const project = await deployedProject(projectId, rules);
  const google = await startLocalGoogle(project);
  const params = {
    ...defaultParams(projectId),
    SPOTIFY_CLIENT_ID: "client",
    SPOTIFY_REDIRECT_URIS: '["https://ambient.example/callback"]',
    LIVEKIT_URL: "wss://livekit.example",
    LIVEKIT_API_KEY: "key",
  };
  Object.assign(project.params, params);
  const target: Target = {
    name: "staging",
    projectId,
    settings: settingsOf(projectId, params),
    params,
  };
  let now = Date.UTC(2026, 10, 30);
  const world: World = {
    project,
    target,
    commands: [],
    printed: [],
    onCommand: () => undefined,
    hasTerminal: true,
    typed: "",
    others: new Map<string, OtherService>([
      ["accounts.spotify.com", () => Response.json({ access_token: "token" })],
      ["livekit.example", () => Response.json({ rooms: [] })],
      [
        `us-central1-${projectId}.cloudfunctions.net`,
        (_, init) =>
          new Response(null, {
            status: new Headers(init?.headers).has("authorization") ? 200 : 401,
          }),
      ],
    ]),
    isOnline: true,
    edges: {
      environment: {},
      async fetch(address, init) {
        if (!world.isOnline) {
          throw new TypeError("fetch failed", { cause: new Error("getaddrinfo ENOTFOUND") });
        }
        const { host, pathname, search } = new URL(address);
        const other = world.others.get(host);
        if (other) return other(address, init);
        return fetch(`${google.url}/${host}${pathname}${search}`, init);
      },
      accessToken: () => Promise.resolve("local"),
      run(command, args, options) {
        const line = [command, ...args].join(" ");
        world.commands.push({ line, options });
        return Promise.resolve(world.onCommand(line, options) ?? { code: 0, output: "" });
      },
      now: () => now,
      sleep(milliseconds) {
        now += milliseconds;
        return Promise.resolve();
      },
      get hasTerminal() {
        return world.hasTerminal;
      },
      question: () => Promise.resolve(world.typed),
      print(line) {
        world.printed.push(line);
      },
    },
    close: () => google.close(),
  };
  return world;
}
