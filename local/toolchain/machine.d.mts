/** What differs from machine to machine, so that tests can replace it. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** Never rejects: a command that could not be started is reported as not ok. */
  run(
    command: string,
    args: readonly string[],
    options?: {
      readonly cwd?: string;
      readonly env?: Readonly<Record<string, string | undefined>>;
      readonly signal?: AbortSignal | undefined;
      readonly timeout?: number;
    },
  ): Promise<{ readonly ok: boolean; readonly output: string }>;
}

export const thisMachine: Machine;

/** The cache directory for files that can be downloaded again. */
export function userCache(machine: Machine): string;
