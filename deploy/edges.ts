import { spawn } from "node:child_process";
import { createInterface } from "node:readline/promises";
import { setTimeout as delay } from "node:timers/promises";
import { GoogleAuth } from "google-auth-library";
import { root } from "../local/files/paths.js";

export interface CommandOptions {
  readonly cwd?: string;
  /** Whether its output also appears in the terminal as it comes. */
  readonly isShown?: boolean;
}

export interface CommandResult {
  readonly code: number;
  readonly output: string;
}

/** Everything outside these commands: Google, other services, other programs, the clock and the person. */
export interface Edges {
  readonly environment: Readonly<Record<string, string | undefined>>;
  fetch(url: string, init?: RequestInit): Promise<Response>;
  /** A token of the Application Default Credentials. */
  accessToken(): Promise<string>;
  run(command: string, args: readonly string[], options?: CommandOptions): Promise<CommandResult>;
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** Whether a person can answer questions. */
  readonly hasTerminal: boolean;
  question(text: string): Promise<string>;
  print(line: string): void;
}

/** How long one request may take. */
const REQUEST_TIMEOUT_MS = 20_000;

export function realEdges(): Edges {
  const auth = new GoogleAuth({ scopes: "https://www.googleapis.com/auth/cloud-platform" });
  return {
    environment: process.env,
    fetch: (url, init) => fetch(url, { ...init, signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) }),
    async accessToken() {
      const token = await auth.getAccessToken();
      if (token === null || token === undefined) throw new Error("Google gave no access token.");
      return token;
    },
    run: runCommand,
    now: Date.now,
    async sleep(milliseconds) {
      await delay(milliseconds);
    },
    hasTerminal: process.stdin.isTTY,
    async question(text) {
      const lines = createInterface({ input: process.stdin, output: process.stdout });
      // Without a person or a pipe, the answer is no.
      const closed = new Promise<string>((resolve) => {
        lines.once("close", () => {
          resolve("");
        });
      });
      const answer = await Promise.race([lines.question(text), closed]);
      lines.close();
      return answer.trim();
    },
    print(line) {
      console.log(line);
    },
  };
}

function runCommand(
  command: string,
  args: readonly string[],
  { cwd = root, isShown = false }: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = spawn(command, [...args], { cwd, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const collect = (chunk: Buffer): void => {
      output += chunk.toString("utf8");
      if (isShown) process.stdout.write(chunk);
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.once("error", (error) => {
      resolve({ code: 127, output: error.message });
    });
    child.once("close", (code) => {
      resolve({ code: code ?? 1, output });
    });
  });
}
