import assert from "node:assert/strict";
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LaunchError } from "../../launchError.js";
import { isRecord, parseJson, recordOf } from "../../files/json.js";
import { livekitConfig } from "../../livekit/config.js";
import { livekitServer, type LivekitServer } from "../../livekit/server.js";
import { LOOPBACK, pickFreePorts, type Ports } from "../../suite/ports.js";

const keys = { apiKey: "key", apiSecret: "s".repeat(64) };

/** A stand-in that listens as its config says and answers with its process and environment. */
const wellBehaved = `
  const { readFileSync } = require("node:fs");
  const config = JSON.parse(readFileSync(process.argv[process.argv.indexOf("--config") + 1]));
  const answer = JSON.stringify({ pid: process.pid, variable: process.env.LIVEKIT_KEYS ?? null });
  console.log("up");
  process.on("SIGINT", () => {});
  require("node:http").createServer((request, response) => {
    if (request.url === "/crash") process.exit(1);
    response.end(answer);
  }).listen(config.port, config.bind_addresses[0]);`;

describe("LiveKit's config", () => {
  it("restricts LiveKit to this machine, to rooms created by the functions, and to the proxy", async () => {
    const ports = await pickFreePorts();
    const config = recordOf(livekitConfig({ ports, ...keys }));
    assert.equal(config.port, ports.livekit);
    assert.deepEqual(config.bind_addresses, [LOOPBACK]);
    assert.deepEqual(config.room, { auto_create: false });
    assert.deepEqual(config.keys, { key: keys.apiSecret });
    assert.deepEqual(config.webhook, {
      api_key: "key",
      urls: [`http://${LOOPBACK}:${ports.livekitProxy}/webhook`],
    });
    const { interfaces, node_ip, ...rtc } = recordOf(config.rtc);
    assert.equal(node_ip, LOOPBACK);
    assert(isRecord(interfaces) && /lo/i.test(String(interfaces.includes)));
    assert.equal(rtc.tcp_port, ports.livekitRtcTcp);
    assert.equal(rtc.udp_port, ports.livekitRtcUdp);
  });
});

// The stand-in is a script, which Windows cannot start directly.
(process.platform === "win32" ? describe.skip : describe)("LiveKit's process", () => {
  let directory: string;
  let ports: Ports;
  let server: LivekitServer | undefined;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "ambient-livekit-run-"));
    ports = await pickFreePorts();
  });
  afterEach(async () => {
    await server?.kill();
    server = undefined;
    await rm(directory, { recursive: true, force: true });
  });

  async function serverOf(script: string): Promise<LivekitServer> {
    const binary = join(directory, "livekit-server");
    await writeFile(binary, `#!${process.execPath}\n${script}`);
    await chmod(binary, 0o755);
    server = livekitServer({ binary, directory, ports, ...keys });
    return server;
  }
  const ask = async (path = "") => {
    const response = await fetch(`http://${LOOPBACK}:${ports.livekit}/${path}`);
    return recordOf(parseJson(await response.text()));
  };

  it("answers after the start, and starts only once", async () => {
    const livekit = await serverOf(wellBehaved);
    await livekit.start();
    const { pid } = await ask();
    await livekit.start();
    assert.equal((await ask()).pid, pid);
  });

  it("stops when killed, and restarts at the same port", async () => {
    const livekit = await serverOf(wellBehaved);
    await livekit.start();
    const { pid } = await ask();
    await livekit.kill();
    await livekit.kill();
    await assert.rejects(ask());
    await livekit.start();
    assert.notEqual((await ask()).pid, pid);
  });

  it("ends in the state of the last simultaneous call", async () => {
    const livekit = await serverOf(wellBehaved);
    await Promise.all([livekit.start(), livekit.kill(), livekit.start()]);
    assert(typeof (await ask()).pid === "number");
  });

  it("keeps its secret readable only by the owner, and its output in the log", async () => {
    const livekit = await serverOf(wellBehaved);
    await livekit.start();
    assert.equal((await stat(join(directory, "livekit.yaml"))).mode & 0o777, 0o600);
    await livekit.kill();
    assert.match(await readFile(livekit.logFile, "utf8"), /^up$/m);
  });

  it("ignores LiveKit's environment variables", async () => {
    process.env.LIVEKIT_KEYS = "other: key";
    try {
      const livekit = await serverOf(wellBehaved);
      await livekit.start();
    } finally {
      delete process.env.LIVEKIT_KEYS;
    }
    assert.equal((await ask()).variable, null);
  });

  it("reports its own death, but not a kill", async () => {
    const livekit = await serverOf(wellBehaved);
    await livekit.start();
    await livekit.kill();
    await livekit.start();
    const stillLives = await Promise.race([livekit.died, Promise.resolve("lives")]);
    assert.equal(stillLives, "lives");
    await assert.rejects(ask("crash"));
    assert.match(await livekit.died, /^LiveKit ended: .*livekit\.log$/);
  });

  it("rejects with one line if the binary is missing", async () => {
    server = livekitServer({ binary: join(directory, "gone"), directory, ports, ...keys });
    await assert.rejects(
      server.start(),
      (error) => error instanceof LaunchError && error.message.endsWith("could not be started."),
    );
  });

  it("rejects with one line if it does not start", async () => {
    const livekit = await serverOf(`console.log("no"); process.exit(1);`);
    await assert.rejects(
      livekit.start(),
      (error) =>
        error instanceof LaunchError &&
        error.message.startsWith("LiveKit ended while it started: "),
    );
  });
});
