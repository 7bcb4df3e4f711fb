import type { z } from "zod";
import type { Caller } from "../caller.js";
import { deviceRef } from "../collections.js";
import type { unregisterDevice as contract } from "../contract/notifications.js";
import type { Dependencies } from "../dependencies.js";
import { deviceIdOf } from "./deviceId.js";

export async function unregisterDevice(
  { firestore: db }: Pick<Dependencies, "firestore">,
  { uid }: Pick<Caller, "uid">,
  { token }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  await db.runTransaction(async (transaction) => {
    const device = await transaction.get(deviceRef(db, deviceIdOf(token)));
    if (device.data()?.uid === uid) transaction.delete(device.ref);
  });
  return {};
}
