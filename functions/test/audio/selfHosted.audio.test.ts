import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { get } from "node:https";
import { createServer as createTcpServer, type Server as TcpServer } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import { recordOf } from "../../../local/files/json.js";
import { root } from "../../../local/files/paths.js";
import { parseYaml, readYaml } from "../../../local/files/yaml.js";
import {
  type BackgroundProcess,
  startInBackground,
} from "../../../local/process/backgroundProcess.js";
import { LOOPBACK, pickFreePorts } from "../../../local/suite/ports.js";
import { LIVEKIT_VERSION } from "../../../local/toolchain/livekitBuild.mjs";
import { thisMachine } from "../../../local/toolchain/machine.mjs";
import { provideLivekitServer } from "../../../local/toolchain/livekitServer.js";
import { livekitEvents } from "../../src/audio/livekitEvents.js";
import { livekitRooms } from "../../src/audio/livekitRooms.js";
import { systemClock } from "../../src/clock.js";
import { REGION } from "../../src/contract/region.js";
import type { RoomEvent } from "../../src/ports/audioRooms.js";
import { eventually } from "../support/eventually.js";

type Settings = Record<string, unknown>;

const apiKey = "APItest";
const apiSecret = "s".repeat(40);
const environment: Readonly<Record<string, string>> = {
  LIVEKIT_DOMAIN: "livekit.example.com",
  TURN_DOMAIN: "turn.example.com",
  PRIVATE_ADDRESS: "10.0.0.2",
  FIREBASE_PROJECT: "ambient-example",
  CERTIFICATE_ISSUER: "acme",
  LIVEKIT_KEYS: JSON.stringify({ [apiKey]: apiSecret }),
  LIVEKIT_API_KEY: apiKey,
};

const fileOf = (name: string): Promise<Settings> => readYaml(join(root, "livekit", name));

/** A config in compose.yaml, with the variables that Compose replaces. */
async function composed(name: string): Promise<Settings> {
  const { content } = recordOf(recordOf((await fileOf("compose.yaml")).configs)[name]);
  assert.ok(typeof content === "string");
  const filled = content.replaceAll(/\$\{(\w+)[^}]*\}/g, (_, variable: string) => {
    const value = environment[variable];
    assert.ok(value !== undefined, variable);
    return value;
  });
  return parseYaml(filled);
}

async function listen(server: TcpServer): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, LOOPBACK, resolve));
  const address = server.address();
  assert.ok(address !== null && typeof address === "object");
  return `${LOOPBACK}:${address.port}`;
}

const compose = () => composed("livekit");
const helm = async () => recordOf((await fileOf("values.yaml")).livekit);

