import { join } from "node:path";
import type { InlineConfig, Plugin, Connect } from "vite";
import { root } from "../files/paths.js";
import type { Endpoints } from "../suite/endpoints.js";
import { LOOPBACK } from "../suite/ports.js";

export interface DemoOptions {
  readonly endpoints: Endpoints;
  readonly port: number;
  /** Where Vite keeps what it has bundled: two suites of one clone do not share it. */
  readonly cacheDirectory: string;
  /** Whether open pages follow the source. Otherwise the demo is built once, and loads much faster. */
  readonly reloads: boolean;
}

/** Serves the demo, and tells it where the suite is. Vite is loaded only where there is a demo. */
export async function startDemo(options: DemoOptions): Promise<{ stop(): Promise<void> }> {
  return options.reloads ? serveSource(options) : serveBuild(options);
}

async function serveSource(options: DemoOptions): Promise<{ stop(): Promise<void> }> {
  const { createServer } = await import("vite");
  const server = await createServer({
    ...(await configOf(options)),
    cacheDir: options.cacheDirectory,
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
      port: options.port,
      strictPort: true,
      fs: { allow: [root] },
    },
  });
  await server.listen();
  return { stop: () => server.close() };
}

async function serveBuild(options: DemoOptions): Promise<{ stop(): Promise<void> }> {
  const { build, preview } = await import("vite");
  const config: InlineConfig = {
    ...(await configOf(options)),
    build: {
      outDir: options.cacheDirectory,
      emptyOutDir: true,
      reportCompressedSize: false,
      chunkSizeWarningLimit: Infinity,
    },
  };
  await build(config);
  const server = await preview({
    ...config,
    preview: { host: LOOPBACK, port: options.port, strictPort: true },
  });
  return { stop: () => server.close() };
}

async function configOf({ endpoints, reloads }: DemoOptions): Promise<InlineConfig> {
  const { default: preact } = await import("@preact/preset-vite");
  return {
    root: join(root, "demo"),
    configFile: false,
    logLevel: "warn",
    clearScreen: false,
    plugins: [preact({ prefreshEnabled: reloads, devToolsEnabled: false }), serving(endpoints)],
    resolve: {
      alias: { "@ambient/client": join(root, "client", "src", "index.ts") },
      // The functions have packages of their own beside them, and the client reads their schemas.
      dedupe: ["firebase", "livekit-client", "preact", "zod"],
    },
  };
}

/** What `.local/endpoints.json` says, for a page. */
function serving(endpoints: Endpoints): Plugin {
  const serve = ({ middlewares }: { readonly middlewares: Connect.Server }): void => {
    middlewares.use("/endpoints.json", (_request, response) => {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(endpoints));
    });
  };
  return { name: "ambient-endpoints", configureServer: serve, configurePreviewServer: serve };
}
