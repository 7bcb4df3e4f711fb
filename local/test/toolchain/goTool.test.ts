import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { LaunchError } from "../../launchError.js";
import { actionlint, provideGoTool, stripeMock } from "../../toolchain/goTool.js";
import type { Machine } from "../../toolchain/machine.mjs";
import { machineOf } from "./machine.js";

describe("getting a tool that Go builds", () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), "ambient-go-tool-"));
  });
  afterEach(() => rm(home, { recursive: true }));

  /** A machine with Go, if `built` says what it makes of a tool: a file, or nothing. */
  function machine(built: "file" | "nothing" | "no Go", environment = {}): Machine {
    return {
      ...machineOf({ home, environment }),
      async run(command, args, { env = {} } = {}) {
        if (built === "no Go" || command !== "go") return { ok: false, output: "ENOENT" };
        if (args[0] === "install" && built === "file") {
          const [, name = ""] = /\/([^/]+)@v[\d.]+$/.exec(args[1] ?? "") ?? [];
          await writeFile(join(env.GOBIN ?? "", name), "binary");
        }
        return { ok: args[0] === "version" || built === "file", output: "go: no network" };
      },
    };
  }
  const provide = (on: Machine, tool = stripeMock) =>
    provideGoTool(tool, { onProgress: () => undefined }, on);

  it("builds it with Go once, and then takes it from the cache", async () => {
    const built = await provide(machine("file"));
    assert.ok("binary" in built && existsSync(built.binary));
    assert.deepEqual(await provide(machine("no Go")), built);
    assert.deepEqual(await readdir(dirname(built.binary)), ["stripe-mock"]);
    const other = await provide(machine("file"), actionlint);
    assert.ok("binary" in other);
    assert.deepEqual(await readdir(dirname(other.binary)), ["actionlint"]);
  });

  it("says why there is none", async () => {
    assert.deepEqual(await provide(machine("no Go")), {
      missing: "no stripe-mock here, and no Go to build it: install Go.",
    });
    assert.deepEqual(await provide(machine("nothing")), {
      missing: "no stripe-mock: `go install` failed (go: no network).",
    });
    const none = machine("file", { AMBIENT_STRIPE_MOCK: "none" });
    assert.deepEqual(await provide(none), {
      missing: "no stripe-mock, as AMBIENT_STRIPE_MOCK=none asks.",
    });
  });

  it("takes the one that the environment names, and refuses one that is not there", async () => {
    const binary = join(home, "mine");
    const chosen = machine("no Go", { AMBIENT_STRIPE_MOCK: binary });
    await assert.rejects(provide(chosen), LaunchError);
    await writeFile(binary, "binary");
    assert.deepEqual(await provide(chosen), { binary });
  });
});
