import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import emulator, { type FunctionsEmulator } from "firebase-tools/lib/emulator/functionsEmulator.js";
import { LOOPBACK, pickFreePorts } from "../../suite/ports.js";
import registry from "firebase-tools/lib/emulator/registry.js";
import { z } from "zod";
import "../../emulators/sharedFunctions.js";

/** Functions whose answers contain their process and their code's version. */
const codeOf = (version: number): string => `
  const answer = (more) => JSON.stringify({ pid: process.pid, version: ${version}, secret: process.env.SECRET, ...more });
  exports.first = (request, response) => response.send(answer({ raw: String(request.rawBody), body: request.body }));
  exports.second = (request, response) => response.send(answer({}));
  exports.slow = (request, response) => {
    const timer = setInterval(() => {
      if (!require("node:fs").existsSync("released")) return;
      clearInterval(timer);
      response.send(answer({}));
    }, 10);
  };
  exports.fails = () => { throw new Error("broken"); };
  exports.crashes = () => { process.exit(1); };
  let last;
  exports.onEvent = (event) => { last = event; };
  exports.lastEvent = (request, response) => response.send(answer({ event: last }));`;

const answer = z.looseObject({ pid: z.int(), version: z.int() });

describe("the functions emulator", function () {
  this.timeout(30_000);
  const names = ["first", "second", "slow", "fails", "crashes", "lastEvent"];
  const triggers = [
    ...names.map((name) => ({ name, httpsTrigger: {} })),
    { name: "onEvent", eventTrigger: { eventType: "google.cloud.unknown", resource: "" } },
  ].map((trigger) => ({
    ...trigger,
    entryPoint: trigger.name,
    platform: "gcfv2",
    timeoutSeconds: 60,
  }));
  let directory: string;
  let address: string;
  let functions: FunctionsEmulator;
  const backend = () => ({
    functionsDir: directory,
    codebase: "default",
    runtime: "nodejs24",
    bin: process.execPath,
    env: {},
    secretEnv: [],
    predefinedTriggers: triggers,
  });

  const post = (path: string, init: RequestInit = {}) =>
    fetch(`http://${address}${path}`, { method: "POST", ...init });
  const call = async (name: string, init?: RequestInit) => {
    const response = await post(`/demo-functions/us-central1/${name}`, init);
    assert.equal(response.status, 200);
    return answer.parse(await response.json());
  };

  /** Lets the slow calls finish. */
  const release = () => writeFile(join(directory, "released"), "");

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "ambient-functions-"));
    await writeFile(join(directory, "package.json"), JSON.stringify({ main: "index.js" }));
    await writeFile(join(directory, "index.js"), codeOf(1));
    await writeFile(join(directory, ".secret.local"), "SECRET=open");
    const { functions: port } = await pickFreePorts();
    address = `${LOOPBACK}:${port}`;
    functions = new emulator.FunctionsEmulator({
      projectId: "demo-functions",
      projectDir: directory,
      emulatableBackends: [backend()],
      adminSdkConfig: { projectId: "demo-functions", storageBucket: "none" },
      verbosity: "SILENT",
      host: LOOPBACK,
      port,
    });
    await registry.EmulatorRegistry.start(functions);
    await functions.loadTriggers(backend(), true);
  });
  afterEach(async () => {
    await registry.EmulatorRegistry.stop("functions");
    await rm(directory, { recursive: true });
  });

  it("serves every function from one process with its secrets", async () => {
    const first = await call("first");
    const second = await call("second");
    assert.equal(first.pid, second.pid);
    assert.equal(first.secret, "open");
  });

  it("passes on the raw and the parsed body", async () => {
    const body = '{ "a": 1 }';
    const { raw, body: read } = await call("first", {
      body,
      headers: { "content-type": "application/json" },
    });
    assert.equal(raw, body);
    assert.deepEqual(read, { a: 1 });
  });

  it("does not make calls wait for each other", async () => {
    const slow = call("slow");
    await call("second");
    await release();
    await slow;
  });

  it("calls a function with an event whose attributes are in the headers", async () => {
    const headers = {
      "ce-type": "google.cloud.unknown",
      "ce-specversion": "1.0",
      "ce-source": "here",
      "ce-id": "7",
      "content-type": "application/json",
    };
    const id = "us-central1-onEvent-0";
    await post(`/functions/projects/demo-functions/triggers/${id}`, { headers, body: '{"b":2}' });
    const { event } = await call("lastEvent");
    assert.deepEqual(event, {
      type: "google.cloud.unknown",
      specversion: "1.0",
      source: "here",
      id: "7",
      data: { b: 2 },
    });
  });

  it("answers 500 when a function fails, and keeps running", async () => {
    const { pid } = await call("first");
    const failed = await post("/demo-functions/us-central1/fails");
    assert.equal(failed.status, 500);
    assert.equal((await call("first")).pid, pid);
  });

  it("restarts the functions after a crash", async () => {
    const { pid } = await call("first");
    assert.equal((await post("/demo-functions/us-central1/crashes")).status, 500);
    assert.notEqual((await call("first")).pid, pid);
  });

  it("loads changed code, and lets running calls finish", async () => {
    const slow = call("slow");
    assert.equal((await call("first")).version, 1);
    await writeFile(join(directory, "index.js"), codeOf(2));
    await functions.loadTriggers(backend());
    assert.equal((await call("first")).version, 2);
    await release();
    assert.equal((await slow).version, 1);
  });
});
