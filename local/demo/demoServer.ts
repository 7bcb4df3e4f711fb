import { join } from "node:path";
import compression from "@polka/compression";
import type { Connect, InlineConfig, Plugin } from "vite";
import { root } from "../files/paths.js";
import type { Endpoints } from "../suite/endpoints.js";
import { LOOPBACK } from "../suite/ports.js";
import { documentation } from "./documentation.js";

export interface DemoOptions {
  readonly endpoints: Endpoints;
  readonly port: number;
  /** Vite's cache of bundled dependencies. Two suites of one clone must not share it. */
  readonly cacheDirectory: string;
  /** Whether open pages follow the source. Otherwise the demo is built once, which loads much faster. */
  readonly reloads: boolean;
}

/**
 * Serves the demo and tells it where the suite is, and the documentation below `/docs`. Vite is loaded only if the demo
 * is served.
 */
export async function startDemo(options: DemoOptions): Promise<{ stop(): Promise<void> }> {
  const docs = documentation(`${options.cacheDirectory}-docs`);
  const config = await configOf(options, docs.serve);
  const server = await (options.reloads ? serveSource : serveBuild)(options, config);
  return {
    async stop() {
      await Promise.all([server.stop(), docs.stop()]);
    },
  };
}

async function serveSource(
  options: DemoOptions,
  config: InlineConfig,
): Promise<{ stop(): Promise<void> }> {
  const { createServer } = await import("vite");
  const server = await createServer({
    ...config,
    cacheDir: options.cacheDirectory,
    optimizeDeps: {
      // List the dependencies: finding one while a page is open would reload that page.
      include: [
        "firebase/app",
        "firebase/auth",
        "firebase/firestore",
        "firebase/functions",
        "livekit-client",
        "preact",
        "preact/compat",
        "preact/hooks",
        "preact/jsx-runtime",
        "preact/jsx-dev-runtime",
        "zod",
      ],
    },
    server: {
      ...config.server,
      host: LOOPBACK,
      port: options.port,
      strictPort: true,
      fs: { allow: [root] },
    },
  });
  await server.listen();
  return { stop: () => server.close() };
}

async function serveBuild(
  options: DemoOptions,
  config: InlineConfig,
): Promise<{ stop(): Promise<void> }> {
  const { build, preview } = await import("vite");
  const built: InlineConfig = {
    ...config,
    plugins: [...(config.plugins ?? []), compressing],
    build: {
      outDir: options.cacheDirectory,
      emptyOutDir: true,
      reportCompressedSize: false,
      chunkSizeWarningLimit: Infinity,
      // One file for what several pages share: on a slow phone, each request costs as much time as 30 kB.
      rolldownOptions: {
        output: { codeSplitting: { groups: [{ name: "shared", minShareCount: 2 }] } },
      },
    },
  };
  await build(built);
  const server = await preview({
    ...built,
    preview: { ...config.preview, host: LOOPBACK, port: options.port, strictPort: true },
  });
  return { stop: () => server.close() };
}

async function configOf(
  { endpoints, reloads }: DemoOptions,
  docs: Connect.NextHandleFunction,
): Promise<InlineConfig> {
  const { default: preact } = await import("@preact/preset-vite");
  return {
    root: join(root, "demo"),
    configFile: false,
    logLevel: "warn",
    clearScreen: false,
    plugins: [
      preact({ prefreshEnabled: reloads, devToolsEnabled: false }),
      serving(endpoints, docs),
    ],
    // As Hosting's rewrites do in production (firebase.json).
    ...proxied(endpoints),
    resolve: {
      alias: [
        { find: /^re2js$/, replacement: join(root, "local/demo/noPipelines.ts") },
        { find: /^@ambient\/client$/, replacement: join(root, "client/src/index.ts") },
        { find: /^@ambient\/client\/audio$/, replacement: join(root, "client/src/audio.ts") },
        { find: /^@ambient\/client\/core$/, replacement: join(root, "client/src/core.ts") },
        { find: /^@ambient\/react$/, replacement: join(root, "react/src/index.ts") },
        { find: /^@ambient\/react\/audio$/, replacement: join(root, "react/src/audio.ts") },
      ],
      // The functions have their own packages, and the client imports their schemas.
      dedupe: ["firebase", "livekit-client", "preact", "zod"],
    },
  };
}

/** Shared links are the function `share`'s. */
function proxied({
  functions,
  projectId,
  region,
}: Endpoints): Pick<InlineConfig, "preview" | "server"> {
  const share = {
    target: `http://${functions}`,
    rewrite: (path: string) => `/${projectId}/${region}/share${path}`,
  };
  const proxy = { "/s/": share, "/.well-known/": share };
  return { preview: { proxy }, server: { proxy } };
}

/** As Hosting does: uncompressed, the demo is four times as large. */
const compressing: Plugin = {
  name: "ambient-compression",
  configurePreviewServer({ middlewares }) {
    middlewares.use(compression());
  },
};

/** The content of `.local/endpoints.json` for a page, and the documentation. */
function serving(endpoints: Endpoints, docs: Connect.NextHandleFunction): Plugin {
  const serve = ({ middlewares }: { readonly middlewares: Connect.Server }): void => {
    middlewares.use(docs);
    middlewares.use("/endpoints.json", (_request, response) => {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(endpoints));
    });
  };
  return { name: "ambient-endpoints", configureServer: serve, configurePreviewServer: serve };
}
