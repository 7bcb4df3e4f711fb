import { readFile } from "node:fs/promises";
import { emulator } from "./world.js";

const rulesFile = new URL("../../../firestore.rules", import.meta.url);

/** Replaces a project's rules with these, or with those of this repository. */
export async function loadRules(projectId: string, source?: string): Promise<void> {
  const error = await tryRules(projectId, source ?? (await readFile(rulesFile, "utf8")));
  if (error !== undefined) throw new Error(`The rules do not load: ${error}`);
}

/** Replaces a project's rules. Returns the compiler's error, if they do not compile. */
export async function tryRules(projectId: string, source: string): Promise<string | undefined> {
  const { host, port } = emulator();
  const address = `http://${host}:${port}/emulator/v1/projects/${projectId}:securityRules`;
  const content = { rules: { files: [{ name: "firestore.rules", content: source }] } };
  const answer = await fetch(address, { method: "PUT", body: JSON.stringify(content) });
  const text = await answer.text();
  if (answer.ok) return undefined;
  if (answer.status === 400) return text;
  throw new Error(`The emulator does not load rules: ${answer.status} ${text}`);
}
