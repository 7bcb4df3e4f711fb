import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { rolldown } from "rolldown";
import ts from "typescript";
import { z } from "zod";
import { buildClient, clientDirectory } from "../../client/release/buildClient.js";
import { root } from "../../local/files/paths.js";
import { inCi } from "../../local/testRunner/inCi.js";
import { buildReact, reactDirectory } from "../../react/release/buildReact.js";
import { isForReactNative, snippetsIn } from "../support/snippets.js";
import { compileSnippets } from "../unit/snippets/compileSnippets.js";

const run = promisify(execFile);
const manifest = z.object({ devDependencies: z.record(z.string(), z.string()) });
/** React Native Firebase. Its published types must fit the package's interface. */
const REACT_NATIVE_FIREBASE = "26.4.0";
/** The WebRTC package that LiveKit in React Native needs. */
const LIVEKIT_REACT_NATIVE = "@livekit/react-native@3.0.0";
/** Reports whether a phone has a network. */
const NETINFO = "@react-native-community/netinfo@12.0.1";
/** Opens Spotify's page in the guide's example. */
const APP_AUTH = "react-native-app-auth@8.4.1";
const PREACT_RENDERER = "preact-render-to-string@6.8.2";

/** Without this project's npm variables, which would decide where npm installs. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.toLowerCase().startsWith("npm_")),
);

async function npm(cwd: string, ...args: readonly string[]): Promise<string> {
  const options = { cwd, env: environment, shell: process.platform === "win32" };
  return (await run("npm", [...args, "--no-audit", "--no-fund", "--prefer-offline"], options))
    .stdout;
}

/** Whether the registry does not answer, which is not the package's fault. */
function isOffline(error: unknown): boolean {
  return /ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|ENOTCACHED/.test(String(error));
}

/** Packs a built package, and returns its tarball. */
async function packInto(directory: string, packed: string): Promise<string> {
  const [name = ""] = (await npm(packed, "pack", directory)).trim().split("\n").slice(-1);
  return join(packed, name);
}

/** Creates an empty project with copies of the examples. */
async function emptyProject(
  compilerOptions: object,
  ...examples: readonly string[]
): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "ambient-consumer-"));
  const write = (file: string, content: object) =>
    writeFile(join(directory, file), JSON.stringify(content));
  await write("package.json", { name: "consumer", private: true, type: "module" });
  await write("tsconfig.json", {
    compilerOptions: { strict: true, noEmit: true, target: "es2022", ...compilerOptions },
    files: examples.map((example) => basename(example)),
  });
  for (const example of examples) await copyFile(example, join(directory, basename(example)));
  return directory;
}

const typeCheck = (directory: string) =>
  run(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", directory]).catch(
    (error: unknown) => assert.fail(error instanceof Error ? JSON.stringify(error) : "tsc failed"),
  );

const inClient = (example: string) => join(clientDirectory, "example", example);

describe("the packages, packed and installed in an empty project", () => {
  const projects: string[] = [];
  let client: string;
  let react: string;
  /** A package at the version that this project uses. */
  let ours: (name: string) => string;

  before(async () => {
    await buildClient();
    await buildReact();
    const packed = await mkdtemp(join(tmpdir(), "ambient-packed-"));
    projects.push(packed);
    client = await packInto(clientDirectory, packed);
    react = await packInto(reactDirectory, packed);
    const { devDependencies } = manifest.parse(
      JSON.parse(await readFile(join(root, "package.json"), "utf8")),
    );
    ours = (name) => `${name}@${devDependencies[name] ?? assert.fail(name)}`;
  });
  after(() => Promise.all(projects.map((directory) => rm(directory, { recursive: true }))));

  /**
   * Without a registry, skips the test with a message. In CI nobody would read it, so there the
   * test fails.
   */
  const install = async (
    context: Mocha.Context,
    directory: string,
    ...packages: readonly string[]
  ) => {
    projects.push(directory);
    try {
      await npm(directory, "install", client, ...packages);
    } catch (error) {
      if (!isOffline(error) || inCi()) throw error;
      if (context.test) context.test.title += " (skipped: the package registry does not answer)";
      context.skip();
    }
  };

  const title = join(reactDirectory, "example/title.ts");
  const rendered = /^<h1 id="spotify_fake1">Night drive<\/h1>$/m;

  it("type-check, run an evening with the Firebase JS SDK, and render with the hooks in React", async function () {
    const project = await emptyProject(
      { module: "nodenext", types: ["node"], lib: ["esnext", "dom"] },
      inClient("evening.ts"),
      title,
    );
    const ofReact = ["react", "react-dom", "@types/react", "@types/react-dom"].map(ours);
    await install(this, project, ours("firebase"), "@types/node@24", react, ...ofReact);
    await typeCheck(project);
    const { stdout } = await run(process.execPath, ["evening.ts"], {
      cwd: project,
      env: { ...environment, AMBIENT_ENDPOINTS: process.env.AMBIENT_ENDPOINTS },
    });
    assert.deepEqual(stdout.trim().split("\n"), [
      "SHOW_NOT_LIVE: This show isn't live.",
      "joined Night drive as listener",
      "on stage",
      "Dan: What a song!",
      "over, with 1 comment",
    ]);
    assert.match((await run(process.execPath, ["title.ts"], { cwd: project })).stdout, rendered);
  });

  it("fits the published types of React Native Firebase and LiveKit for React Native", async function () {
    const project = await emptyProject({});
    const packages = ["app", "auth", "firestore", "functions"].map(
      (name) => `@react-native-firebase/${name}@${REACT_NATIVE_FIREBASE}`,
    );
    packages.push(LIVEKIT_REACT_NATIVE, APP_AUTH, NETINFO);
    // Installed without peers: react-native alone brings hundreds of packages, and no type needs
    // them here.
    await install(this, project, "--legacy-peer-deps", ...packages);
    const inGuide = (await snippetsIn("docs/react-native.md", "ts")).filter(isForReactNative);
    assert.equal(inGuide.length, 2);
    await copyFile(join(root, "test/unit/snippets/appNames.ts"), join(project, "appNames.ts"));
    // Metro resolves like a bundler. Its types use the DOM's names and its own without importing
    // them.
    const options = {
      strict: true,
      noEmit: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      skipLibCheck: true,
      types: [],
    };
    const problems = compileSnippets(inGuide, ["./appNames.js"], {
      directory: project,
      options,
    });
    assert.equal(problems.length, 0, `\n${problems.join("\n")}`);
  });

  it("render with the hooks of @ambient/react in Preact", async function () {
    const project = await emptyProject({}, title);
    // As in an app with Preact alone, where npm would install React as a peer.
    await install(this, project, "--legacy-peer-deps", react, ours("preact"), PREACT_RENDERER);
    const bundle = await rolldown({
      input: join(project, "title.ts"),
      cwd: project,
      platform: "node",
      resolve: { alias: { "react-dom/server": "preact/compat/server", "react": "preact/compat" } },
      logLevel: "silent",
    });
    await bundle.write({ dir: project, format: "esm", entryFileNames: "title.mjs" });
    await bundle.close();
    const { stdout } = await run(process.execPath, ["title.mjs"], { cwd: project });
    assert.match(stdout, rendered);
  });
}).timeout(300_000);
