import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join, normalize } from "node:path";
import { LaunchError } from "../../launchError.js";
import { cachedLivekit, LIVEKIT_VERSION } from "../../toolchain/livekitBuild.mjs";
import { releaseArchive } from "../../toolchain/livekitRelease.js";
import { provideLivekitServer } from "../../toolchain/livekitServer.js";
import { type Machine, userCache } from "../../toolchain/machine.mjs";
import { tarGzOf, zipOf } from "./archiveWriters.js";
import { type Command, machineOf, type MachineParts, says } from "./machine.js";

const VERSION = says(`livekit-server version ${LIVEKIT_VERSION}`);
const NO_RELEASES = "http://127.0.0.1:9";

describe("getting a livekit-server", () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), "ambient-livekit-"));
  });
  afterEach(() => rm(home, { recursive: true }));

  /** A machine on which everything in the cache and its drafts runs, in addition to `commands`. */
  function machine(commands: Record<string, Command> = {}, more: MachineParts = {}) {
    const made = machineOf({ home, commands, ...more });
    const answers: Machine = {
      ...made,
      run(command, args, options) {
        if (!command.startsWith(home)) return made.run(command, args, options);
        return Promise.resolve({ ...VERSION([], {}), ok: existsSync(command) });
      },
    };
    return { ...made, ...answers };
  }
  const provide = (on: Machine, releases = NO_RELEASES, lines: string[] = []) =>
    provideLivekitServer({ releases, onProgress: (line) => lines.push(line) }, on);
  const cacheOf = (on: Machine) => join(userCache(on), "ambient", "livekit-server");
  const drafts = async (on: Machine) =>
    (await readdir(cacheOf(on))).filter((name) => name !== LIVEKIT_VERSION);

  /** A Go command that installs a server with this content, or fails. */
  const go =
    (content: string | undefined, output = ""): Command =>
    (args, { GOBIN = "" }) => {
      if (args[0] === "version") return { ok: true, output: "go version go1.26" };
      if (content !== undefined) installed.push(writeFile(join(GOBIN, "server"), content));
      return { ok: content !== undefined, output };
    };
  let installed: Promise<void>[] = [];
  beforeEach(() => {
    installed = [];
  });
  /** A machine with Go, whose `run` resolves once Go's file is written. */
  function withGo(content: string | undefined, output = "", more: MachineParts = {}) {
    const made = machine({ go: go(content, output) }, more);
    return {
      ...made,
      async run(...call: Parameters<Machine["run"]>) {
        const answer = await made.run(...call);
        await Promise.all(installed);
        return answer;
      },
    };
  }

  it("uses the one on PATH if it is recent enough", async () => {
    for (const [output, taken] of [
      ["livekit-server version 1.9.0", true],
      ["livekit-server version 1.13.4", true],
      ["livekit-server version 1.8.4", false],
      ["livekit-server version 0.15.0", false],
      ["livekit-server version 2.0.0", false],
      ["something else", false],
    ] as const) {
      const answer = await provide(machine({ "livekit-server": says(output) }));
      assert.equal("binary" in answer && answer.binary === "livekit-server", taken, output);
    }
  });

  it("prefers the user's choice, or none if asked", async () => {
    const own = join(home, "mine");
    await writeFile(own, "");
    const choosing = (chosen: string) =>
      machine({ "livekit-server": VERSION }, { environment: { AMBIENT_LIVEKIT_SERVER: chosen } });
    assert.deepEqual(await provide(choosing(own)), { binary: own });
    assert("missing" in (await provide(choosing("none"))));
    await assert.rejects(provide(choosing(join(home, "gone"))), LaunchError);
  });

  it("uses the cached one without a build or a download", async () => {
    const on = machine({ go: says("go version go1.26") });
    await mkdir(dirname(cachedLivekit(on)), { recursive: true });
    await writeFile(cachedLivekit(on), "");
    const lines: string[] = [];
    assert.deepEqual(await provide(on, NO_RELEASES, lines), { binary: cachedLivekit(on) });
    assert.deepEqual(on.ran, ["livekit-server --version"]);
    assert.deepEqual(lines, []);
  });

  it("uses each system's cache folder", () => {
    const on = (parts: MachineParts) => userCache(machineOf(parts));
    const ofEve = normalize("/home/eve/.cache");
    assert.equal(on({}), ofEve);
    assert.equal(on({ environment: { XDG_CACHE_HOME: "/elsewhere" } }), "/elsewhere");
    assert.equal(on({ environment: { XDG_CACHE_HOME: "relative" } }), ofEve);
    assert.equal(on({ platform: "darwin" }), normalize("/home/eve/Library/Caches"));
    const environment = { LOCALAPPDATA: "C:\\Local" };
    assert.equal(on({ platform: "win32", environment }), "C:\\Local");
  });

  it("builds with Go into the cache, and leaves nothing else there", async () => {
    const on = withGo("built");
    const lines: string[] = [];
    const binary = cachedLivekit(on);
    assert.deepEqual(await provide(on, NO_RELEASES, lines), { binary });
    assert.equal(await readFile(binary, "utf8"), "built");
    assert.deepEqual(await drafts(on), []);
    assert.deepEqual(lines, ["building LiveKit (once, about a minute)"]);
    assert.match(on.ran.join("\n"), /go install github\.com\/livekit\/.*@v1\.9\.11$/);
    assert.deepEqual(await provide(on, NO_RELEASES, lines), { binary });
    assert.equal(lines.length, 1);
  });

  it("builds for this machine, even if Go's variables name another", async () => {
    let given: Readonly<Record<string, string | undefined>> = {};
    const on = machine(
      {
        go: (args, environment) => {
          if (args[0] === "install") given = environment;
          return { ok: args[0] === "version", output: "no" };
        },
      },
      { environment: { GOOS: "plan9", GOARCH: "mips", GOFLAGS: "-mod=vendor", HOME: "/h" } },
    );
    await provide(on);
    assert.equal(given.HOME, "/h");
    assert.equal(given.CGO_ENABLED, "0");
    for (const name of ["GOOS", "GOARCH", "GOFLAGS"]) assert.equal(given[name], undefined);
  });

  it("builds once for several simultaneous starts", async () => {
    const on = withGo("built");
    const binary = cachedLivekit(on);
    const answers = await Promise.all([provide(on), provide(on), provide(on)]);
    assert.deepEqual(answers, [{ binary }, { binary }, { binary }]);
    assert.equal(on.ran.filter((command) => command.includes("install")).length, 1);
  });

  it("builds even though an earlier builder died", async () => {
    const on = withGo("built");
    const lock = join(cacheOf(on), "building");
    await mkdir(lock, { recursive: true });
    // No system assigns this pid.
    await writeFile(join(lock, "pid"), "99999999");
    assert("binary" in (await provide(on)));
    assert.deepEqual(await drafts(on), []);
  });

  it("stops the build when aborted", async () => {
    const stop = new AbortController();
    const on = withGo(undefined);
    const providing = provideLivekitServer(
      {
        signal: stop.signal,
        onProgress: () => {
          stop.abort(new Error("stopped"));
        },
      },
      on,
    );
    await assert.rejects(providing, /stopped/);
    assert.deepEqual(await drafts(on), []);
  });

  it("explains the failure and the remedy in one line, and keeps nothing", async () => {
    const output = "go: downloading…\ndial tcp: no such host\n";
    for (const [platform, how] of [
      ["linux", /get\.livekit\.io/],
      ["darwin", /brew install livekit/],
      ["win32", /livekit-server\.exe/],
    ] as const) {
      const on = withGo(undefined, output, { platform });
      const answer = await provide(on);
      assert("missing" in answer);
      assert.match(answer.missing, /^no livekit-server here: `go install` failed \(dial tcp/);
      assert.match(answer.missing, how);
      assert.doesNotMatch(answer.missing, /\n/);
      assert.deepEqual(await drafts(on), []);
      assert(!existsSync(cachedLivekit(on)));
    }
  });

  it("discards a binary that does not run", async () => {
    const on = withGo("for another machine");
    const answer = await provide({
      ...on,
      run: (command, args, options) =>
        command.startsWith(home)
          ? Promise.resolve({ ok: false, output: "cannot execute binary file" })
          : on.run(command, args, options),
    });
    assert("missing" in answer);
    assert.match(answer.missing, /what was got does not run here/);
    assert(!existsSync(cachedLivekit(on)));
  });

  describe("from LiveKit's release", () => {
    let releases: Releases;
    beforeEach(async () => {
      releases = await Releases.open();
    });
    afterEach(() => releases.close());

    const binary = Buffer.from("#!the real one".repeat(1_000));
    const tarGz = tarGzOf({ "LICENSE": Buffer.from("x"), "livekit-server": binary });
    const archive = `livekit_${LIVEKIT_VERSION}_linux_amd64.tar.gz`;
    const folder = `/v${LIVEKIT_VERSION}`;

    it("names each machine's archive, if LiveKit has one", () => {
      const named = (platform: NodeJS.Platform, arch: string) => releaseArchive({ platform, arch });
      assert.equal(named("linux", "x64"), archive);
      assert.equal(named("linux", "arm64"), `livekit_${LIVEKIT_VERSION}_linux_arm64.tar.gz`);
      assert.equal(named("win32", "x64"), `livekit_${LIVEKIT_VERSION}_windows_amd64.zip`);
      assert.equal(named("darwin", "arm64"), undefined);
      assert.equal(named("linux", "riscv64"), undefined);
    });

    it("unpacks a tar.gz into the cache", async () => {
      releases.publish(archive, tarGz);
      const on = machine();
      const lines: string[] = [];
      assert.deepEqual(await provide(on, releases.url, lines), { binary: cachedLivekit(on) });
      assert.deepEqual(await readFile(cachedLivekit(on)), binary);
      assert.deepEqual(await drafts(on), []);
      assert.deepEqual(lines, ["downloading LiveKit (30 MB, once)"]);
    });

    it("unpacks a zip into the cache", async () => {
      const name = `livekit_${LIVEKIT_VERSION}_windows_arm64.zip`;
      releases.publish(name, zipOf({ "livekit-server.exe": binary }));
      const on = machine({}, { platform: "win32", arch: "arm64" });
      assert.deepEqual(await provide(on, releases.url), { binary: cachedLivekit(on) });
      assert.match(cachedLivekit(on), /livekit-server\.exe$/);
      assert.deepEqual(await readFile(cachedLivekit(on)), binary);
    });

    it("follows a redirect, which GitHub's downloads use", async () => {
      releases.publish(archive, tarGz);
      releases.redirect(`${folder}/${archive}`, "/elsewhere/file");
      assert("binary" in (await provide(machine(), releases.url)));
    });

    it("is used if Go fails", async () => {
      releases.publish(archive, tarGz);
      assert("binary" in (await provide(withGo(undefined, "too old"), releases.url)));
    });

    const bad: [what: string, reason: RegExp, spoil: (releases: Releases) => void][] = [
      [
        "with a wrong checksum",
        /is not what its checksum says/,
        (to) => {
          to.spoil(archive);
        },
      ],
      [
        "without a checksum",
        /is not what its checksum says/,
        (to) => {
          to.checksums("abc  other\n");
        },
      ],
      [
        "that does not exist",
        /answers 404/,
        (to) => {
          to.remove(`${folder}/${archive}`);
        },
      ],
      [
        "without checksums.txt",
        /answers 404/,
        (to) => {
          to.remove(`${folder}/checksums.txt`);
        },
      ],
      [
        "that is incomplete",
        /the download failed/,
        (to) => {
          to.cut(`${folder}/${archive}`);
        },
      ],
      [
        "without a server",
        /no livekit-server/,
        (to) => {
          to.publish(archive, tarGzOf({}));
        },
      ],
      [
        "that is not an archive",
        /the download failed/,
        (to) => {
          to.publish(archive, Buffer.from("?"));
        },
      ],
    ];
    for (const [what, reason, spoil] of bad) {
      it(`refuses a release ${what} and keeps nothing of it`, async () => {
        releases.publish(archive, tarGz);
        spoil(releases);
        const on = machine();
        const answer = await provide(on, releases.url);
        assert("missing" in answer);
        assert.match(answer.missing, reason);
        assert.doesNotMatch(answer.missing, /\n/);
        assert(!existsSync(cachedLivekit(on)));
      });
    }

    it("is complete for each of several simultaneous starts", async () => {
      releases.publish(archive, tarGz);
      const on = machine();
      const answers = await Promise.all([provide(on, releases.url), provide(on, releases.url)]);
      assert.deepEqual(answers, [{ binary: cachedLivekit(on) }, { binary: cachedLivekit(on) }]);
      assert.deepEqual(await readFile(cachedLivekit(on)), binary);
      assert.deepEqual(await drafts(on), []);
    });
  });
});

