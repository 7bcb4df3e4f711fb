import { join } from "node:path";
import { packageFile, root } from "../files/paths.js";
import { startInBackground } from "../process/backgroundProcess.js";
import type { Failure, PartResult } from "./results.js";

export interface Check {
  readonly name: string;
  readonly script: string;
  readonly args: readonly string[];
}

/** The exit code of a check that this machine cannot make. Its output says why. */
export const LEFT_OUT = 77;

/** Checks imports between layers, and unused exports and packages. */
export const structureChecks: readonly Check[] = [
  {
    name: "imports",
    script: packageFile("dependency-cruiser", "bin/dependency-cruiser.mjs"),
    args: [
      ...["--config", join(root, ".dependency-cruiser.mjs"), "--output-type", "err"],
      ...[
        "functions",
        "client",
        "react",
        "rules-mutants",
        "demo",
        "local",
        "deploy",
        "bench",
        "docs",
        "test",
      ],
    ],
  },
  {
    name: "unused",
    script: packageFile("knip", "bin/knip.js"),
    args: ["--config", join(root, "knip.jsonc"), "--no-progress"],
  },
];

const checks: readonly Check[] = [
  {
    // One pass for both, by TypeScript's native compiler; each file by the tsconfig above it.
    name: "types and lint",
    script: packageFile("oxlint", "bin/oxlint"),
    // The mobile app has packages of its own, so its tests check it.
    args: ["--type-aware", "--type-check", "--ignore-pattern=example/mobile/**"],
  },
  {
    name: "format",
    script: packageFile("oxfmt", "bin/oxfmt"),
    args: ["--check"],
  },
  {
    name: "spelling and style",
    script: packageFile("tsx", "dist/cli.mjs"),
    args: ["local/prose/check.ts"],
  },
  ...structureChecks,
  {
    name: "secrets",
    script: packageFile("secretlint", "bin/secretlint.js"),
    args: ["--maskSecrets", "**/*"],
  },
  {
    name: "licences",
    script: "--import=tsx",
    args: [join(root, "local/dependencies/licences.ts")],
  },
  {
    name: "workflows",
    script: "--import=tsx",
    args: [join(root, "local/workflows/check.ts")],
  },
];

/** Makes all checks at once. Each counts as one test. */
export async function runChecks(
  signal: AbortSignal,
  write: (text: string) => void,
): Promise<PartResult> {
  const started = performance.now();
  const outcomes = await Promise.all(checks.map((check) => runCheck(check, signal, write)));
  const failures = outcomes.flatMap(({ failure }) => failure ?? []);
  const skipped = outcomes.filter(({ isLeftOut }) => isLeftOut).length;
  return {
    name: "check",
    passed: checks.length - failures.length - skipped,
    skipped,
    failures,
    seconds: (performance.now() - started) / 1_000,
  };
}

interface Outcome {
  readonly failure?: Failure;
  readonly isLeftOut?: boolean;
}

export async function runCheck(
  check: Check,
  signal: AbortSignal,
  write: (text: string) => void,
): Promise<Outcome> {
  const started = performance.now();
  let output = "";
  const { exited } = startInBackground(process.execPath, [check.script, ...check.args], {
    cwd: root,
    env: { ...process.env, FORCE_COLOR: "0" },
    signal,
    onOutput(text) {
      output += text;
    },
  });
  const { code } = await exited;
  if (code === LEFT_OUT) {
    write(`  – ${check.name}: left out: ${output.trim()}\n`);
    return { isLeftOut: true };
  }
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  write(`  ${code === 0 ? "✓" : "✗"} ${check.name} (${seconds} s)\n`);
  return code === 0 ? {} : { failure: { title: check.name, file: "", reason: output.trim() } };
}
