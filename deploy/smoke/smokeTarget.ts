import type { Edges } from "../edges.js";
import type { Target } from "../target.js";
import { deployedSite } from "./deployedSite.js";
import { smoke, type SmokeResult } from "./smoke.js";

/** How long one step may take; a cold start takes seconds. */
export const PATIENCE_MS = 60_000;

export async function smokeTarget(edges: Edges, target: Target): Promise<SmokeResult> {
  edges.print(`\nsmoke test of ${target.projectId}`);
  return smoke(await deployedSite(edges, target), { ...edges, patienceMs: PATIENCE_MS });
}
