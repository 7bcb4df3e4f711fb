import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ClassFile } from "./classFile.js";

/** Longer than the emulator takes from a commit to telling the listeners. */
const LAG_MS = 1_000n;

/**
 * Repairs of the Firestore emulator, by class. Production has neither fault. Both were seen with listeners
 * that are added while somebody writes, more often the busier the machine is.
 *
 * 1. Two threads answer on one listen stream at once, a new listener's and a writer's. The bytes get mixed up, the
 *    SDK reads RESOURCE_EXHAUSTED, and none of its listeners hears anything for up to a minute. So answers take
 *    turns.
 * 2. The emulator calls a listener up to date as of now, although a commit from shortly before is still
 *    on its way. The SDK ignores a document that is older than its absence, so the new document never
 *    appears. So the emulator says up to date as of a second ago.
 */
const REPAIRS: Readonly<Record<string, (file: ClassFile) => void>> = {
  "io/grpc/stub/ServerCalls$ServerCallStreamObserverImpl": takeTurns,
  "com/google/cloud/datastore/emulator/firestore/webchannel/FirestoreV1WebChannelAdapter$WebChannelObserver":
    takeTurns,
  "com/google/cloud/datastore/emulator/impl/firestore/CloudFirestoreV1ListenStream": lag,
};

/** The classes to extract from the emulator's jar. */
export const classesToRepair = Object.keys(REPAIRS).map((name) => `${name}.class`);

/** A change of this file makes a new jar. */
export const repairSource = fileURLToPath(import.meta.url);

/** Repairs the classes that were extracted into `directory`. */
export async function repairListening(directory: string): Promise<void> {
  await Promise.all(
    Object.entries(REPAIRS).map(async ([name, repair]) => {
      const path = join(directory, `${name}.class`);
      const file = new ClassFile(await readFile(path));
      repair(file);
      await writeFile(path, file.bytes);
    }),
  );
}

function takeTurns(file: ClassFile): void {
  for (const method of ["onNext", "onError", "onCompleted"]) file.synchronize(method);
}

function lag(file: ClassFile): void {
  const now = file.addMethod("java/time/Instant", "now", "()Ljava/time/Instant;");
  const minus = file.addMethod("java/time/Instant", "minusMillis", "(J)Ljava/time/Instant;");
  const ms = file.addLong(LAG_MS);
  const earlier = Buffer.from([INVOKE_STATIC, 0, 0, LOAD_LONG, 0, 0, INVOKE_VIRTUAL, 0, 0]);
  earlier.writeUInt16BE(now, 1);
  earlier.writeUInt16BE(ms, 4);
  earlier.writeUInt16BE(minus, 7);
  for (const method of ["notifySynced", "notifyCurrent"]) {
    file.replaceCode(method, THIS_TIME_SOURCE_INSTANT, earlier);
  }
}

const LOAD_LONG = 0x14;
const INVOKE_VIRTUAL = 0xb6;
const INVOKE_STATIC = 0xb8;
/** `this.timeSource.instant()`: aload_0, getfield, invokeinterface. */
const THIS_TIME_SOURCE_INSTANT = /\x2a\xb4[^]{2}\xb9[^]{2}\x01\x00/g;
