import { join } from "node:path";
import type { Plugin } from "vite";
import { root } from "../files/paths.js";
import type { Endpoints } from "../suite/endpoints.js";
import { LOOPBACK } from "../suite/ports.js";

export interface DemoOptions {
  readonly endpoints: Endpoints;
  readonly port: number;
  /** Where Vite keeps the packages that it has bundled: two suites of one clone do not share it. */
  readonly cacheDirectory: string;
  /** Whether open pages follow the source. */
  readonly reloads: boolean;
}

/** Serves the demo, and tells it where the suite is. Vite is loaded only where there is a demo. */
export async function startDemo(options: DemoOptions): Promise<{ stop(): Promise<void> }> {
  const { endpoints, port, cacheDirectory, reloads } = options;
  const [{ createServer }, { default: preact }] = await Promise.all([
    import("vite"),
    import("@preact/preset-vite"),
  ]);
  const server = await createServer({
    root: join(root, "demo"),
    configFile: false,
    cacheDir: cacheDirectory,
    logLevel: "warn",
    clearScreen: false,
    plugins: [preact({ prefreshEnabled: reloads, devToolsEnabled: false }), serving(endpoints)],
    resolve: {
      alias: { "@ambient/client": join(root, "client", "src", "index.ts") },
      // The functions have packages of their own beside them, and the client reads their schemas.
      dedupe: ["firebase", "livekit-client", "preact", "zod"],
    },
    optimizeDeps: {
      // Named, so that none is found while a page is open, which would load it anew.
      include: [
        "firebase/app",
        "firebase/auth",
        "firebase/firestore",
        "firebase/functions",
        "livekit-client",
        "preact",
        "preact/hooks",
        "preact/jsx-runtime",
        "preact/jsx-dev-runtime",
        "zod",
      ],
    },
    server: {
      host: LOOPBACK,
      port,
      strictPort: true,
      fs: { allow: [root] },
      // Without its socket Vite's script would complain in every page.
      ...(reloads ? {} : { watch: null }),
    },
  });
  await server.listen();
  return {
    stop: () => server.close(),
  };
}

/** What `.local/endpoints.json` says, for a page. */
function serving(endpoints: Endpoints): Plugin {
  return {
    name: "ambient-endpoints",
    configureServer(server) {
      server.middlewares.use("/endpoints.json", (_request, response) => {
        response.setHeader("content-type", "application/json");
        response.end(JSON.stringify(endpoints));
      });
    },
  };
}
