import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { LaunchError } from "../launchError.js";
import { type Machine, thisMachine, userCache } from "./machine.mjs";

/** The user's choice of a Chromium, or `none`. The browser tests read it from here. */
export const CHROMIUM_VARIABLE = "AMBIENT_CHROMIUM";

export interface BrowserMachine extends Machine {
  readonly isRoot: boolean;
  exists(path: string): boolean;
  listDirectory(path: string): readonly string[];
}

export interface ProvideChromiumOptions {
  readonly signal?: AbortSignal | undefined;
  onProgress(line: string): void;
}

export type Chromium = { readonly executable: string } | { readonly missing: string };

/** A Chromium-based browser on this machine, or the reason for its absence. */
export async function provideChromium(
  options: ProvideChromiumOptions,
  machine: BrowserMachine = thisBrowserMachine,
): Promise<Chromium> {
  const chosen = machine.environment[CHROMIUM_VARIABLE] ?? "";
  if (chosen === "none") return { missing: `no browser, as ${CHROMIUM_VARIABLE}=none asks.` };
  if (chosen !== "") {
    if (machine.exists(chosen)) return { executable: chosen };
    throw new LaunchError(`${CHROMIUM_VARIABLE} names ${chosen}, which does not exist.`);
  }
  const executable = await findInstalled(machine, options.signal);
  if (executable !== undefined) return { executable };
  const failure = await install(machine, options);
  const installed = await findInstalled(machine, options.signal);
  if (installed !== undefined) return { executable: installed };
  return { missing: `no Chromium here${failure}. ${howToGetChromium(machine.platform)}` };
}

/** The user's choice, or an installed browser. Installs nothing. */
export async function findChromium(
  machine: BrowserMachine = thisBrowserMachine,
): Promise<string | undefined> {
  const chosen = machine.environment[CHROMIUM_VARIABLE] ?? "";
  if (chosen === "") return findInstalled(machine, undefined);
  return machine.exists(chosen) ? chosen : undefined;
}

async function findInstalled(
  machine: BrowserMachine,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  for (const executable of candidates(machine).filter((path) => machine.exists(path))) {
    // On Windows, it opens a window instead of printing its version.
    if (machine.platform === "win32") return executable;
    // A stub that only explains how to install the real browser fails here.
    if ((await machine.run(executable, ["--version"], { signal })).ok) return executable;
  }
  return undefined;
}

/** The headless shell first: the tests need a quarter less CPU time in it than in a whole browser. */
const linuxNames = [
  "chromium-headless-shell",
  "chromium",
  "google-chrome",
  "google-chrome-stable",
  "chromium-browser",
];

function candidates(machine: BrowserMachine): readonly string[] {
  const { environment, platform } = machine;
  switch (platform) {
    case "darwin":
      return [
        ...["Google Chrome", "Chromium", "Microsoft Edge"].map(
          (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
        ),
        ...playwrightBuilds(machine).flatMap((build) =>
          ["Google Chrome for Testing", "Chromium"].map((name) =>
            join(build, `${name}.app`, "Contents", "MacOS", name),
          ),
        ),
      ];
    case "win32":
      return [
        ...[environment.ProgramFiles, environment["ProgramFiles(x86)"], environment.LOCALAPPDATA]
          .filter((parent) => parent !== undefined)
          .flatMap((parent) => [
            join(parent, "Google", "Chrome", "Application", "chrome.exe"),
            join(parent, "Microsoft", "Edge", "Application", "msedge.exe"),
          ]),
        ...playwrightBuilds(machine).map((build) => join(build, "chrome.exe")),
      ];
    default:
      return [
        ...linuxNames.flatMap((name) =>
          onPath(environment).map((directory) => join(directory, name)),
        ),
        ...playwrightBuilds(machine).map((build) => join(build, "chrome")),
      ];
  }
}

function onPath(environment: Machine["environment"]): readonly string[] {
  const chosen = (environment.PATH ?? "").split(delimiter).filter((path) => path !== "");
  return [...new Set([...chosen, "/usr/bin"])];
}

/** Playwright's downloads for other projects, such as `chromium-1234/chrome-linux`. */
function playwrightBuilds(machine: BrowserMachine): readonly string[] {
  const chosen = machine.environment.PLAYWRIGHT_BROWSERS_PATH ?? "";
  const cache = chosen === "" ? join(userCache(machine), "ms-playwright") : chosen;
  return machine
    .listDirectory(cache)
    .filter((name) => /^chromium-\d+$/.test(name))
    .sort((left, right) => right.localeCompare(left, "en", { numeric: true }))
    .flatMap((name) =>
      machine
        .listDirectory(join(cache, name))
        .filter((build) => build.startsWith("chrome-"))
        .map((build) => join(cache, name, build)),
    );
}

/**
 * Installs Debian's headless Chromium if root. Returns the failure as a part of a sentence, or "" if it was
 * not tried.
 */
async function install(machine: BrowserMachine, options: ProvideChromiumOptions): Promise<string> {
  const { signal } = options;
  const apt = async (...args: readonly string[]) =>
    machine.run("apt-get", ["-o", "DPkg::Lock::Timeout=300", ...args], {
      env: { ...machine.environment, DEBIAN_FRONTEND: "noninteractive" },
      signal,
      timeout: 10 * 60_000,
    });
  if (!machine.isRoot || !(await apt("--version")).ok) return "";
  options.onProgress("installing Chromium (apt-get, once)");
  const packages = ["install", "-y", "--no-install-recommends", "chromium-headless-shell"];
  if ((await apt(...packages)).ok) return "";
  // apt's package lists may be missing or outdated.
  await apt("update");
  const { ok, output } = await apt(...packages);
  signal?.throwIfAborted();
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  return ok ? "" : `, and apt-get could not install it (${lines.at(-1)?.trim() ?? ""})`;
}

export function howToGetChromium(platform: NodeJS.Platform): string {
  const how =
    platform === "linux"
      ? "install Debian's `chromium-headless-shell` or Google Chrome"
      : "install Google Chrome";
  return `To run them: ${how}, or name one with ${CHROMIUM_VARIABLE}.`;
}

const thisBrowserMachine: BrowserMachine = {
  ...thisMachine,
  isRoot: process.getuid?.() === 0,
  exists: existsSync,
  listDirectory(path) {
    try {
      return readdirSync(path);
    } catch {
      return [];
    }
  },
};