/** A web server with a release's files. */
class Releases {
  readonly #files = new Map<string, Buffer>();
  readonly #redirects = new Map<string, string>();
  #cut: string | undefined;
  #server: Server | undefined;
  url = "";

  static async open(): Promise<Releases> {
    const releases = new Releases();
    await releases.#listen();
    return releases;
  }

  async #listen(): Promise<void> {
    const server = createServer((request, response) => {
      const path = request.url ?? "";
      const location = this.#redirects.get(path);
      const file = this.#files.get(path);
      if (location !== undefined) response.writeHead(302, { location }).end();
      else if (file === undefined) response.writeHead(404).end("Not Found");
      else if (path !== this.#cut) response.end(file);
      else {
        response.writeHead(200, { "content-length": file.length });
        response.write(file.subarray(0, 10), () => response.destroy());
      }
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    assert(address !== null && typeof address === "object");
    this.url = `http://127.0.0.1:${address.port}`;
  }

  publish(name: string, content: Buffer): void {
    this.#files.set(`/v${LIVEKIT_VERSION}/${name}`, content);
    const sum = createHash("sha256").update(content).digest("hex");
    this.checksums(`${"0".repeat(64)}  livekit_other.tar.gz\n${sum}  ${name}\n`);
  }

  checksums(content: string): void {
    this.#files.set(`/v${LIVEKIT_VERSION}/checksums.txt`, Buffer.from(content));
  }

  spoil(name: string): void {
    this.checksums(`${"f".repeat(64)}  ${name}\n`);
  }

  remove(path: string): void {
    this.#files.delete(path);
  }

  cut(path: string): void {
    this.#cut = path;
  }

  redirect(from: string, to: string): void {
    const file = this.#files.get(from);
    assert(file !== undefined);
    this.#files.set(to, file);
    this.#redirects.set(from, to);
  }

  async close(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }
}
