import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createAtomically } from "../../files/atomicFile.js";
import { emulatorEnvironment } from "../../suite/emulatorEnvironment.js";
import { readEndpoints, writeEndpoints } from "../../suite/endpoints.js";
import { localConfig } from "../../suite/firebaseConfig.js";
import { writeChanged } from "../../suite/functionsBuild.js";
import { LaunchError } from "../../launchError.js";
import { choosePorts } from "../../suite/ports.js";
import { startInBackground } from "../../process/backgroundProcess.js";
import { findProcess } from "../../process/processTree.js";
import { renderWelcome } from "../../suite/welcome.js";

describe("the generated firebase config", () => {
  const original = {
    firestore: { rules: "firestore.rules" },
    functions: [{ source: "functions", codebase: "default" }],
    emulators: { auth: { host: "127.0.0.1", port: 9099 }, ui: { enabled: false } },
  };

  it("changes the ports and the params' folder, and keeps the rest", () => {
    const ports = choosePorts({ AMBIENT_PORT_OFFSET: "1" });
    const config = localConfig(original, ports, ".local\\start");
    assert.deepEqual(config, {
      firestore: { rules: "firestore.rules" },
      functions: [{ source: "functions", codebase: "default", configDir: ".local/start" }],
      emulators: {
        auth: { host: "127.0.0.1", port: 9100 },
        firestore: { port: 8081, websocketPort: 9151 },
        functions: { port: 5002 },
        tasks: { port: 9500 },
        eventarc: { port: 9300 },
        hub: { port: 4401 },
        logging: { port: 4501 },
        ui: { enabled: false },
      },
    });
  });
});

describe("the emulators' environment", () => {
  const options = {
    path: ["/jdk/bin", "/node"],
    javaBinDirectory: "/jdk/bin",
    more: {},
    manifestDirectory: "/run",
    functionsProcesses: 2,
  };

  it("puts Java and Node first, even if Windows calls PATH differently", () => {
    const environment = emulatorEnvironment({ Path: "/usr/bin" }, options);
    assert.match(environment.Path ?? "", /^\/jdk\/bin.\/node.\/usr\/bin$/);
    assert.equal(environment.PATH, undefined);
    assert.equal(environment.JAVA_HOME, "/jdk");
    assert.equal(environment.AMBIENT_FUNCTIONS_PROCESSES, "2");
  });

  it("adds to the person's own options for Java", () => {
    const environment = emulatorEnvironment({ PATH: "", JAVA_TOOL_OPTIONS: "-Xmx2g" }, options);
    assert.match(environment.JAVA_TOOL_OPTIONS ?? "", /^-XX:.* -Xmx2g$/);
  });

  it("removes credentials of real projects and addresses of other suites", () => {
    const environment = emulatorEnvironment(
      { PATH: "", GOOGLE_APPLICATION_CREDENTIALS: "/key.json", FIRESTORE_EMULATOR_HOST: "a:1" },
      options,
    );
    assert.equal(environment.GOOGLE_APPLICATION_CREDENTIALS, undefined);
    assert.equal(environment.FIRESTORE_EMULATOR_HOST, undefined);
  });
});

describe("the functions' bundle", () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "ambient-bundle-"));
  });
  afterEach(() => rm(directory, { recursive: true }));

  it("replaces changed files, keeps unchanged ones, and removes old ones", async () => {
    await writeChanged(directory, [
      ["index.js", "1"],
      ["same.js", "1"],
      ["gone.js", "1"],
    ]);
    const before = await stat(join(directory, "same.js"));
    await writeChanged(directory, [
      ["index.js", "2"],
      ["same.js", "1"],
    ]);
    assert.deepEqual((await readdir(directory)).sort(), ["index.js", "same.js"]);
    assert.equal(await readFile(join(directory, "index.js"), "utf8"), "2");
    assert.equal((await stat(join(directory, "same.js"))).ino, before.ino);
  });
});

describe("files that other processes read", () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "ambient-files-"));
  });
  afterEach(() => rm(directory, { recursive: true }));

  it("are created by one of several simultaneous writers", async () => {
    const file = join(directory, "once");
    const made = await Promise.all(["a", "b", "c"].map((text) => createAtomically(file, text)));
    assert.equal(made.filter(Boolean).length, 1);
  });

  it("contain the endpoints, or are refused with one line", async () => {
    const file = join(directory, "endpoints.json");
    await assert.rejects(readEndpoints(file), LaunchError);
    const endpoints = {
      projectId: "demo-ambient",
      region: "us-central1",
      auth: "127.0.0.1:9099",
      firestore: "127.0.0.1:8080",
      functions: "127.0.0.1:5001",
      tasks: "127.0.0.1:9499",
      spotify: "127.0.0.1:4600",
      fcm: "127.0.0.1:4610",
      stripe: "127.0.0.1:4603",
      spotifyClientId: "id",
      redirectUri: "http://127.0.0.1:4602/callback",
      personas: [{ id: "listener-eve", displayName: null, product: "free", allowed: true }],
    };
    await writeEndpoints(file, endpoints);
    assert.deepEqual(await readEndpoints(file), endpoints);
    const withSound = {
      ...endpoints,
      livekit: "127.0.0.1:7880",
      livekitControl: "127.0.0.1:7889",
    };
    await writeEndpoints(file, withSound);
    assert.deepEqual(await readEndpoints(file), withSound);
  });
});

