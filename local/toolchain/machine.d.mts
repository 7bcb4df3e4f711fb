/** The edges: what differs from machine to machine. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** Never rejects: what could not be started is not ok. */
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

/** Where programs keep what they can get again. */
export function userCache(machine: Machine): string;
