import assert from "node:assert/strict";
import { mkdtemp, open, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageFile } from "../../local/files/paths.js";
import { nativeSettings } from "./nativeSettings.js";
import { appDirectory, expo, installApp, runTool, sourcesOf } from "./app.js";

/** The first bytes of what hermesc compiles. */
const HERMES_MAGIC = "c61fbc03c103191f";

const usesLivekit = (sources: readonly string[]): boolean =>
  sources.some((path) => path.includes("node_modules/livekit-client/"));

describe("the mobile app", () => {
  let directory: string;

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), "ambient-mobile-"));
    await installApp();
  });
  after(() => rm(directory, { recursive: true }));

  it("has no lint and type errors against React Native, React Native Firebase and LiveKit", async () => {
    await runTool(packageFile("oxlint", "bin/oxlint"), ["--type-aware", "--type-check"]);
  });

  it("is installed from npm's own registry", async () => {
    const lockfile = await readFile(join(appDirectory, "package-lock.json"), "utf8");
    const addresses = [...lockfile.matchAll(/"resolved": "([^"]*)"/g)].map(([, url = ""]) => url);
    const others = addresses.filter((url) => !url.startsWith("https://registry.npmjs.org/"));
    assert.deepEqual(others, ["file:../../client", "file:../../react"]);
  });

  describe("on a phone", () => {
    let ios: Awaited<ReturnType<typeof nativeSettings>>["ios"];
    let android: Awaited<ReturnType<typeof nativeSettings>>["android"];

    before(async () => {
      const plist = join(directory, "GoogleService-Info.plist");
      const json = join(directory, "google-services.json");
      await writeFile(plist, '<plist version="1.0"><dict></dict></plist>');
      await writeFile(json, "{}");
      const files = { GOOGLE_SERVICES_PLIST: plist, GOOGLE_SERVICES_JSON: json };
      ({ ios, android } = await nativeSettings({ ...files, EXPO_PUBLIC_LINK_HOST: "shows.test" }));
    });

    it("plays voices while the screen is locked", () => {
      assert.ok(ios.infoPlist.UIBackgroundModes.includes("audio"));
      assert.deepEqual(android.serviceTypes("app.notifee.core.ForegroundService"), [
        "mediaPlayback",
        "microphone",
      ]);
      for (const type of ["", "_MEDIA_PLAYBACK", "_MICROPHONE"]) {
        assert.ok(android.permissions.includes(`android.permission.FOREGROUND_SERVICE${type}`));
      }
    });

    it("asks for the microphone with a reason, and not for what it does not use", () => {
      assert.match(ios.infoPlist.NSMicrophoneUsageDescription, /while you are on stage/);
      assert.ok(android.permissions.includes("android.permission.RECORD_AUDIO"));
      for (const name of ["CAMERA", "READ_EXTERNAL_STORAGE", "SCHEDULE_EXACT_ALARM"]) {
        assert.ok(android.removed.includes(`android.permission.${name}`), name);
        assert.ok(!android.permissions.includes(`android.permission.${name}`), name);
      }
    });

    it("opens share links, its own links and Spotify's redirect", () => {
      assert.deepEqual(ios.entitlements["com.apple.developer.associated-domains"], [
        "applinks:shows.test",
      ]);
      assert.ok(ios.schemes.includes("ambient"));
      assert.ok(android.links.includes("https://shows.test/s/"));
      assert.ok(android.links.includes("ambient://"));
    });

    it("receives notifications", () => {
      assert.ok("aps-environment" in ios.entitlements);
      assert.ok(ios.infoPlist.UIBackgroundModes.includes("remote-notification"));
      assert.ok(android.permissions.includes("android.permission.POST_NOTIFICATIONS"));
    });
  });

  it("is bundled for Android and iOS and compiled for Hermes", async () => {
    const to = ["--output-dir", directory];
    await expo(["export", "--platform", "android", "--platform", "ios", "--source-maps", ...to]);
    for (const platform of ["android", "ios"]) {
      const folder = join(directory, "_expo/static/js", platform);
      const files = await readdir(folder);
      const named = (ending: string) =>
        join(folder, files.find((name) => name.endsWith(ending)) ?? `no ${ending}`);
      assert.equal(await firstBytes(named(".hbc")), HERMES_MAGIC);
      const sources = await sourcesOf(named(".map"));
      assert.ok(usesLivekit(sources), `${platform}: the app has voices`);
      assert.ok(sources.some((path) => path.includes("@react-native-firebase/")));
      // With two copies, the hooks would not find the app's React.
      const copies = sources.filter((path) => path.endsWith("node_modules/react/index.js"));
      assert.equal(copies.length, 1, copies.join(", "));
      // The Firebase JS SDK belongs to the web build.
      assert.ok(!sources.some((path) => path.includes("node_modules/@firebase/firestore/")));
    }
  });

  it("gets no LiveKit with the client package if it uses no audio", async () => {
    const map = join(directory, "withoutAudio.map");
    await expo([
      ...["export:embed", "--platform", "android", "--dev", "false", "--bytecode", "false"],
      ...["--entry-file", "withoutAudio.ts", "--sourcemap-output", map],
      ...["--bundle-output", join(directory, "withoutAudio.js")],
    ]);
    const sources = await sourcesOf(map);
    assert.ok(sources.some((path) => path.includes("@ambient/client/dist/")));
    assert.ok(!usesLivekit(sources));
  });
}).timeout(400_000);

async function firstBytes(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(8), 0, 8, 0);
    return buffer.toString("hex");
  } finally {
    await file.close();
  }
}
