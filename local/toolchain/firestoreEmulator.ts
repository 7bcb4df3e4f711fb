import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, realpathSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import type { Jdk } from "./jdk.js";
import { classesToRepair, repairEmulator, repairSources } from "./repairEmulator.js";
import { isRecord, readJson, recordOf } from "../files/json.js";
import { LaunchError } from "../launchError.js";
import { firebaseCli, localDirectory, packageFile } from "../files/paths.js";

const run = promisify(execFile);
const OVERRIDE = "FIRESTORE_EMULATOR_BINARY_PATH";

export interface ProvideOptions {
  onProgress(line: string): void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Ensures that firebase-tools finds a Firestore emulator, and returns the variables for it. Uses an
 * existing one if possible, and downloads one otherwise.
 */
export async function provideFirestoreEmulator(
  jdk: Jdk,
  options: ProvideOptions,
): Promise<Readonly<Record<string, string>>> {
  const found = await findFirestoreEmulator(jdk);
  if (found !== undefined) return found;
  options.onProgress("downloading the Firestore emulator (130 MB, once)");
  await download(jdk, options.signal);
  return {};
}

/** The variables for an emulator that is already on this machine; undefined if there is none. */
export async function findFirestoreEmulator(
  jdk: Jdk,
): Promise<Readonly<Record<string, string>> | undefined> {
  const chosen = process.env[OVERRIDE];
  if (chosen !== undefined && chosen !== "") {
    if (existsSync(chosen)) return { [OVERRIDE]: chosen };
    throw new LaunchError(`${OVERRIDE} names ${chosen}, which does not exist.`);
  }
  if (existsSync(await cachedJar())) return {};
  const sdkJar = cloudSdkJar();
  const jarTool = join(jdk.binDirectory, process.platform === "win32" ? "jar.exe" : "jar");
  if (sdkJar !== undefined && existsSync(jarTool)) {
    return { [OVERRIDE]: await runnableJar(sdkJar, jarTool) };
  }
  return undefined;
}

async function cachedJar(): Promise<string> {
  const details = await readJson(
    packageFile("firebase-tools", "lib/emulator/downloadableEmulatorInfo.json"),
  );
  const name = isRecord(details)
    ? recordOf(details.firestore).downloadPathRelativeToCacheDir
    : undefined;
  if (typeof name !== "string") {
    throw new Error("This firebase-tools no longer says where it keeps the Firestore emulator.");
  }
  const cache = process.env.FIREBASE_EMULATORS_PATH;
  return join(cache ?? join(homedir(), ".cache", "firebase", "emulators"), name);
}

/** The emulator in the Google Cloud CLI's component cloud-firestore-emulator. */
function cloudSdkJar(): string | undefined {
  return cloudSdkRoots()
    .map((sdk) => join(sdk, "platform/cloud-firestore-emulator/cloud-firestore-emulator.jar"))
    .find((jar) => existsSync(jar));
}

function cloudSdkRoots(): readonly string[] {
  const { CLOUDSDK_ROOT_DIR, LOCALAPPDATA, ProgramFiles, PATH } = process.env;
  const executable = process.platform === "win32" ? "gcloud.cmd" : "gcloud";
  const onPath = (PATH ?? process.env.Path ?? "")
    .split(delimiter)
    .map((directory) => join(directory, executable))
    .filter((gcloud) => existsSync(gcloud))
    .map((gcloud) => dirname(dirname(realpathSync(gcloud))));
  return [
    ...(CLOUDSDK_ROOT_DIR === undefined ? [] : [CLOUDSDK_ROOT_DIR]),
    ...onPath,
    "/usr/lib/google-cloud-sdk",
    "/usr/share/google-cloud-sdk",
    "/opt/google-cloud-sdk",
    "/snap/google-cloud-cli/current",
    "/opt/homebrew/share/google-cloud-sdk",
    "/usr/local/share/google-cloud-sdk",
    join(homedir(), "google-cloud-sdk"),
    ...[LOCALAPPDATA, ProgramFiles].flatMap((parent) =>
      parent === undefined ? [] : [join(parent, "Google", "Cloud SDK", "google-cloud-sdk")],
    ),
  ];
}

/**
 * firebase-tools runs `java -jar <path>` and changes that file's mode. The SDK's jar has no main class and may belong
 * to root, so this creates a jar with a manifest and the repaired classes, which come before the SDK's.
 */
async function runnableJar(sdkJar: string, jarTool: string): Promise<string> {
  const classPath = pathToFileURL(sdkJar).href;
  const directory = join(localDirectory, "firestore-emulator");
  const version = createHash("sha256").update(classPath);
  for (const source of repairSources) version.update(await readFile(source));
  const jar = join(directory, `${version.digest("hex")}.jar`);
  if (existsSync(jar)) return jar;
  await mkdir(directory, { recursive: true });
  const draft = await mkdtemp(join(directory, "draft-"));
  try {
    const classes = join(draft, "classes");
    await mkdir(classes);
    await run(jarTool, ["--extract", "--file", sdkJar, ...classesToRepair], { cwd: classes });
    await repairEmulator(classes);
    const manifest = join(draft, "manifest.txt");
    const mainClass = "com.google.cloud.datastore.emulator.firestore.CloudFirestore";
    await writeFile(manifest, `Main-Class: ${mainClass}\nClass-Path: ${classPath}\n`);
    const made = join(draft, "emulator.jar");
    await run(jarTool, ["--create", "--file", made, "--manifest", manifest, "-C", classes, "."]);
    await rename(made, jar);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return jar;
}

async function download(jdk: Jdk, signal: AbortSignal | undefined): Promise<void> {
  try {
    await run(process.execPath, [firebaseCli(), "setup:emulators:firestore"], {
      env: { ...process.env, CI: "1", JAVA_HOME: dirname(jdk.binDirectory) },
      timeout: 600_000,
      ...(signal === undefined ? {} : { signal }),
    });
  } catch {
    signal?.throwIfAborted();
    throw new LaunchError(
      "There is no Firestore emulator here and it could not be downloaded: go online once, or run `gcloud components install cloud-firestore-emulator`.",
    );
  }
}
