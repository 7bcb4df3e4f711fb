import { fileURLToPath } from "node:url";
import { build } from "tsdown";

export const reactDirectory = fileURLToPath(new URL("../", import.meta.url));

/** Builds `react/dist`: the hooks. The client package and React stay external. */
export async function buildReact(): Promise<void> {
  await build({
    config: false,
    cwd: reactDirectory,
    entry: { index: "src/index.ts", audio: "src/audio.ts" },
    format: "esm",
    platform: "neutral",
    target: "es2022",
    sourcemap: true,
    tsconfig: "tsconfig.json",
    dts: true,
    fixedExtension: false,
    deps: { neverBundle: [/^@ambient\/client/, "react"] },
    logLevel: "warn",
    inputOptions: { checks: { pluginTimings: false } },
  });
}
