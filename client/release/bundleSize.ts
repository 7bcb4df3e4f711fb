import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";
import { clientDirectory } from "./buildClient.js";

/** The size of one bundle. */
export interface Cost {
  readonly name: string;
  readonly minified: number;
  readonly gzip: number;
  /** The modules that the bundle still imports. */
  readonly imports: readonly string[];
}

interface Measured {
  readonly name: string;
  /** The code of an app that uses the package. */
  readonly source: string;
  readonly external: readonly RegExp[];
}

const firebaseAndLivekit = [/^firebase/, /^livekit-client$/];
const everything = [...firebaseAndLivekit, /^zod/];

const measured: readonly Measured[] = [
  {
    name: "@ambient/client with audio",
    source: `export * from "client/index"; export * from "client/audio";`,
    external: everything,
  },
  { name: "@ambient/client", source: `export * from "client/index"`, external: everything },
  { name: "@ambient/client/core", source: `export * from "client/core"`, external: everything },
  {
    name: "sign in + join",
    source: `import { createAmbient } from "client/index";
      export const join = async (app, code, showId) => {
        const ambient = createAmbient({ app });
        await ambient.account.signIn(code);
        return ambient.join(showId);
      };`,
    external: everything,
  },
  {
    name: "sign in + join, zod included",
    source: `export { createAmbient } from "client/index";`,
    external: firebaseAndLivekit,
  },
];

/** Bundles, minifies and compresses each app, from the built package. */
export function costs(): Promise<readonly Cost[]> {
  return Promise.all(measured.map(costOf));
}

async function costOf({ name, source, external }: Measured): Promise<Cost> {
  const bundle = await rolldown({
    input: "app",
    external: [...external],
    cwd: clientDirectory,
    platform: "browser",
    plugins: [
      {
        name: "app",
        resolveId: (id) => {
          if (id === "app") return { id: join(clientDirectory, "app.js") };
          const [, entry] = /^client\/(\w+)$/.exec(id) ?? [];
          if (entry === undefined) return null;
          return { id: join(clientDirectory, "dist", `${entry}.js`), moduleSideEffects: false };
        },
        load: (id) => (id === join(clientDirectory, "app.js") ? source : null),
      },
    ],
  });
  const { output } = await bundle.generate({ minify: true, format: "esm" });
  await bundle.close();
  const chunks = output.filter((file) => file.type === "chunk");
  const code = chunks.map((chunk) => chunk.code).join("");
  // `chunk.dynamicImports` leaves out external modules.
  const lazily = [...code.matchAll(/\bimport\([`"']([^`"']+)/g)].map(([, module = ""]) => module);
  const imports = chunks.flatMap((chunk) => [...chunk.imports, ...lazily]);
  return {
    name,
    minified: Buffer.byteLength(code),
    gzip: gzipSync(code, { level: 9 }).byteLength,
    imports: [...new Set(imports)].sort(),
  };
}
