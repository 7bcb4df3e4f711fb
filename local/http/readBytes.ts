import type { IncomingMessage } from "node:http";

export class BodyTooLargeError extends Error {}

/** A request's body to its end, as it came. */
export async function readBytes(message: IncomingMessage, largest: number): Promise<Buffer> {
  // A caller can only read the 413 once its own sending is over; beyond this nobody waits for it.
  const largestDrained = 16 * largest;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > largestDrained) break;
    if (size <= largest) chunks.push(chunk);
  }
  if (size > largest) throw new BodyTooLargeError();
  return Buffer.concat(chunks);
}
