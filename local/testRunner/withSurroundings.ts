import { interruption } from "../process/interruption.js";
import { claimAnyRunDirectory, type RunDirectory } from "../suite/runDirectory.js";
import type { Extra, Requirement } from "./parts.js";
import { surround, type SurroundingsOptions } from "./surroundings.js";

interface Options extends Partial<Pick<SurroundingsOptions, "signal" | "audienceIntervalSeconds">> {
  /** Of the run's directory. */
  readonly name: string;
  /** Throws if one is missing. */
  readonly extras?: readonly Extra[];
}

/**
 * Starts what a command needs, and stops it afterwards. The environment then has the emulators' addresses, which the
 * Admin SDK reads when it is loaded: import what uses it within `use`.
 */
export async function withSurroundings<Result>(
  needs: Requirement,
  { name, extras = [], signal = interruption(() => undefined), ...options }: Options,
  use: (directory: RunDirectory) => Promise<Result>,
): Promise<Result> {
  const directory = await claimAnyRunDirectory(name);
  try {
    const surroundings = await surround(needs, {
      ...options,
      directory,
      signal,
      extras: new Set(extras),
    });
    try {
      const missing = extras.map((extra) => surroundings.missing[extra]).find(Boolean);
      if (missing !== undefined) throw new Error(missing);
      Object.assign(process.env, surroundings.environment);
      return await use(directory);
    } finally {
      await surroundings.stop();
    }
  } finally {
    await directory.release();
  }
}
