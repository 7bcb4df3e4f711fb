import { gunzipSync, inflateRawSync } from "node:zlib";

/** Reads a file from a tar.gz, in any folder. Undefined if there is none with that name. */
export function fileInTarGz(archive: Uint8Array, name: string): Buffer | undefined {
  const tar = gunzipSync(archive);
  const text = (from: number, length: number): string =>
    tar.toString("latin1", from, from + length).replace(/\0.*$/s, "");
  for (let header = 0; header + 512 <= tar.length;) {
    const size = Number.parseInt(text(header + 124, 12).trim() || "0", 8);
    if (!(size >= 0)) throw new Error("The archive is damaged.");
    if (lastSegment(text(header, 100)) === name) {
      return tar.subarray(header + 512, header + 512 + size);
    }
    header += 512 + Math.ceil(size / 512) * 512;
  }
  return undefined;
}

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const STORED = 0;

/** Reads a file from a zip, in any folder. Undefined if there is none with that name. */
export function fileInZip(archive: Uint8Array, name: string): Buffer | undefined {
  const zip = Buffer.from(archive);
  const end = zip.lastIndexOf(signature(END_OF_DIRECTORY));
  if (end < 0) throw new Error("The archive is damaged.");
  let entry = zip.readUInt32LE(end + 16);
  for (let count = zip.readUInt16LE(end + 10); count > 0; count -= 1) {
    if (zip.readUInt32LE(entry) !== DIRECTORY_ENTRY) throw new Error("The archive is damaged.");
    const nameLength = zip.readUInt16LE(entry + 28);
    if (lastSegment(zip.toString("utf8", entry + 46, entry + 46 + nameLength)) === name) {
      // Read the sizes from the directory, because the file's own header may omit them.
      const size = zip.readUInt32LE(entry + 20);
      const local = zip.readUInt32LE(entry + 42);
      const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      const packed = zip.subarray(start, start + size);
      return zip.readUInt16LE(entry + 10) === STORED ? packed : inflateRawSync(packed);
    }
    entry += 46 + nameLength + zip.readUInt16LE(entry + 30) + zip.readUInt16LE(entry + 32);
  }
  return undefined;
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
