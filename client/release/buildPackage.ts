import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "tsdown";

const licence = fileURLToPath(new URL("../../LICENSE", import.meta.url));

/** Builds `dist`, and copies the licence, which npm packs. Dependencies stay external. */
export async function buildPackage({
  directory,
  entry,
  dependencies,
}: {
  readonly directory: string;
  readonly entry: Readonly<Record<string, string>>;
  readonly dependencies: readonly (string | RegExp)[];
}): Promise<void> {
  await copyFile(licence, join(directory, "LICENSE"));
  await build({
    config: false,
    cwd: directory,
    entry: { ...entry },
    format: "esm",
    platform: "neutral",
    target: "es2022",
    sourcemap: true,
    tsconfig: "src/tsconfig.json",
    dts: { compilerOptions: { stripInternal: true } },
    fixedExtension: false,
    // Drops the server's class of refusals, and with it firebase-functions.
    treeshake: { moduleSideEffects: false },
    deps: { neverBundle: [...dependencies] },
    logLevel: "warn",
    inputOptions: { checks: { pluginTimings: false } },
  });
}
