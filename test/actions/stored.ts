import { eventually } from "../../functions/test/support/eventually.js";
import type { Endpoints } from "../../local/suite/endpoints.js";

/** Resolves once the document, as the emulator's REST API writes it, contains the text. For what no page shows. */
export async function isStored(
  { firestore, projectId }: Endpoints,
  path: string,
  text: RegExp,
): Promise<void> {
  const url = `http://${firestore}/v1/projects/${projectId}/databases/(default)/documents/${path}`;
  await eventually(`${text} in ${path}`, async () => {
    const answer = await fetch(url, { headers: { authorization: "Bearer owner" } });
    return text.test((await answer.text()).replaceAll(/\s/g, "")) || undefined;
  });
}
