import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

export const root = resolve(import.meta.dirname, "../..");
export const functionsDirectory = join(root, "functions");
/** All files that a run leaves behind, outside version control. */
export const localDirectory = join(root, ".local");
export const rootBinaries = join(root, "node_modules", ".bin");

const require = createRequire(import.meta.url);

/** A file of an installed package, even if the package's `exports` hide it. */
export function packageFile(packageName: string, file: string): string {
  const manifest = join(packageName, "package.json");
  for (const folder of require.resolve.paths(packageName) ?? []) {
    if (existsSync(join(folder, manifest))) return join(folder, packageName, file);
  }
  throw new Error(`${packageName} is not installed.`);
}

export const firebaseCli = (): string => packageFile("firebase-tools", "lib/bin/firebase.js");