/** The files in `livekit/`, given to LiveKit itself. */
describe("a self-hosted LiveKit", () => {
  let binary: string;
  let directory: string;
  let running: BackgroundProcess | undefined;
  let webhook: Server | undefined;
  const events: RoomEvent[] = [];

  before(async () => {
    const provided = await provideLivekitServer({ onProgress: () => undefined });
    assert.ok("binary" in provided);
    ({ binary } = provided);
  });
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "ambient-self-hosted-"));
    events.length = 0;
  });
  afterEach(async () => {
    await running?.kill();
    webhook?.close();
    running = webhook = undefined;
    await rm(directory, { recursive: true });
  });

  /** Starts LiveKit with the settings, moved to free ports of the loopback. Resolves with its address, or its last words. */
  async function start(
    settings: Settings,
    { args = [], keys = "" }: { args?: string[]; keys?: string },
  ) {
    const ports = await pickFreePorts();
    const config = {
      ...settings,
      port: ports.livekit,
      bind_addresses: [LOOPBACK],
      rtc: {
        ...recordOf(settings.rtc),
        tcp_port: ports.livekitRtcTcp,
        use_external_ip: false,
        node_ip: LOOPBACK,
      },
      turn: {
        ...recordOf(settings.turn),
        udp_port: ports.livekitRtcUdp,
        tls_port: ports.livekitProxy,
        external_tls: true,
      },
    };
    const file = join(directory, "livekit.yaml");
    // JSON is valid YAML.
    await writeFile(file, JSON.stringify(config));
    let output = "";
    const child = startInBackground(binary, ["--config", file, ...args], {
      cwd: directory,
      // LiveKit reads settings from the environment, too.
      env: { LIVEKIT_KEYS: keys },
      onOutput(text) {
        output += text;
      },
    });
    running = child;
    let hasEnded = false;
    void child.exited.then(() => {
      hasEnded = true;
    });
    const url = `http://${LOOPBACK}:${ports.livekit}`;
    return eventually("that LiveKit answers or ends", async () => {
      if (hasEnded) return output.trim();
      return fetch(url).then(
        ({ ok }) => (ok ? url : undefined),
        () => undefined,
      );
    });
  }

  /** Receives the webhooks as the functions do, in place of the address that the settings have. */
  async function withWebhook(settings: Settings): Promise<Settings> {
    const receive = livekitEvents(apiKey, apiSecret);
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        void receive(Buffer.concat(chunks).toString("utf8"), request.headers.authorization).then(
          (event) => {
            if (event) events.push(event);
            response.end();
          },
        );
      });
    });
    webhook = server;
    const received = `http://${await listen(server)}`;
    const { urls, ...rest } = recordOf(settings.webhook);
    const functions = `https://${REGION}-${environment.FIREBASE_PROJECT}.cloudfunctions.net`;
    assert.deepEqual(urls, [`${functions}/audioWebhook`]);
    return { ...settings, webhook: { ...rest, api_key: apiKey, urls: [received] } };
  }

  /** What Ambient needs of LiveKit: its functions open and close rooms, and nobody else opens one. */
  async function serves(url: string): Promise<void> {
    assert.match(url, /^http:/);
    const settings = { url, apiUrl: url, apiKey, clock: systemClock, callsPerMinute: 0 };
    const rooms = livekitRooms({ ...settings, apiSecret });
    const entitlement = { role: "listener", canPublish: false } as const;
    const joining = async () => {
      const access = await rooms.access("show-1", "eve", entitlement);
      assert.ok(access.provider === "livekit");
      return (await fetch(`${url}/rtc/validate?access_token=${access.token}`)).status;
    };
    assert.equal(await joining(), 404);
    await rooms.open("show-1");
    assert.equal(await joining(), 200);
    const stranger = livekitRooms({ ...settings, apiSecret: "x".repeat(40) });
    await assert.rejects(stranger.open("show-2"), { reason: "AUDIO_UNAVAILABLE" });
    await rooms.close("show-1");
    await eventually("the webhook of the room's end", () =>
      Promise.resolve(
        events.find(({ kind, showId }) => kind === "finished" && showId === "show-1"),
      ),
    );
  }

  it("serves Ambient with the config of one machine", async () => {
    const settings = await withWebhook(await compose());
    await serves(await start(settings, { keys: environment.LIVEKIT_KEYS ?? "" }));
  });

  it("serves Ambient with the config of several nodes, and refuses to start without their Redis", async () => {
    // The chart starts it so, because its values also have settings of the chart's own.
    const args = ["--disable-strict-config"];
    await writeFile(join(directory, "keys.yaml"), `${apiKey}: ${apiSecret}\n`, { mode: 0o600 });
    const settings = await withWebhook(await helm());
    const { redis, ...alone } = settings;
    const refusing = createTcpServer((socket) => {
      socket.on("data", (commands) => {
        for (const _ of commands.toString().matchAll(/^\*\d+\r$/gm))
          socket.write("-ERR closed\r\n");
      });
    });
    const address = await listen(refusing);
    const clustered = { ...alone, redis: { ...recordOf(redis), address } };
    assert.match(await start(clustered, { args }), /redis: ERR closed/);
    refusing.close();
    await serves(await start(alone, { args }));
  });

  it("refuses to start with a mistake in its config", async () => {
    const keys = environment.LIVEKIT_KEYS ?? "";
    const settings = await compose();
    const { domain, ...turn } = recordOf(settings.turn);
    assert.equal(domain, environment.TURN_DOMAIN);
    assert.match(await start({ ...settings, turn }, { keys }), /TURN domain required/);
    assert.match(await start({ ...settings, rooms: {} }, { keys }), /field rooms not found/);
    assert.match(await start(settings, {}), /key/);
    const others = JSON.stringify({ other: apiSecret });
    assert.match(await start(settings, { keys: others }), /api_key is required to use webhooks/);
  });

  it("runs the version of the tests, behind Caddy's two names", async () => {
    const services = recordOf((await fileOf("compose.yaml")).services);
    const { tag } = recordOf((await fileOf("values.yaml")).image);
    assert.equal(tag, `v${LIVEKIT_VERSION}`);
    assert.equal(recordOf(services.livekit).image, `livekit/livekit-server:v${LIVEKIT_VERSION}`);
    const { port, turn } = await compose();
    const caddy = JSON.stringify(await composed("caddy"));
    const upstreams = [...caddy.matchAll(/"sni":\["([^"]+)"\].+?"dial":\["([^"]+)"\]/g)];
    assert.deepEqual(
      upstreams.map(([, name, address]) => [name, address]),
      [
        ["turn.example.com", `10.0.0.2:${String(recordOf(turn).tls_port)}`],
        ["livekit.example.com", `${LOOPBACK}:${String(port)}`],
      ],
    );
  });
});

