import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { replaceLong, replaceName, synchronize } from "./classFile.js";

/** Production notices at once that transactions wait for each other. */
const LOCK_TIMEOUT_MS = 400n;

/**
 * Lets answers on a listen stream take turns. Without it, the thread of a new listener and the thread of a write send at
 * once. Their bytes get mixed up, the SDK reads RESOURCE_EXHAUSTED, and none of its listeners hears anything for up to a
 * minute. Production has no such fault.
 */
const takeTurns = (classFile: Buffer): Buffer =>
  synchronize(classFile, ["onNext", "onError", "onCompleted"]);

/** Repairs of classes of the Firestore emulator, by file: their defects make tests fail. */
const repairs: Readonly<Record<string, (classFile: Buffer) => Buffer>> = {
  // These two send answers: to SDKs with gRPC, and to SDKs in a browser.
  "io/grpc/stub/ServerCalls$ServerCallStreamObserverImpl.class": takeTurns,
  "com/google/cloud/datastore/emulator/firestore/webchannel/FirestoreV1WebChannelAdapter$WebChannelObserver.class":
    takeTurns,
  // Two transactions that read the same document and then write it wait for each other, until the first lock request
  // times out after 2 s: the only `long` of that value. The class that waits reads the number as seconds from now on,
  // so that it counts milliseconds.
  "com/google/cloud/datastore/emulator/impl/firestore/CloudFirestoreV1.class": (classFile) =>
    replaceLong(classFile, 2n, LOCK_TIMEOUT_MS),
  "com/google/cloud/datastore/emulator/impl/transactions/ReactiveLockManager.class": (classFile) =>
    replaceName(classFile, "toMillis", "toSeconds"),
};

export const classesToRepair = Object.keys(repairs);

/** A change of these files makes a new jar. */
export const repairSources = ["repairEmulator.ts", "classFile.ts"].map((file) =>
  join(import.meta.dirname, file),
);

/** Repairs the classes that were extracted into `directory`. */
export async function repairEmulator(directory: string): Promise<void> {
  await Promise.all(
    Object.entries(repairs).map(async ([name, repair]) => {
      const path = join(directory, name);
      await writeFile(path, repair(await readFile(path)));
    }),
  );
}
