export class BodyTooLargeError extends Error {}

/** Reads a request's body as raw bytes. */
export async function readBytes(message: AsyncIterable<unknown>, largest: number): Promise<Buffer> {
  // A caller can read the 413 only after sending its whole body. Beyond this limit, cut the
  // connection.
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
