import type { z } from "zod";
import type { Caller } from "../callable.js";
import { liveShowRef, showRef, userRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { Refusal, type RefusalReason, refusals } from "../errors.js";
import { readTogether } from "../readTogether.js";
import { lifecycleStep } from "./lifecycle.js";
import type { checkShow as contract, ShowStatus } from "./schema.js";

/** Looks for what `startShow` would refuse now. It changes nothing. */
export async function checkShow(
  deps: Pick<Dependencies, "firestore" | "rooms">,
  caller: Caller,
  { showId }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const db = deps.firestore;
  const [showSnapshot, liveShowSnapshot, userSnapshot] = await readTogether(
    db,
    showRef(db, showId),
    liveShowRef(db, caller.uid),
    userRef(db, caller.uid),
  );
  const show = showSnapshot.data();
  if (!show) throw new Refusal("SHOW_NOT_FOUND");
  if (show.creatorUid !== caller.uid) throw new Refusal("NOT_CREATOR");
  const liveShow = liveShowSnapshot.data();
  const reasons: RefusalReason[] = [
    ...(isStartable(show.status) ? [] : ["SHOW_NOT_STARTABLE" as const]),
    ...(liveShow && liveShow.showId !== showId ? ["ALREADY_LIVE" as const] : []),
    ...(userSnapshot.exists ? [] : ["PROFILE_NOT_FOUND" as const]),
    ...((await hasSound(deps)) ? [] : ["AUDIO_UNAVAILABLE" as const]),
  ];
  return { problems: reasons.map((reason) => ({ reason, message: refusals[reason].message })) };
}

function isStartable(status: ShowStatus): boolean {
  try {
    lifecycleStep("start", status);
    return true;
  } catch {
    return false;
  }
}

/** Asks the rooms' server for something that costs nothing. */
async function hasSound({ rooms }: Pick<Dependencies, "rooms">): Promise<boolean> {
  try {
    await rooms.look("-");
    return true;
  } catch {
    return false;
  }
}
