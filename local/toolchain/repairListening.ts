import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { synchronize } from "./classFile.js";

/** The Firestore emulator's classes that send answers, to SDKs with gRPC and to SDKs in a browser. */
export const classesToRepair = [
  "io/grpc/stub/ServerCalls$ServerCallStreamObserverImpl.class",
  "com/google/cloud/datastore/emulator/firestore/webchannel/FirestoreV1WebChannelAdapter$WebChannelObserver.class",
];

/** A change of these files makes a new jar. */
export const repairSources = ["repairListening.ts", "classFile.ts"].map((file) =>
  join(import.meta.dirname, file),
);

/**
 * Lets answers on a listen stream take turns, in the classes that were extracted into `directory`. Without it, the
 * thread of a new listener and the thread of a write send at once. Their bytes get mixed up, the SDK reads
 * RESOURCE_EXHAUSTED, and none of its listeners hears anything for up to a minute. Production has no such fault.
 */
export async function repairListening(directory: string): Promise<void> {
  await Promise.all(
    classesToRepair.map(async (name) => {
      const path = join(directory, name);
      const methods = ["onNext", "onError", "onCompleted"];
      await writeFile(path, synchronize(await readFile(path), methods));
    }),
  );
}
