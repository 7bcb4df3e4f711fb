import { fileURLToPath } from "node:url";
import { buildPackage } from "./buildPackage.js";

export const clientDirectory = fileURLToPath(new URL("../", import.meta.url));

/** Builds `client/dist`: the package, including the server's schemas and reasons. */
export async function buildClient(): Promise<void> {
  await buildPackage({
    directory: clientDirectory,
    entry: {
      index: "src/index.ts",
      core: "src/core.ts",
      audio: "src/audio.ts",
      testing: "src/testing.ts",
    },
    dependencies: [/^zod/, /^firebase/, "livekit-client"],
  });
}
