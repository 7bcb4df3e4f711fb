import { causesOf } from "./attemptAll.js";
import { log } from "./log.js";

/**
 * For the end of a call whose change is committed: does the rest of it now. If that fails, the call still succeeds, and
 * a sweep completes it.
 */
export async function leaveToSweep(
  message: string,
  fields: Readonly<Record<string, unknown>>,
  work: () => Promise<unknown>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    log("WARNING", message, { ...fields, errors: causesOf(error).map(String) });
  }
}
