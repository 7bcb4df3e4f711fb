import { fileURLToPath } from "node:url";
import { buildPackage } from "../../client/release/buildPackage.js";

export const reactDirectory = fileURLToPath(new URL("../", import.meta.url));

/** Builds `react/dist`: the hooks. The client package and React stay external. */
export async function buildReact(): Promise<void> {
  await buildPackage({
    directory: reactDirectory,
    entry: { index: "src/index.ts", audio: "src/audio.ts" },
    dependencies: [/^@ambient\/client/, "react"],
  });
}
