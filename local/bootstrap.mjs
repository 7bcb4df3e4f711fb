// Runs on the machine's own Node, installs what is missing, and hands over to the pinned Node. It
// is plain JavaScript without dependencies, because nothing is installed yet.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { constants } from "node:os";
import { basename, delimiter, dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { releaseLock, takeLock } from "./process/directoryLock.mjs";
import { buildLivekit, findLivekit, LIVEKIT_VARIABLE } from "./toolchain/livekitBuild.mjs";
import { thisMachine } from "./toolchain/machine.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const localDirectory = join(root, ".local");
const isWindows = process.platform === "win32";
const pinnedNode = join(root, "node_modules", "node", "bin", isWindows ? "node.exe" : "node");

/** The root's packages and the deployed ones: two installs with two lockfiles. */
const installs = [
  { name: "root", directory: root },
  { name: "functions", directory: join(root, "functions") },
];

const withLivekit = process.argv[2] === "--with-livekit";
const [entry, ...args] = process.argv.slice(withLivekit ? 3 : 2);
if (entry === undefined)
  fail("Usage: node local/bootstrap.mjs [--with-livekit] <entry.ts> [args…]");
mkdirSync(localDirectory, { recursive: true });
if (!isInstalled()) {
  if (withLivekit) void buildLivekitBeside();
  await installUnderLock();
}
handOver(entry, args);

/**
 * Starts with the npm install, because it takes about as long, and may outlast it. The entry script
 * finds LiveKit built or waits for it, and reports any failure.
 */
async function buildLivekitBeside() {
  if ((process.env[LIVEKIT_VARIABLE] ?? "") !== "") return;
  try {
    if ((await findLivekit(thisMachine)) !== undefined) return;
    const building = new AbortController();
    process.once("exit", () => building.abort());
    await buildLivekit(thisMachine, { signal: building.signal });
  } catch {
    // The launcher tries again.
  }
}

function isInstalled() {
  return existsSync(pinnedNode) && installs.every(isUpToDate);
}

function isUpToDate(install) {
  const { modules, stamp, lockfile } = filesOf(install);
  const wanted = stampOf(lockfile);
  if (existsSync(stamp)) return readFileSync(stamp, "utf8") === wanted;
  // After a manual `npm ci` there is no stamp. npm writes its own list of installed packages last,
  // so check that.
  if (!wasInstalledFrom(lockfile, join(modules, ".package-lock.json"))) return false;
  writeFileSync(stamp, wanted);
  return true;
}

function filesOf({ directory }) {
  const modules = join(directory, "node_modules");
  return {
    modules,
    stamp: join(modules, ".ambient-lockfile"),
    lockfile: join(directory, "package-lock.json"),
  };
}

function stampOf(lockfile) {
  return createHash("sha256").update(readFileSync(lockfile)).digest("hex");
}

function wasInstalledFrom(lockfile, installedList) {
  if (!existsSync(installedList)) return false;
  const wanted = JSON.parse(readFileSync(lockfile, "utf8")).packages;
  const installed = JSON.parse(readFileSync(installedList, "utf8")).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === "" || optional === true || installed[path]?.version === version,
  );
}

/** Two installs into one folder would corrupt it. The second waits and then finds it done. */
async function installUnderLock() {
  const lock = join(localDirectory, "install.lock");
  let waiting = false;
  while (!takeLock(lock)) {
    if (!waiting) console.error("Another command is installing the packages: waiting for it.");
    waiting = true;
    await sleep(500);
  }
  const release = () => releaseLock(lock);
  process.once("exit", release);
  if (!isInstalled()) await install();
  process.off("exit", release);
  release();
}

