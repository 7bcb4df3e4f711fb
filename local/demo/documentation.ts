import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { extname, join, normalize } from "node:path";
import type { Connect } from "vite";
import { packageFile, root } from "../files/paths.js";
import { type BackgroundProcess, startInBackground } from "../process/backgroundProcess.js";

export interface Documentation {
  /** Answers requests below `/docs`. */
  readonly serve: Connect.NextHandleFunction;
  /** Ends a build that is running. */
  stop(): Promise<void>;
}

const contentTypes: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/**
 * Serves the site of the pages in `docs/`. The first request builds it into `directory`, because the build takes several
 * seconds of CPU time, which a start should not pay for.
 */
export function documentation(directory: string): Documentation {
  let building: BackgroundProcess | undefined;
  let built: Promise<void> | undefined;

  const build = async (): Promise<void> => {
    let output = "";
    const vitepress = packageFile("vitepress", "bin/vitepress.js");
    building = startInBackground(
      process.execPath,
      [vitepress, "build", "docs", "--outDir", directory],
      {
        cwd: root,
        env: process.env,
        onOutput(text) {
          output += text;
        },
      },
    );
    const { code } = await building.exited;
    if (code !== 0) throw new Error(`The documentation cannot be built:\n${output}`);
  };

  return {
    serve(request, response, next) {
      const { pathname } = new URL(request.url ?? "/", "http://docs");
      if (pathname === "/docs") {
        response.writeHead(302, { location: "/docs/" }).end();
        return;
      }
      if (!pathname.startsWith("/docs/")) {
        next();
        return;
      }
      built ??= build();
      built
        .then(() => sendFile(response, directory, pathname.slice("/docs/".length)))
        .catch((error: unknown) => {
          // The next request tries again, with the corrected pages.
          built = undefined;
          response.writeHead(500, { "content-type": "text/plain; charset=utf-8" });
          response.end(error instanceof Error ? error.message : String(error));
        });
    },
    async stop() {
      await building?.stop();
    },
  };
}

async function sendFile(response: ServerResponse, directory: string, path: string): Promise<void> {
  const name = path === "" || path.endsWith("/") ? `${path}index.html` : path;
  // `normalize` after a slash: no path leads out of the directory.
  const file = join(directory, normalize(`/${decodeURIComponent(name)}`));
  const content = await readFile(file).catch(() => undefined);
  const type = contentTypes[extname(file)];
  if (content === undefined || type === undefined) {
    response.writeHead(404, { "content-type": "text/html; charset=utf-8" });
    response.end(await readFile(join(directory, "404.html")));
    return;
  }
  response.writeHead(200, { "content-type": type });
  response.end(content);
}
