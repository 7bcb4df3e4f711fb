import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { LaunchError } from "../launchError.js";
import { findGo, goEnvironment, type Provided } from "./livekitBuild.mjs";
import { type Machine, thisMachine, userCache } from "./machine.mjs";

/** The user's choice of a `stripe-mock`, or `none`. */
export const STRIPE_MOCK_VARIABLE = "AMBIENT_STRIPE_MOCK";
export const STRIPE_MOCK_VERSION = "0.203.0";
const GO_PACKAGE = `github.com/stripe/stripe-mock@v${STRIPE_MOCK_VERSION}`;
const PATIENCE_MILLISECONDS = 5 * 60_000;

export interface ProvideOptions {
  readonly signal?: AbortSignal | undefined;
  onProgress(line: string): void;
}

/**
 * Provides a `stripe-mock` from the user's cache or a build with Go. Otherwise returns one line that explains how to get one;
 * only the check of requests by Stripe's own description is missing then.
 */
export async function provideStripeMock(
  options: ProvideOptions,
  machine: Machine = thisMachine,
): Promise<Provided> {
  const chosen = machine.environment[STRIPE_MOCK_VARIABLE] ?? "";
  if (chosen === "none")
    return { missing: `no stripe-mock, as ${STRIPE_MOCK_VARIABLE}=none asks.` };
  if (chosen !== "") {
    if (existsSync(chosen)) return { binary: chosen };
    throw new LaunchError(`${STRIPE_MOCK_VARIABLE} names ${chosen}, which does not exist.`);
  }
  const binary = cachedStripeMock(machine);
  if (existsSync(binary)) return { binary };
  const go = await findGo(machine, options.signal);
  if (go === undefined) {
    return { missing: "no stripe-mock here, and no Go to build it: install Go." };
  }
  options.onProgress("building stripe-mock (once, some seconds)");
  return build(go, binary, machine, options.signal);
}

/** The cache that the user's clones share. */
function cachedStripeMock(machine: Machine): string {
  const { platform, arch } = machine;
  const cache = join(userCache(machine), "ambient", "stripe-mock", STRIPE_MOCK_VERSION);
  return join(cache, `${platform}-${arch}`, nameOn(platform));
}

function nameOn(platform: NodeJS.Platform): string {
  return platform === "win32" ? "stripe-mock.exe" : "stripe-mock";
}

/** Of two builds at once, the last one stays: they are the same. */
async function build(
  go: string,
  binary: string,
  machine: Machine,
  signal: AbortSignal | undefined,
): Promise<Provided> {
  const folder = dirname(binary);
  mkdirSync(folder, { recursive: true });
  const draft = mkdtempSync(join(folder, "draft-"));
  try {
    const { ok, output } = await machine.run(go, ["install", GO_PACKAGE], {
      cwd: draft,
      env: goEnvironment(machine.environment, draft),
      signal,
      timeout: PATIENCE_MILLISECONDS,
    });
    signal?.throwIfAborted();
    const made = join(draft, nameOn(machine.platform));
    if (!ok || !existsSync(made)) {
      const reason = output.trim().split("\n").at(-1) ?? "it said nothing";
      return { missing: `no stripe-mock: \`go install\` failed (${reason}).` };
    }
    // Windows does not replace a running binary, but that one is just as good.
    if (!existsSync(binary)) renameSync(made, binary);
    return { binary };
  } finally {
    rmSync(draft, { recursive: true, force: true, maxRetries: 3 });
  }
}
