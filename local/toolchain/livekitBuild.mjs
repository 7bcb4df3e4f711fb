// Plain JavaScript, because the bootstrap builds LiveKit beside the npm install. Its types are in
// livekitBuild.d.mts.
import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { releaseLock, takeLock } from "../process/directoryLock.mjs";
import { userCache } from "./machine.mjs";

/** A `livekit-server` of the person's own choice, or `none`. */
export const LIVEKIT_VARIABLE = "AMBIENT_LIVEKIT_SERVER";

/** The newest that `go install` can build: later ones replace modules of theirs by forks. */
export const LIVEKIT_VERSION = "1.9.11";
const OLDEST_MINOR = 9;
const GO_PACKAGE = `github.com/livekit/livekit-server/cmd/server@v${LIVEKIT_VERSION}`;
const PATIENCE_MILLISECONDS = 10 * 60_000;

/** Where this user's clones share one LiveKit. */
export function cachedLivekit(machine) {
  const { platform, arch } = machine;
  const executable = platform === "win32" ? "livekit-server.exe" : "livekit-server";
  return join(livekitCache(machine), LIVEKIT_VERSION, `${platform}-${arch}`, executable);
}

function livekitCache(machine) {
  return join(userCache(machine), "ambient", "livekit-server");
}

/** The one on PATH if it is new enough, or else the cached one. */
export async function findLivekit(machine) {
  if (await isNewEnough("livekit-server", machine)) return "livekit-server";
  const cached = cachedLivekit(machine);
  return existsSync(cached) ? cached : undefined;
}

async function isNewEnough(command, machine, signal) {
  const { ok, output } = await machine.run(command, ["--version"], { signal });
  const [, major, minor] = /version (\d+)\.(\d+)/.exec(output) ?? [];
  return ok && Number(major) === 1 && Number(minor) >= OLDEST_MINOR;
}

/** Builds it into the cache with Go. Of several at once one builds, and the others wait for it. */
export async function buildLivekit(machine, { signal, onProgress = () => {} } = {}) {
  const go = await findGo(machine, signal);
  if (go === undefined) return { missing: "there is no Go" };
  const binary = cachedLivekit(machine);
  const cache = livekitCache(machine);
  mkdirSync(cache, { recursive: true });
  const lock = join(cache, "building");
  const deadline = Date.now() + PATIENCE_MILLISECONDS;
  onProgress("building LiveKit (once, about a minute)");
  // Past the deadline whoever has the lock hangs: two builds do each other no harm.
  while (!takeLock(lock) && Date.now() < deadline) {
    await sleep(200, undefined, { signal });
    if (existsSync(binary)) return { binary };
  }
  const release = () => releaseLock(lock);
  process.once("exit", release);
  try {
    if (existsSync(binary)) return { binary };
    return await goInstall(go, machine, signal);
  } finally {
    process.off("exit", release);
    release();
  }
}

async function findGo(machine, signal) {
  const places = [
    "go",
    "/usr/local/go/bin/go",
    "/opt/homebrew/bin/go",
    "C:\\Program Files\\Go\\bin\\go.exe",
  ];
  for (const go of places) {
    if ((await machine.run(go, ["version"], { signal })).ok) return go;
  }
  return undefined;
}

async function goInstall(go, machine, signal) {
  return withDraft(machine, async (draft) => {
    const { ok, output } = await machine.run(go, ["install", GO_PACKAGE], {
      cwd: draft,
      env: goEnvironment(machine.environment, draft),
      signal,
      timeout: PATIENCE_MILLISECONDS,
    });
    signal?.throwIfAborted();
    if (!ok) return { missing: `\`go install\` failed (${lastLine(output)})` };
    return keepLivekit(
      join(draft, machine.platform === "win32" ? "server.exe" : "server"),
      machine,
    );
  });
}

function goEnvironment(inherited, draft) {
  const environment = { ...inherited, GOBIN: draft, CGO_ENABLED: "0", GO111MODULE: "on" };
  // Go installs nothing under GOBIN for another system, and no module around is meant.
  for (const name of ["GOOS", "GOARCH", "GOFLAGS", "GOWORK"]) delete environment[name];
  return environment;
}

/** A folder beside the cached ones, gone when the work is done or the process ends. */
export async function withDraft(machine, work) {
  const cache = livekitCache(machine);
  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(join(cache, "draft-"));
  const remove = () => rmSync(draft, { recursive: true, force: true, maxRetries: 3 });
  process.once("exit", remove);
  try {
    return await work(draft);
  } finally {
    process.off("exit", remove);
    remove();
  }
}

/** Moves what was got into its place, if it runs: others see the whole of it or nothing. */
export async function keepLivekit(made, machine) {
  if (!existsSync(made)) return { missing: "what was got holds no server" };
  chmodSync(made, 0o755);
  if (!(await isNewEnough(made, machine))) return { missing: "what was got does not run here" };
  const binary = cachedLivekit(machine);
  mkdirSync(dirname(binary), { recursive: true });
  try {
    renameSync(made, binary);
  } catch (error) {
    // Windows does not replace one that runs, and it is as good.
    if (!existsSync(binary)) throw error;
  }
  return { binary };
}

function lastLine(output) {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  return lines.at(-1)?.trim() ?? "it said nothing";
}
