// Plain JavaScript, because the bootstrap builds LiveKit during the npm install. Its types are in
// livekitBuild.d.mts.
import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { releaseLock, takeLock } from "../process/directoryLock.mjs";
import { userCache } from "./machine.mjs";

/** The user's choice of a `livekit-server`, or `none`. */
export const LIVEKIT_VARIABLE = "AMBIENT_LIVEKIT_SERVER";

/** The newest version that `go install` can build: later ones replace their modules with forks. */
export const LIVEKIT_VERSION = "1.9.11";
const OLDEST_MINOR = 9;
const GO_PACKAGE = `github.com/livekit/livekit-server/cmd/server@v${LIVEKIT_VERSION}`;
const PATIENCE_MILLISECONDS = 10 * 60_000;

/** The cache that the user's clones share. */
export function cachedLivekit(machine) {
  const { platform, arch } = machine;
  const executable = platform === "win32" ? "livekit-server.exe" : "livekit-server";
  return join(livekitCache(machine), LIVEKIT_VERSION, `${platform}-${arch}`, executable);
}

function livekitCache(machine) {
  return join(userCache(machine), "ambient", "livekit-server");
}

/** The one on PATH if it is recent enough, otherwise the cached one. */
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

/**
 * Builds LiveKit with Go into the cache. Of several simultaneous calls one builds, and the others
 * wait.
 */
export async function buildLivekit(machine, { signal, onProgress = () => {} } = {}) {
  const go = await findGo(machine, signal);
  if (go === undefined) return { missing: "there is no Go" };
  const binary = cachedLivekit(machine);
  const cache = livekitCache(machine);
  mkdirSync(cache, { recursive: true });
  const lock = join(cache, "building");
  const deadline = Date.now() + PATIENCE_MILLISECONDS;
  onProgress("building LiveKit (once, about a minute)");
  // After the deadline, the owner of the lock must have hung. Two builds do not harm each other.
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

export async function findGo(machine, signal) {
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

export function goEnvironment(inherited, draft) {
  const environment = { ...inherited, GOBIN: draft, CGO_ENABLED: "0", GO111MODULE: "on" };
  // Go refuses GOBIN when it builds for another system. Ignore the user's flags and workspace too.
  for (const name of ["GOOS", "GOARCH", "GOFLAGS", "GOWORK"]) delete environment[name];
  return environment;
}

/** A temporary folder next to the cache, removed after the work or when the process ends. */
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

/** Moves a binary into the cache if it runs, so that others see either all of it or nothing. */
export async function keepLivekit(made, machine) {
  if (!existsSync(made)) return { missing: "what was got holds no server" };
  chmodSync(made, 0o755);
  if (!(await isNewEnough(made, machine))) return { missing: "what was got does not run here" };
  const binary = cachedLivekit(machine);
  mkdirSync(dirname(binary), { recursive: true });
  try {
    renameSync(made, binary);
  } catch (error) {
    // Windows does not replace a running binary, but that one is just as good.
    if (!existsSync(binary)) throw error;
  }
  return { binary };
}

function lastLine(output) {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  return lines.at(-1)?.trim() ?? "it said nothing";
}
