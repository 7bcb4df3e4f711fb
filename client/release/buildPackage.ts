import { build } from "tsdown";

/** Builds `dist`. Dependencies stay external. */
export async function buildPackage({
  directory,
  entry,
  dependencies,
}: {
  readonly directory: string;
  readonly entry: Readonly<Record<string, string>>;
  readonly dependencies: readonly (string | RegExp)[];
}): Promise<void> {
  await build({
    config: false,
    cwd: directory,
    entry: { ...entry },
    format: "esm",
    platform: "neutral",
    target: "es2022",
    sourcemap: true,
    tsconfig: "src/tsconfig.json",
    dts: { compilerOptions: { stripInternal: true } },
    fixedExtension: false,
    // Drops the server's class of refusals, and with it firebase-functions.
    treeshake: { moduleSideEffects: false },
    deps: { neverBundle: [...dependencies] },
    logLevel: "warn",
    inputOptions: { checks: { pluginTimings: false } },
  });
}
