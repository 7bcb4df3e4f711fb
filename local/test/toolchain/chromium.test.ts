import assert from "node:assert/strict";
import { delimiter, normalize } from "node:path";
import { LaunchError } from "../../launchError.js";
import { type BrowserMachine, provideChromium } from "../../toolchain/chromium.js";
import { machineOf, says } from "./machine.js";

const version = says("Chromium 156.0.8078.79");
const chromium = "/usr/bin/chromium";
const headlessShell = "/usr/bin/chromium-headless-shell";

function provide(machine: BrowserMachine, lines: string[] = []) {
  return provideChromium({ onProgress: (line) => lines.push(line) }, machine);
}

describe("finding a Chromium", () => {
  it("uses the user's choice, or none if asked", async () => {
    const chosen = machineOf({
      environment: { AMBIENT_CHROMIUM: "/opt/mine" },
      files: ["/opt/mine", chromium],
      commands: { [chromium]: version },
    });
    assert.deepEqual(await provide(chosen), { executable: "/opt/mine" });
    const none = machineOf({
      environment: { AMBIENT_CHROMIUM: "none" },
      files: [chromium],
      commands: { [chromium]: version },
    });
    assert.match(JSON.stringify(await provide(none)), /"missing":"no browser, as AMBIENT_CHROMIUM/);
  });

  it("refuses a choice that does not exist", async () => {
    const machine = machineOf({ environment: { AMBIENT_CHROMIUM: "/opt/gone" } });
    await assert.rejects(provide(machine), LaunchError);
  });

  it("skips a stub", async () => {
    const machine = machineOf({
      environment: { PATH: ["/usr/local/bin", "/opt/bin"].join(delimiter) },
      files: ["/usr/local/bin/chromium", "/opt/bin/google-chrome"],
      commands: {
        "/usr/local/bin/chromium": says("requires the chromium snap", false),
        "/opt/bin/google-chrome": version,
      },
    });
    assert.deepEqual(await provide(machine), { executable: normalize("/opt/bin/google-chrome") });
  });

  it("prefers the headless shell to a whole browser", async () => {
    const machine = machineOf({
      files: [chromium, headlessShell],
      commands: { [chromium]: version, [headlessShell]: version },
    });
    assert.deepEqual(await provide(machine), { executable: normalize(headlessShell) });
  });

  it("finds Playwright's downloads, the newest first", async () => {
    const cache = "/home/eve/.cache/ms-playwright";
    const newest = `${cache}/chromium-1200/chrome-linux64/chrome`;
    const machine = machineOf({
      directories: {
        [cache]: ["chromium-999", "chromium_headless_shell-1300", "chromium-1200", "firefox-1500"],
        [`${cache}/chromium-999`]: ["chrome-linux"],
        [`${cache}/chromium-1200`]: ["INSTALLATION_COMPLETE", "chrome-linux64"],
      },
      files: [newest, `${cache}/chromium-999/chrome-linux/chrome`],
      commands: { [newest]: version },
    });
    assert.deepEqual(await provide(machine), { executable: normalize(newest) });
  });

  it("searches the usual places on macOS and Windows, and starts none on Windows", async () => {
    const mac = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
    assert.deepEqual(
      await provide(machineOf({ platform: "darwin", files: [mac], commands: { [mac]: version } })),
      { executable: mac },
    );
    const programs = "/c/Program Files";
    const chrome = `${programs}/Google/Chrome/Application/chrome.exe`;
    const windows = machineOf({
      platform: "win32",
      environment: { ProgramFiles: programs },
      files: [chrome],
    });
    assert.deepEqual(await provide(windows), { executable: normalize(chrome) });
    assert.deepEqual(windows.ran, []);
  });

  it("installs Debian's headless Chromium as root, once, with a message", async () => {
    const files: string[] = [];
    const lines: string[] = [];
    const machine = machineOf({
      isRoot: true,
      files,
      commands: {
        [headlessShell]: version,
        "apt-get": (args, environment) => {
          if (args.includes("install")) {
            assert.equal(environment.DEBIAN_FRONTEND, "noninteractive");
            files.push(`/usr/bin/${args.at(-1)}`);
          }
          return { ok: true, output: "" };
        },
      },
    });
    assert.deepEqual(await provide(machine, lines), { executable: normalize(headlessShell) });
    assert.deepEqual(lines, ["installing Chromium (apt-get, once)"]);
    assert.deepEqual(await provide(machine, lines), { executable: normalize(headlessShell) });
    assert.equal(lines.length, 1);
  });

  it("updates apt's lists if the package is unknown, and then reports apt's error", async () => {
    const machine = machineOf({
      isRoot: true,
      commands: {
        "apt-get": (args) =>
          args.includes("install")
            ? { ok: false, output: "Reading…\nE: Unable to locate package chromium\n" }
            : { ok: true, output: "" },
      },
    });
    const answer = await provide(machine);
    assert("missing" in answer);
    assert.match(answer.missing, /apt-get could not install it \(E: Unable to locate package/);
    assert(machine.ran.some((command) => command.endsWith(" update")));
  });

  it("explains in one line how to get one without root or apt", async () => {
    for (const machine of [
      machineOf({ isRoot: true }),
      machineOf({ commands: { "apt-get": says("apt 2.6") } }),
      machineOf({ platform: "darwin" }),
      machineOf({ platform: "win32" }),
    ]) {
      const answer = await provide(machine);
      assert("missing" in answer);
      assert.match(
        answer.missing,
        /^no Chromium here\. To run them: install .*AMBIENT_CHROMIUM\.$/,
      );
    }
  });
});
