import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { LaunchError } from "../launchError.js";
import { findGo, goEnvironment, type Provided } from "./livekitBuild.mjs";
import { type Machine, thisMachine, userCache } from "./machine.mjs";

/** A program that Go builds in a few seconds. */
export interface GoTool {
  /** The name of its binary, which ends its package's path. */
  readonly name: string;
  readonly package: string;
  readonly version: string;
  /** The environment variable with the user's choice of a binary, or `none`. */
  readonly variable: string;
}

/** Checks requests to Stripe by Stripe's own description. */
export const stripeMock: GoTool = {
  name: "stripe-mock",
  package: "github.com/stripe/stripe-mock",
  version: "0.203.0",
  variable: "AMBIENT_STRIPE_MOCK",
};

/** Checks GitHub's workflows. */
export const actionlint: GoTool = {
  name: "actionlint",
  package: "github.com/rhysd/actionlint/cmd/actionlint",
  version: "1.7.12",
  variable: "AMBIENT_ACTIONLINT",
};

const PATIENCE_MILLISECONDS = 5 * 60_000;

export interface ProvideOptions {
  readonly signal?: AbortSignal | undefined;
  onProgress(line: string): void;
}

/**
 * Provides a tool from the user's cache or a build with Go. Otherwise returns one line that explains how to get it; only what
 * the tool checks is left out then.
 */
export async function provideGoTool(
  tool: GoTool,
  options: ProvideOptions,
  machine: Machine = thisMachine,
): Promise<Provided> {
  const { name, variable } = tool;
  const chosen = machine.environment[variable] ?? "";
  if (chosen === "none") return { missing: `no ${name}, as ${variable}=none asks.` };
  if (chosen !== "") {
    if (existsSync(chosen)) return { binary: chosen };
    throw new LaunchError(`${variable} names ${chosen}, which does not exist.`);
  }
  const binary = cachedTool(tool, machine);
  if (existsSync(binary)) return { binary };
  const go = await findGo(machine, options.signal);
  if (go === undefined) {
    return { missing: `no ${name} here, and no Go to build it: install Go.` };
  }
  options.onProgress(`building ${name} (once, some seconds)`);
  return build(go, tool, machine, options.signal);
}

/** The cache that the user's clones share. */
function cachedTool({ name, version }: GoTool, machine: Machine): string {
  const { platform, arch } = machine;
  const cache = join(userCache(machine), "ambient", name, version);
  return join(cache, `${platform}-${arch}`, fileName(name, platform));
}

function fileName(name: string, platform: NodeJS.Platform): string {
  return platform === "win32" ? `${name}.exe` : name;
}

/** Of two builds at once, the last one stays: they are the same. */
async function build(
  go: string,
  tool: GoTool,
  machine: Machine,
  signal: AbortSignal | undefined,
): Promise<Provided> {
  const binary = cachedTool(tool, machine);
  const folder = dirname(binary);
  mkdirSync(folder, { recursive: true });
  const draft = mkdtempSync(join(folder, "draft-"));
  try {
    const { ok, output } = await machine.run(go, ["install", `${tool.package}@v${tool.version}`], {
      cwd: draft,
      env: goEnvironment(machine.environment, draft),
      signal,
      timeout: PATIENCE_MILLISECONDS,
    });
    signal?.throwIfAborted();
    const made = join(draft, fileName(tool.name, machine.platform));
    if (!ok || !existsSync(made)) {
      const reason = output.trim().split("\n").at(-1) ?? "it printed nothing";
      return { missing: `no ${tool.name}: \`go install\` failed (${reason}).` };
    }
    // Windows does not replace a running binary, but that one is just as good.
    if (!existsSync(binary)) renameSync(made, binary);
    return { binary };
  } finally {
    rmSync(draft, { recursive: true, force: true, maxRetries: 3 });
  }
}
