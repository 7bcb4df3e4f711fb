import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { type OutputChunk, rolldown } from "rolldown";
import { z } from "zod";
import bundle from "../rolldown.config.js";
import { functionTable } from "../src/functionOptions.js";
import * as deployed from "../src/index.js";

const { dependencies } = z
  .object({ dependencies: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")));

describe("the functions' bundle", function () {
  this.timeout(60_000);
  const chunks = new Map<string, OutputChunk>();
  before(async () => {
    await using build = await rolldown(bundle);
    const { output } = await build.generate(bundle.output);
    for (const file of output) if (file.type === "chunk") chunks.set(file.fileName, file);
  });

  /** Every module and package that is evaluated when these chunks load. */
  function loadedWith(...fileNames: readonly string[]): readonly string[] {
    const seen = new Set<string>();
    const modules = new Set<string>();
    const visit = (fileName: string): void => {
      if (seen.has(fileName)) return;
      seen.add(fileName);
      const chunk = chunks.get(fileName);
      if (chunk === undefined) modules.add(fileName);
      for (const id of chunk?.moduleIds ?? []) modules.add(id);
      for (const imported of chunk?.imports ?? []) visit(imported);
    };
    fileNames.forEach(visit);
    return [...modules];
  }

  /** The chunk that contains a source file. */
  function chunkWith(source: string): string {
    const found = [...chunks.values()].find(({ moduleIds }) =>
      moduleIds.some((id) => id.endsWith(`/src/${source}`)),
    );
    assert.ok(found, `${source} is in the bundle`);
    return found.fileName;
  }

  const naming = (modules: readonly string[], pattern: RegExp) =>
    modules.filter((id) => pattern.test(id));

  it("imports only packages that are installed in production", () => {
    const packages = [...chunks.values()]
      .flatMap(({ imports, dynamicImports }) => [...imports, ...dynamicImports])
      .filter((name) => !chunks.has(name) && !isBuiltin(name))
      .map((name) => /^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);
    assert.ok(packages.includes("firebase-functions"), "the imports were found");
    assert.deepEqual(
      packages.filter((name) => !(name in dependencies)),
      [],
    );
  });

  it("declares the functions without loading any library but firebase-functions", () => {
    const entry = loadedWith("index.js");
    assert.ok(naming(entry, /src\/callable\.ts$/).length === 1, "the modules were found");
    assert.deepEqual(naming(entry, /node_modules/), []);
    const packages = entry.filter((name) => !name.startsWith("/") && !isBuiltin(name));
    assert.deepEqual(
      packages.filter((name) => !name.startsWith("firebase-functions/")),
      [],
    );
  });

  const libraries =
    /spotify-web-api-node|livekit-server-sdk|@livekit|node_modules\/stripe\/|firebase-admin\/(auth|functions)/;
  for (const operation of [
    "audience/joinShow.ts",
    "audio/refreshAudio.ts",
    "identity/signInWithSpotify.ts",
    "feed/publishFeed.ts",
    "shows/sweepShow.ts",
    "payments/supportCreator.ts",
    "payments/refundSupport.ts",
  ]) {
    it(`loads ${operation} without libraries that it may not need`, () => {
      const loaded = loadedWith(
        ...["index.js", "answer.ts", "assemble.ts", operation].map((each) =>
          each.endsWith(".js") ? each : chunkWith(each),
        ),
      );
      assert.ok(naming(loaded, /node_modules\/zod\//).length > 0, "the modules were found");
      assert.deepEqual(naming(loaded, libraries), []);
    });
  }

  it("loads Stripe's library only with what talks to Stripe", () => {
    const isStripe = /node_modules\/stripe\//;
    for (const needsIt of ["payments/stripePayments.ts", "payments/stripeWebhook.ts"]) {
      assert.ok(naming(loadedWith(chunkWith(needsIt)), isStripe).length > 0, needsIt);
    }
    for (const needsNone of ["spotify/gateway.ts", "audio/livekitRooms.ts"]) {
      assert.deepEqual(naming(loadedWith(chunkWith(needsNone)), isStripe), [], needsNone);
    }
    const others = loadedWith(chunkWith("payments/stripePayments.ts"));
    assert.deepEqual(naming(others, /spotify-web-api-node|livekit/), []);
  });

  it("signs an audio token without loading LiveKit's server client", () => {
    const loaded = loadedWith(chunkWith("audio/livekitAccess.ts"));
    assert.ok(naming(loaded, /AccessToken/).length > 0, "the modules were found");
    assert.deepEqual(naming(loaded, /RoomServiceClient|TwirpRPC/), []);
  });
});

describe("functionOptions.ts", () => {
  it("lists the deployed functions", () => {
    assert.deepEqual(Object.keys(functionTable).sort(), Object.keys(deployed).sort());
  });
});
