import { setTimeout as sleep } from "node:timers/promises";

const MAX_ATTEMPTS = 60;
const PAUSE_MS = 1_000;

/**
 * Deletes all documents of a project in the emulator at the address.
 * @see {@link https://firebase.google.com/docs/emulator-suite/connect_firestore#clear_your_database_between_tests | Clear your database}
 */
export async function emptyFirestore(address: string, projectId: string): Promise<void> {
  const documents = `emulator/v1/projects/${projectId}/databases/(default)/documents`;
  for (let tries = 1; ; tries += 1) {
    const answer = await fetch(`http://${address}/${documents}`, { method: "DELETE" });
    if (answer.ok) return;
    // Statuses 409 and 499 mean that a transaction is still running.
    if (tries === MAX_ATTEMPTS) throw new Error(`Firestore is not emptied: ${answer.status}`);
    await sleep(PAUSE_MS);
  }
}
