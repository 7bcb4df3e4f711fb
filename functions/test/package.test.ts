import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { isBuiltin } from "node:module";
import { z } from "zod";

const root = new URL("../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");
const manifest = z.object({
  engines: z.object({ node: z.string() }),
  dependencies: z.record(z.string(), z.string()).optional(),
});
const functions = manifest.parse(JSON.parse(read("functions/package.json")));

describe("functions/package.json", () => {
  it("names every package that the functions import: they are deployed without the root's", () => {
    const imported = readdirSync(new URL("functions/src", root), { recursive: true })
      .map(String)
      .filter((path) => path.endsWith(".ts") && !path.endsWith(".d.ts"))
      .flatMap((path) => [...read(`functions/src/${path}`).matchAll(/from "([^".][^"]*)"/g)])
      .map(([, specifier = ""]) => specifier)
      .filter((specifier) => !isBuiltin(specifier))
      .map((specifier) => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier);
    assert.ok(imported.includes("zod"), "the imports are found");
    assert.deepEqual(
      [...new Set(imported)].filter((name) => !(name in (functions.dependencies ?? {}))),
      [],
    );
  });

  it("asks for the Node of production, as the root and firebase.json do", () => {
    assert.equal(
      manifest.parse(JSON.parse(read("package.json"))).engines.node,
      functions.engines.node,
    );
    assert.ok(read("firebase.json").includes(`"nodejs${functions.engines.node}"`));
  });
});
