import { join } from "node:path";
import type { RolldownOptions } from "rolldown";

const folder = import.meta.dirname;

/**
 * What is deployed: one small entry with the declarations of all functions, and chunks that a function
 * loads when it is first called. Libraries are bundled too, because one file loads faster than hundreds.
 */
export default {
  cwd: folder,
  input: join(folder, "src", "index.ts"),
  platform: "node",
  // These share state with the runtime and read files that lie beside them.
  external: [/^firebase-(admin|functions)(\/|$)/, /^@google-cloud\//, "@resvg/resvg-js"],
  treeshake: {
    // They declare this in no package.json: LiveKit's messages and zod's schemas only define things.
    moduleSideEffects: [
      {
        test: /node_modules\/(livekit-server-sdk|@livekit|@bufbuild|jose|zod)\//,
        sideEffects: false,
      },
    ],
  },
  output: {
    dir: join(folder, "lib"),
    format: "esm",
    sourcemap: true,
    cleanDir: true,
    // The same names in every build, so that a build rewrites only what has changed.
    entryFileNames: "[name].js",
    chunkFileNames: "[name].js",
    codeSplitting: {
      groups: [
        { name: "zod", test: /node_modules\/zod\// },
        { name: "livekit-protocol", test: /node_modules\/(@livekit\/protocol|@bufbuild)\// },
        { name: "stripe", test: /node_modules\/stripe\// },
        {
          name: "spotify-web-api-node",
          test: /node_modules\/(?!livekit-server-sdk|@livekit|@bufbuild|jose|stripe|zod)/,
        },
      ],
    },
  },
} satisfies RolldownOptions;
