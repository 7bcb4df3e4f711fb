import { z } from "zod";
import { LaunchError } from "../../local/launchError.js";
import type { Edges } from "../edges.js";
import { Google } from "../google/google.js";

const POLL_MS = 10_000;

/** `firestore:v1` `ListCollectionIdsResponse` */
const collectionIds = z.object({ collectionIds: z.array(z.string()).default([]) });
/** `firestore:v1` `GoogleLongrunningOperation` */
const operation = z.object({
  name: z.string(),
  done: z.boolean().default(false),
  error: z.object({ message: z.string() }).optional(),
});

/**
 * Imports an export into the database of a project that has no documents. Into any other, an import would merge old
 * documents with new ones, and bring back what was deleted since.
 */
export async function restore(
  edges: Edges,
  { projectId, from }: { readonly projectId: string; readonly from: string },
): Promise<void> {
  if (!/^gs:\/\/[^/]+\/.+/.test(from)) {
    throw new LaunchError(`${from} is not an export: give its folder, gs://<bucket>/<folder>.`);
  }
  const google = new Google(edges, projectId);
  const database = `projects/${projectId}/databases/(default)`;
  const { collectionIds: found } = await google.send(
    collectionIds,
    "POST",
    "firestore",
    `/v1/${database}/documents:listCollectionIds`,
    { pageSize: 10 },
  );
  if (found.length > 0) {
    throw new LaunchError(
      `${projectId} is not empty: it has ${found.join(", ")}. Restore into a new project, or an empty one.`,
    );
  }
  let state = await google.send(operation, "POST", "firestore", `/v1/${database}:importDocuments`, {
    inputUriPrefix: from,
  });
  edges.print(`importing ${from} into ${projectId}: ${state.name}`);
  while (!state.done) {
    await edges.sleep(POLL_MS);
    state = await google.get(operation, "firestore", `/v1/${state.name}`);
  }
  if (state.error) throw new LaunchError(`the import failed: ${state.error.message}`);
  edges.print("✓ imported. Next steps: docs/operate.md#restore");
}
