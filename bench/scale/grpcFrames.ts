const HEADER_BYTES = 5;

/**
 * Reassembles the messages of one direction of a gRPC call from its chunks.
 * https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
 */
export class GrpcFrames {
  #rest = new Uint8Array();

  /** Returns the messages that this chunk completes. */
  add(chunk: Uint8Array): Uint8Array[] {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const messages: Uint8Array[] = [];
    let position = 0;
    while (bytes.length - position >= HEADER_BYTES) {
      if (view.getUint8(position) !== 0) throw new Error("compressed gRPC is not supported");
      const end = position + HEADER_BYTES + view.getUint32(position + 1);
      if (end > bytes.length) break;
      messages.push(bytes.subarray(position + HEADER_BYTES, end));
      position = end;
    }
    this.#rest = bytes.slice(position);
    return messages;
  }
}
