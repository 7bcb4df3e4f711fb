import { unsignedToken } from "../../local/clientApp/unsignedToken.js";
import type { Persona } from "../support/rules/personas.js";
import { restWrite } from "../support/rules/restWrites.js";
import { emulator, projectId, type Write } from "../support/rules/world.js";

const documents = `projects/${projectId}/databases/(default)/documents`;

/**
 * Commits the writes in one batch. Returns whether the rules accept them; undefined if they are not valid documents. Uses
 * REST, because the SDK opens a new stream after each refusal, and does not send everything that a hostile client can.
 */
export async function commitAs(
  { uid }: Persona,
  writes: readonly Write[],
): Promise<boolean | undefined> {
  const { host, port } = emulator();
  const response = await fetch(`http://${host}:${port}/v1/${documents}:commit`, {
    method: "POST",
    headers: { authorization: `Bearer ${unsignedToken(projectId, uid)}` },
    body: JSON.stringify({ writes: writes.map((write) => restWrite(documents, write)) }),
  });
  const text = await response.text();
  if (response.ok) return true;
  if (response.status === 403) return false;
  if (response.status === 400) return undefined;
  throw new Error(`commit: ${response.status} ${text}`);
}