async function install() {
  const missing = installs.filter(
    (each) => !isUpToDate(each) || (each.directory === root && !existsSync(pinnedNode)),
  );
  const started = Date.now();
  const running = missing.map(npmCi);
  const interrupted = (signal) => {
    for (const { child } of running) child.kill(signal);
    process.exit(128 + constants.signals[signal]);
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) process.on(signal, interrupted);
  const stopProgress = showProgress(
    `Installing packages (${missing.map(({ name }) => name).join(", ")})`,
    started,
  );
  const outcomes = await Promise.all(running.map(({ finished }) => finished));
  stopProgress();
  for (const signal of signals) process.off(signal, interrupted);
  for (const { code, name, log } of outcomes) {
    if (code === 0) continue;
    process.stderr.write(readFileSync(log, "utf8"));
    fail(`npm could not install the packages of ${name} (exit ${code}): ${log}`);
  }
  if (!existsSync(pinnedNode)) {
    fail(
      "npm installed no Node: are install scripts off? Try `npm rebuild node --ignore-scripts=false`.",
    );
  }
  // Write the stamps last, so that an interrupted install does not look complete.
  for (const each of missing) {
    const { stamp, lockfile } = filesOf(each);
    writeFileSync(stamp, stampOf(lockfile));
  }
}

function npmCi(install) {
  const { modules, stamp } = filesOf(install);
  rmSync(stamp, { force: true });
  rmSync(join(modules, ".package-lock.json"), { force: true });
  const log = join(localDirectory, `install-${install.name}.log`);
  const output = createWriteStream(log);
  const { command, prefix, shell } = npm();
  const child = spawn(command, [...prefix, "ci", "--no-progress"], {
    cwd: install.directory,
    shell,
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.pipe(output, { end: false });
  child.stderr.pipe(output, { end: false });
  const finished = new Promise((settle) => {
    const end = (code) => output.end(() => settle({ code, name: install.name, log }));
    child.once("error", (error) => {
      output.write(`${error}\n`);
      end(127);
    });
    child.once("close", (code, signal) => end(code ?? signal));
  });
  return { child, finished };
}

/** The npm that runs this script, if there is one. On Windows, any other npm needs a shell. */
function npm() {
  const running = process.env.npm_execpath;
  if (running !== undefined && basename(running) === "npm-cli.js") {
    return { command: process.execPath, prefix: [running], shell: false };
  }
  return { command: isWindows ? "npm.cmd" : "npm", prefix: [], shell: isWindows };
}

function showProgress(what, started) {
  const seconds = () => Math.round((Date.now() - started) / 1000);
  if (!process.stderr.isTTY) {
    console.error(`${what}…`);
    return () => console.error(`${what}: ${seconds()} s`);
  }
  const draw = () => process.stderr.write(`\r${what}: ${seconds()} s`);
  draw();
  const timer = setInterval(draw, 1000);
  return () => {
    clearInterval(timer);
    draw();
    process.stderr.write("\n");
  };
}

/**
 * Runs the entry script in the same terminal and process group, with the pinned Node first on PATH.
 */
function handOver(entry, args) {
  // A copy of Windows' environment is case-sensitive, and Windows calls the variable `Path`.
  const pathName = Object.keys(process.env).find((name) => /^path$/i.test(name)) ?? "PATH";
  const path = [join(root, "node_modules", ".bin"), process.env[pathName] ?? ""].join(delimiter);
  const child = spawn(pinnedNode, ["--import=tsx", resolve(root, entry), ...args], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, [pathName]: path },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    // On Windows, `kill` ends the child at once, and the console forwards Ctrl-C by itself.
    process.on(signal, () => isWindows || child.kill(signal));
  }
  if (process.env.npm_lifecycle_event !== undefined) whenOrphaned(() => child.kill("SIGTERM"));
  child.once("error", (error) => fail(`The pinned Node could not be started: ${error.message}`));
  child.once("exit", (code, signal) => {
    process.exit(code ?? 128 + constants.signals[signal]);
  });
}

/** npm forwards SIGTERM to its shell, which dies without forwarding it. */
function whenOrphaned(act) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    act();
  }, 500);
  timer.unref();
}

function fail(line) {
  console.error(line);
  process.exit(1);
}
