import type { Edges } from "../edges.js";
import type { Google } from "../google/google.js";
import type { Target } from "../target.js";

/**
 * `lacks`: something needed is missing. `note`: something optional is missing, or only a person can see it. `unknown`: it
 * could not be checked.
 */
export type State = "ok" | "lacks" | "note" | "unknown";

export interface Finding {
  readonly name: string;
  readonly state: State;
  /** What was found or is missing, in one line. */
  readonly detail: string;
  /** What fixes it: usually a command or a page of a console. */
  readonly remedy?: string;
  /** True if a deployment fixes it, so that it does not stop one. */
  readonly fixedByDeploy?: true;
}

/** The context of a project's checks. */
export interface Subject {
  readonly edges: Edges;
  readonly google: Google;
  readonly target: Target;
  readonly projectNumber: string;
  /** The service account that the functions run as: the default one of Compute Engine. */
  readonly runtimeAccount: string;
}

export interface Check {
  readonly name: string;
  /** True if a project works without it: a check that Google refuses is then a note. */
  readonly isOptional?: true;
  run(subject: Subject): Promise<readonly Finding[]>;
}

export function ok(name: string, detail: string): Finding {
  return { name, state: "ok", detail };
}

export function lacks(name: string, detail: string, remedy: string): Finding {
  return { name, state: "lacks", detail, remedy };
}

export function note(name: string, detail: string, remedy: string): Finding {
  return { name, state: "note", detail, remedy };
}

export function unknown(name: string, detail: string, remedy: string): Finding {
  return { name, state: "unknown", detail, remedy };
}

/** Something that the next deployment creates. */
export function notDeployed(name: string, detail: string, target: Target): Finding {
  const remedy = `npm run deploy -- --project ${target.name}`;
  return { name, state: "lacks", detail, remedy, fixedByDeploy: true };
}
