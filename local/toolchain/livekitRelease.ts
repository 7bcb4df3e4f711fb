import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileInTarGz, fileInZip } from "./archives.js";
import { keepLivekit, LIVEKIT_VERSION, type Provided, withDraft } from "./livekitBuild.mjs";
import type { Machine } from "./machine.mjs";

/** The base URL of LiveKit's releases, each in a folder with its version. */
export const LIVEKIT_RELEASES = "https://github.com/livekit/livekit/releases/download";

/** The timeout between two chunks of the download. */
const PATIENCE_MILLISECONDS = 30_000;

const architectures: Partial<Record<string, string>> = { x64: "amd64", arm64: "arm64" };

/** The release archive for a machine. Undefined if LiveKit has none, such as for macOS. */
export function releaseArchive({ platform, arch }: Pick<Machine, "platform" | "arch">) {
  const architecture = architectures[arch];
  if (architecture === undefined) return undefined;
  const name = `livekit_${LIVEKIT_VERSION}_${platform === "win32" ? "windows" : platform}_${architecture}`;
  if (platform === "linux") return `${name}.tar.gz`;
  return platform === "win32" ? `${name}.zip` : undefined;
}

export interface DownloadOptions {
  readonly signal?: AbortSignal | undefined;
  readonly releases?: string;
  onProgress(line: string): void;
}

/**
 * Downloads LiveKit's own release into the cache, and refuses it if the checksum does not match.
 */
export async function downloadLivekit(
  machine: Machine,
  options: DownloadOptions,
): Promise<Provided> {
  const archive = releaseArchive(machine);
  if (archive === undefined) return { missing: "LiveKit has no release for this machine" };
  const { releases = LIVEKIT_RELEASES, signal } = options;
  const folder = `${releases}/v${LIVEKIT_VERSION}`;
  options.onProgress("downloading LiveKit (30 MB, once)");
  try {
    const checksums = await download(`${folder}/checksums.txt`, signal);
    const bytes = await download(`${folder}/${archive}`, signal);
    if (sha256(bytes) !== checksumOf(archive, checksums.toString("utf8"))) {
      return { missing: `${archive} is not what its checksum says` };
    }
    return await unpack(bytes, machine);
  } catch (error) {
    signal?.throwIfAborted();
    return { missing: `the download failed (${describe(error)})` };
  }
}

async function unpack(bytes: Buffer, machine: Machine): Promise<Provided> {
  const binary =
    machine.platform === "win32"
      ? fileInZip(bytes, "livekit-server.exe")
      : fileInTarGz(bytes, "livekit-server");
  if (binary === undefined) return { missing: "the release holds no livekit-server" };
  return withDraft(machine, async (draft) => {
    // Windows runs only files with this extension.
    const made = join(draft, "livekit-server.exe");
    await writeFile(made, binary);
    return keepLivekit(made, machine);
  });
}

async function download(url: string, signal: AbortSignal | undefined): Promise<Buffer> {
  const stalled = new AbortController();
  let timer = setTimeout(giveUp, PATIENCE_MILLISECONDS);
  function giveUp(): void {
    stalled.abort(new Error(`${url} stalls`));
  }
  try {
    const response = await fetch(url, {
      signal: AbortSignal.any([stalled.signal, ...(signal === undefined ? [] : [signal])]),
    });
    if (!response.ok) throw new Error(`${url} answers ${response.status}`);
    const pieces: Uint8Array[] = [];
    if (response.body !== null) {
      for await (const piece of response.body) {
        if (piece instanceof Uint8Array) pieces.push(piece);
        clearTimeout(timer);
        timer = setTimeout(giveUp, PATIENCE_MILLISECONDS);
      }
    }
    return Buffer.concat(pieces);
  } finally {
    clearTimeout(timer);
  }
}

/** A line of `checksums.txt`: the sum, spaces, the name. */
function checksumOf(archive: string, checksums: string): string | undefined {
  const line = checksums.split(/\r?\n/).find((each) => each.split(/[ *]+/)[1] === archive);
  return line?.split(" ")[0]?.toLowerCase();
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
