import assert from "node:assert/strict";
import type { Endpoints } from "../../local/suite/endpoints.js";

const PATIENCE_MS = 10_000;

/** The document, as the emulator's REST API writes it. */
async function stored({ firestore, projectId }: Endpoints, path: string): Promise<string> {
  const url = `http://${firestore}/v1/projects/${projectId}/databases/(default)/documents/${path}`;
  const answer = await fetch(url, { headers: { authorization: "Bearer owner" } });
  return answer.text();
}

/** Resolves once the document contains the text, for what no page shows. */
export async function isStored(endpoints: Endpoints, path: string, text: RegExp): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = await stored(endpoints, path);
    if (text.test(found.replaceAll(/\s/g, ""))) return;
    assert.ok(performance.now() < deadline, `${path} does not have ${text}: ${found}`);
  }
}
