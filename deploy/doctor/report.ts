import type { Finding, State } from "./finding.js";

const marks: Readonly<Record<State, string>> = { ok: "✓", lacks: "✗", note: "·", unknown: "?" };

/** One finding a line, with the command that fixes it below. */
export function renderFindings(title: string, findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ name }) => name.length));
  const lines = findings.flatMap(({ name, state, detail, remedy }) => [
    `  ${marks[state]} ${name.padEnd(width)}  ${detail}`,
    ...(remedy ?? "")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => `      ${line}`),
  ]);
  return [title, ...lines].join("\n");
}

/** Whether nothing that is needed is missing, and everything could be checked. */
export function isHealthy(findings: readonly Finding[]): boolean {
  return findings.every(({ state }) => state === "ok" || state === "note");
}

/** The findings to fix before a deployment, because the deployment does not fix them. */
export function blockers(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(
    ({ state, fixedByDeploy }) =>
      state === "unknown" || (state === "lacks" && fixedByDeploy !== true),
  );
}
