import { fileURLToPath } from "node:url";
import { build } from "tsdown";

export const clientDirectory = fileURLToPath(new URL("../", import.meta.url));

/** Builds `client/dist`: the package, including the server's schemas and reasons. Dependencies stay external. */
export async function buildClient(): Promise<void> {
  await build({
    config: false,
    cwd: clientDirectory,
    entry: {
      index: "src/index.ts",
      core: "src/core.ts",
      audio: "src/audio.ts",
      testing: "src/testing.ts",
    },
    format: "esm",
    platform: "neutral",
    target: "es2022",
    sourcemap: true,
    tsconfig: "src/tsconfig.json",
    dts: { compilerOptions: { stripInternal: true } },
    fixedExtension: false,
    // Drops the server's class of refusals, and with it firebase-functions.
    treeshake: { moduleSideEffects: false },
    deps: { neverBundle: [/^zod/, /^firebase/, "livekit-client"] },
    logLevel: "warn",
    inputOptions: { checks: { pluginTimings: false } },
  });
}
