import { existsSync } from "node:fs";
import { findChromium, howToGetChromium } from "../../local/toolchain/chromium.js";
import { findFirestoreEmulator } from "../../local/toolchain/firestoreEmulator.js";
import { findJdk, howToGetJdk } from "../../local/toolchain/jdk.js";
import { findLivekit, LIVEKIT_VARIABLE } from "../../local/toolchain/livekitBuild.mjs";
import { howToGetLivekit } from "../../local/toolchain/livekitServer.js";
import { thisMachine } from "../../local/toolchain/machine.mjs";
import { messageOf } from "../google/google.js";
import { type Finding, lacks, note, ok } from "./finding.js";

/** Finds the programs that `npm start` and `npm test` use, without installing any. */
export interface Toolchain {
  readonly platform: NodeJS.Platform;
  readonly node: string;
  /** Rejects if there is none. */
  findJdk(): Promise<{ readonly java: string; readonly version: number }>;
  /** Rejects if the environment names one that is not there. */
  hasFirestoreEmulator(): Promise<boolean>;
  findLivekit(): Promise<string | undefined>;
  findChromium(): Promise<string | undefined>;
}

export const thisToolchain: Toolchain = {
  platform: process.platform,
  node: process.version,
  findJdk,
  async hasFirestoreEmulator() {
    const jdk = await findJdk().catch(() => undefined);
    return jdk !== undefined && (await findFirestoreEmulator(jdk)) !== undefined;
  },
  async findLivekit() {
    const chosen = thisMachine.environment[LIVEKIT_VARIABLE] ?? "";
    if (chosen === "") return findLivekit(thisMachine);
    return existsSync(chosen) ? chosen : undefined;
  },
  findChromium,
};

/** Finds what this machine lacks for `npm start` and `npm test`. */
export async function examineMachine(tools: Toolchain): Promise<readonly Finding[]> {
  return [
    ok("Node", `${tools.node}, the version that this project installs`),
    await examineJava(tools),
    await examineEmulator(tools),
    await examineLivekit(tools),
    await examineChromium(tools),
  ];
}

async function examineJava(tools: Toolchain): Promise<Finding> {
  try {
    const { java, version } = await tools.findJdk();
    return ok("JDK", `Java ${version}: ${java}`);
  } catch (error) {
    return lacks("JDK", messageOf(error), howToGetJdk(tools.platform));
  }
}

async function examineEmulator(tools: Toolchain): Promise<Finding> {
  const name = "Firestore emulator";
  const remedy = "npx firebase setup:emulators:firestore";
  try {
    if (await tools.hasFirestoreEmulator()) return ok(name, "installed");
    return note(name, "not installed; npm start downloads it (130 MB)", remedy);
  } catch (error) {
    return lacks(name, messageOf(error), remedy);
  }
}

async function examineLivekit(tools: Toolchain): Promise<Finding> {
  const name = "LiveKit";
  const binary = await tools.findLivekit();
  if (binary !== undefined) return ok(name, binary);
  return note(
    name,
    "not installed; npm start builds or downloads it, and everything except audio works without it",
    howToGetLivekit(tools.platform),
  );
}

async function examineChromium(tools: Toolchain): Promise<Finding> {
  const name = "Chromium";
  const executable = await tools.findChromium();
  if (executable !== undefined) return ok(name, executable);
  return note(
    name,
    "not installed; the browser tests are skipped",
    howToGetChromium(tools.platform),
  );
}
