import { causesOf } from "./attemptAll.js";
import { log } from "./log.js";

/**
 * Does the remaining work of a call whose change is committed. If that fails, the call still succeeds, and
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
