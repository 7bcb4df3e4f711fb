/** The time of a step. */
export interface Now {
  /** On the device's monotonic clock. */
  readonly local: number;
  /** From the monotonic clock to the server's; undefined while that is not measured. */
  readonly serverOffset: number | undefined;
  /** From 0 to 1. It spreads the retries of many phones. */
  readonly random: number;
}

/** The server's time at a moment of the device's monotonic clock. */
export function serverTime(
  { serverOffset }: Pick<Now, "serverOffset">,
  local: number,
): number | undefined {
  return serverOffset === undefined ? undefined : local + serverOffset;
}

/** A moment of the server's clock, on the device's monotonic clock. */
export function localTime(
  { local, serverOffset }: Pick<Now, "local" | "serverOffset">,
  serverMs: number,
): number {
  return serverOffset === undefined ? local : serverMs - serverOffset;
}
