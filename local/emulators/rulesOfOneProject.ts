// The Firebase CLI loads this file on plain Node, so it must not import anything from this
// repository.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import downloadable from "firebase-tools/lib/emulator/downloadableEmulators.js";
import firestore from "firebase-tools/lib/emulator/firestoreEmulator.js";
import registry from "firebase-tools/lib/emulator/registry.js";

/*
 * The Firestore emulator compiles its rules again for each project and database, which takes 0.3 s of
 * CPU. Many tests use a project of their own, where only an administrator reads and writes: half of the
 * emulator's CPU time went into rules that were never asked. So the emulator starts with short rules,
 * and only the suite's own project gets the real ones. A change of their file still applies at once.
 */

const closed = fileURLToPath(new URL("closed.rules", import.meta.url));

const { start } = downloadable;
downloadable.start = (name, args) =>
  start(name, name === "firestore" ? { ...args, rules: closed } : args);

const { EmulatorRegistry } = registry;
const startEmulator = EmulatorRegistry.start;
EmulatorRegistry.start = async (emulator) => {
  await startEmulator.call(EmulatorRegistry, emulator);
  if (!(emulator instanceof firestore.FirestoreEmulator)) return;
  const { rules } = emulator.args;
  if (rules === undefined) return;
  const issues = await emulator.updateRules(await readFile(rules, "utf8"));
  for (const issue of issues) console.warn(emulator.prettyPrintRulesIssue(rules, issue));
};
