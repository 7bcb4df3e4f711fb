import { fileURLToPath } from "node:url";
import { build } from "tsdown";

/** The folder of the package. */
export const clientDirectory = fileURLToPath(new URL("../", import.meta.url));

/**
 * Builds `client/dist`: the package with the server's own schemas and reasons in it. What it depends
 * on stays outside.
 */
export async function buildClient(): Promise<void> {
  await build({
    config: false,
    cwd: clientDirectory,
    entry: { index: "src/index.ts", core: "src/core.ts" },
    format: "esm",
    platform: "neutral",
    target: "es2022",
    tsconfig: "../tsconfig.json",
    dts: { compilerOptions: { stripInternal: true } },
    fixedExtension: false,
    // The class of refusals is the server's alone: nothing of firebase-functions must stay for it.
    treeshake: { moduleSideEffects: false },
    deps: { neverBundle: [/^zod/, /^firebase/, "livekit-client"] },
    logLevel: "warn",
    inputOptions: { checks: { pluginTimings: false } },
  });
}