describe("the welcome text", () => {
  const endpoints = {
    projectId: "demo-ambient",
    region: "us-central1",
    auth: "127.0.0.1:9099",
    firestore: "127.0.0.1:8080",
    functions: "127.0.0.1:5001",
    tasks: "127.0.0.1:9499",
    spotify: "127.0.0.1:4600",
    fcm: "127.0.0.1:4610",
    stripe: "127.0.0.1:4603",
    spotifyClientId: "id",
    redirectUri: "http://127.0.0.1:4602/callback",
    personas: [{ id: "listener-eve", displayName: null, product: "free", allowed: true }],
  };

  it("shows LiveKit's address, or the reason for its absence", () => {
    const sounding = renderWelcome(
      { ...endpoints, livekit: "127.0.0.1:7880" },
      { logFile: "/l", soundless: undefined },
    );
    assert.match(sounding, /^ {2}LiveKit +ws:\/\/127\.0\.0\.1:7880$/m);
    const soundless = renderWelcome(endpoints, { logFile: "/l", soundless: "no Go. Install it." });
    assert.match(soundless, /^ {2}LiveKit +none: no Go\. Install it\.$/m);
  });

  it("prints a verifier that belongs to the challenge in the sign-in's address", () => {
    const welcome = renderWelcome(endpoints, { logFile: "/l", soundless: undefined });
    const [, verifier = ""] = /"codeVerifier":"([^"]+)"/.exec(welcome) ?? [];
    const challenge = createHash("sha256").update(verifier).digest("base64url");
    assert.match(verifier, /^[A-Za-z0-9_-]{43}$/);
    assert.ok(welcome.includes(`code_challenge=${challenge}`));
  });

  it("names the demo first, then the documentation", () => {
    const welcome = renderWelcome(
      { ...endpoints, hosting: "127.0.0.1:5173" },
      { logFile: "/l", soundless: undefined },
    );
    assert.match(welcome, /^\nAmbient is up\.\n\n {2}Open +http:\/\/127\.0\.0\.1:5173\n/);
    assert.match(welcome, /^ {2}Read +http:\/\/127\.0\.0\.1:5173\/docs\/$/m);
  });
});

describe("a background process", () => {
  /** Prints the pid of a child that ignores signals, and ignores them as well. */
  const stubborn = `
    const { spawn } = require("node:child_process");
    const child = spawn(process.execPath, ["-e", "process.on('SIGINT', () => {}); setInterval(() => {}, 1e6)"], { detached: true });
    console.log(child.pid);
    process.on("SIGINT", () => {});
    setInterval(() => {}, 1e6);`;

  it("is gone after a stop, with its descendants in other process groups", async function () {
    if (process.platform === "win32") this.skip();
    let output = "";
    const firstLine = Promise.withResolvers<string>();
    const started = startInBackground(process.execPath, ["-e", stubborn], {
      cwd: tmpdir(),
      env: process.env,
      graceMilliseconds: 200,
      onOutput(text) {
        output += text;
        if (output.includes("\n")) firstLine.resolve(output.trim());
      },
    });
    const grandchild = Number(await firstLine.promise);
    assert.ok(await findProcess(grandchild));
    await started.stop();
    assert.equal(await findProcess(started.pid), undefined);
    while ((await findProcess(grandchild)) !== undefined) await sleep(20);
  });

  it("ends immediately when killed, even if it ignores signals", async () => {
    const started = startInBackground(
      process.execPath,
      ["-e", "process.on('SIGINT', () => {}); console.log(); setInterval(() => {}, 1e6)"],
      { cwd: tmpdir(), env: process.env, onOutput: () => undefined },
    );
    await started.kill();
    assert.equal(await findProcess(started.pid), undefined);
  });

  it("reports how it ended", async () => {
    const started = startInBackground(process.execPath, ["-e", "process.exit(3)"], {
      cwd: tmpdir(),
      env: process.env,
      onOutput: () => undefined,
    });
    assert.deepEqual(await started.exited, { code: 3, signal: null });
  });
});
