import { join, relative } from "node:path";
import { writeAtomically } from "../files/atomicFile.js";
import { isArray, readJson, recordOf } from "../files/json.js";
import { root } from "../files/paths.js";
import type { PortName, Ports } from "./ports.js";

/**
 * Generates firebase.json with this run's ports and folder for the functions' params. It is written
 * next to the original, because firebase-tools refuses paths outside its config's folder.
 */
export async function writeFirebaseConfig(
  name: string,
  ports: Ports,
  paramsDirectory: string,
): Promise<string> {
  const file = join(root, `firebase.${name}.local.json`);
  const original = await readJson(join(root, "firebase.json"));
  const config = localConfig(original, ports, relative(root, paramsDirectory));
  await writeAtomically(file, `${JSON.stringify(config, null, 2)}\n`);
  return file;
}

export function localConfig(original: unknown, ports: Ports, configDir: string): object {
  const config = recordOf(original);
  const emulators = recordOf(config.emulators);
  const moved = (name: PortName, more: object = {}): object => ({
    ...recordOf(emulators[name]),
    port: ports[name],
    ...more,
  });
  const functions = isArray(config.functions) ? config.functions : [config.functions];
  return {
    ...config,
    functions: functions.map((codebase, index) =>
      index === 0
        ? { ...recordOf(codebase), configDir: configDir.replaceAll("\\", "/") }
        : codebase,
    ),
    emulators: {
      ...emulators,
      auth: moved("auth"),
      firestore: moved("firestore", { websocketPort: ports.firestoreWebsocket }),
      functions: moved("functions"),
      tasks: moved("tasks"),
      eventarc: moved("eventarc"),
      hub: moved("hub"),
      logging: moved("logging"),
    },
  };
}
