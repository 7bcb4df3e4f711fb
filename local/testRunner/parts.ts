import { glob } from "node:fs/promises";
import { matchesGlob } from "node:path";
import { root } from "../files/paths.js";

export type Requirement = "nothing" | "firestore" | "suite";

/** Something that not every machine has. Without it, a part is skipped. */
export type Extra = "livekit" | "chromium" | "demo";

/** A part of the tests, which runs in its own process. */
export interface Part {
  readonly name:
    | "unit"
    | "rules"
    | "functions"
    | "client"
    | "flows"
    | "pack"
    | "audio"
    | "outages"
    | "browser"
    | "actions"
    | "mobile";
  readonly needs: Requirement;
  readonly extras: readonly Extra[];
  readonly patterns: readonly string[];
  readonly excluding: readonly string[];
  /** Runs only when it is named, because it takes long or needs a large install of its own. */
  readonly isOnRequest?: true;
  /**
   * How many files run at a time, each in its own process; 1 by default. Only for parts whose files share nothing: each
   * has its own project, ids or folder.
   */
  readonly jobs?: number;
  /** For one test; .mocharc.json has the default. */
  readonly timeoutMilliseconds?: number;
}

const EMULATOR_TESTS = "**/*.emulator.test.ts";
const AUDIO_TESTS = "**/*.audio.test.ts";
/** LiveKit or its webhooks fail in these, for everyone who uses the suite: no other test may run beside them. */
const OUTAGE_TESTS = "**/*.outage.test.ts";
/** These change many native clients' permissions quickly. Next to another audio test, a client sometimes hangs. */
const FAST_CHANGES = "functions/test/stage/setStageMode.audio.test.ts";
const BROWSER_TESTS = "**/*.browser.test.ts";
const WITH_SOUND = [AUDIO_TESTS, OUTAGE_TESTS, BROWSER_TESTS];

const testFolders = ["functions/test", "local/test", "test"];
const everywhere = (tests: string): readonly string[] =>
  testFolders.map((folder) => `${folder}/${tests}`);

export const parts: readonly Part[] = [
  {
    name: "unit",
    needs: "nothing",
    extras: [],
    patterns: [
      "client/test/**/*.test.ts",
      "deploy/test/**/*.test.ts",
      "functions/test/**/*.test.ts",
      "local/test/**/*.test.ts",
      "react/test/**/*.test.ts",
      "rules-mutants/test/**/*.test.ts",
      "test/unit/**/*.test.ts",
    ],
    excluding: [EMULATOR_TESTS, ...WITH_SOUND],
    jobs: 2,
  },
  {
    name: "rules",
    needs: "firestore",
    extras: [],
    patterns: ["test/rules/**/*.test.ts", "test/mutants/**/*.test.ts"],
    excluding: WITH_SOUND,
    jobs: 2,
  },
  {
    name: "functions",
    needs: "suite",
    extras: [],
    patterns: everywhere(EMULATOR_TESTS),
    excluding: WITH_SOUND,
    jobs: 2,
    timeoutMilliseconds: 60_000,
  },
  {
    name: "client",
    needs: "suite",
    extras: [],
    patterns: ["test/client/**/*.test.ts"],
    excluding: WITH_SOUND,
    timeoutMilliseconds: 60_000,
  },
  {
    name: "flows",
    needs: "suite",
    extras: [],
    patterns: ["test/flows/**/*.test.ts"],
    excluding: WITH_SOUND,
    timeoutMilliseconds: 60_000,
  },
  {
    name: "pack",
    needs: "suite",
    extras: [],
    patterns: ["test/pack/**/*.test.ts"],
    excluding: WITH_SOUND,
  },
  {
    name: "audio",
    needs: "suite",
    extras: ["livekit"],
    patterns: everywhere(AUDIO_TESTS),
    excluding: [FAST_CHANGES],
    jobs: 2,
    timeoutMilliseconds: 90_000,
  },
  {
    name: "outages",
    needs: "suite",
    extras: ["livekit"],
    patterns: [...everywhere(OUTAGE_TESTS), FAST_CHANGES],
    excluding: [],
    timeoutMilliseconds: 90_000,
  },
  {
    name: "browser",
    needs: "suite",
    extras: ["livekit", "chromium", "demo"],
    patterns: everywhere(BROWSER_TESTS),
    excluding: [],
    timeoutMilliseconds: 120_000,
  },
  {
    name: "actions",
    needs: "suite",
    extras: ["livekit", "chromium", "demo"],
    patterns: ["test/actions/**/*.test.ts"],
    excluding: [],
    isOnRequest: true,
    timeoutMilliseconds: 120_000,
  },
  {
    name: "mobile",
    needs: "suite",
    extras: ["livekit", "chromium"],
    patterns: ["test/mobile/**/*.test.ts"],
    excluding: [],
    isOnRequest: true,
    timeoutMilliseconds: 120_000,
  },
];

/** The part of a test file, according to its folder. */
export function partOf(file: string): Part | undefined {
  const path = file.replaceAll("\\", "/").replace(/^\.\//, "");
  const owns = (part: Part): boolean =>
    part.patterns.some((pattern) => matchesGlob(path, pattern)) && !excludes(part, path);
  return parts.find(owns);
}

export async function filesOf(part: Part): Promise<readonly string[]> {
  const files: string[] = [];
  for await (const file of glob([...part.patterns], { cwd: root })) {
    if (!excludes(part, file)) files.push(file);
  }
  return files.sort();
}

function excludes(part: Part, file: string): boolean {
  return part.excluding.some((pattern) => matchesGlob(file, pattern));
}

/** The needs of several parts are those of the most demanding one. */
export function needsOf(chosen: readonly Part[]): Requirement {
  const needs = new Set(chosen.map((part) => part.needs));
  if (needs.has("suite")) return "suite";
  return needs.has("firestore") ? "firestore" : "nothing";
}

export function extrasOf(chosen: readonly Part[]): ReadonlySet<Extra> {
  return new Set(chosen.flatMap((part) => part.extras));
}