/** Containers, with Caddy's own certificates. Not every machine runs them. */
describe("LiveKit's compose file", () => {
  const names = { LIVEKIT_DOMAIN: "livekit.localhost", TURN_DOMAIN: "turn.localhost" };
  const [own] = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === "IPv4" && !internal);
  const changes = { ...names, CERTIFICATE_ISSUER: "internal", PRIVATE_ADDRESS: own?.address };
  const file = join(root, "livekit", "compose.yaml");
  const docker = (...args: string[]) =>
    thisMachine.run(
      "docker",
      ["compose", "--file", file, "--project-name", "ambient-test", ...args],
      {
        env: { ...process.env, ...environment, ...changes },
        timeout: 5 * 60_000,
      },
    );

  before(async function () {
    const [daemon, plugin] = await Promise.all([
      thisMachine.run("docker", ["info"]),
      docker("version"),
    ]);
    if (process.platform === "linux" && own && daemon.ok && plugin.ok) return;
    process.stdout.write("    Not started, because no containers run here:\n");
    this.skip();
  });
  after(async () => {
    await docker("down", "--volumes");
  });

  /** The answer of what is behind a name at port 443. */
  const home = (servername: string) =>
    new Promise<string>((resolve, reject) => {
      const to = { host: LOOPBACK, port: 443, servername, rejectUnauthorized: false };
      get(to, (response) => {
        response.setEncoding("utf8").once("data", resolve);
      }).once("error", reject);
    });
  /** The type of the answer to a binding request of STUN, RFC 8489. */
  const stun = (servername: string) =>
    new Promise<number>((resolve, reject) => {
      const to = { host: LOOPBACK, port: 443, servername, rejectUnauthorized: false };
      const socket = connect(to, () => {
        socket.write(Buffer.from(`000100002112a442${"00".repeat(12)}`, "hex"));
      });
      socket.once("error", reject);
      socket.once("data", (answer: Buffer) => {
        resolve(answer.readUInt16BE(0));
        socket.end();
      });
    });

  it("starts LiveKit and its TURN server behind TLS, and keeps its API from the network", async () => {
    const { ok, output } = await docker("up", "--detach", "--quiet-pull");
    assert.ok(ok, output);
    const answer = await eventually("that LiveKit answers", () =>
      home(names.LIVEKIT_DOMAIN).catch(() => undefined),
    );
    assert.equal(answer, "OK");
    assert.equal(await stun(names.TURN_DOMAIN), 0x0101);
    await assert.rejects(home("other.localhost"));
    await assert.rejects(fetch(`http://${own?.address ?? ""}:7880`));
  }).timeout(6 * 60_000);
});
