import { existsSync } from "node:fs";
import { LaunchError } from "../launchError.js";
import {
  buildLivekit,
  findLivekit,
  LIVEKIT_VERSION,
  LIVEKIT_VARIABLE,
  type Provided,
} from "./livekitBuild.mjs";
import { downloadLivekit, type DownloadOptions } from "./livekitRelease.js";
import { type Machine, thisMachine } from "./machine.mjs";

/**
 * Provides a `livekit-server` from PATH, the user's cache, a build with Go, or LiveKit's release.
 * Otherwise returns one line that explains how to get one; only the sound is missing then.
 */
export async function provideLivekitServer(
  options: DownloadOptions,
  machine: Machine = thisMachine,
): Promise<Provided> {
  const chosen = machine.environment[LIVEKIT_VARIABLE] ?? "";
  if (chosen === "none") return { missing: `no sound, as ${LIVEKIT_VARIABLE}=none asks.` };
  if (chosen !== "") {
    if (existsSync(chosen)) return { binary: chosen };
    throw new LaunchError(`${LIVEKIT_VARIABLE} names ${chosen}, which does not exist.`);
  }
  const found = await findLivekit(machine);
  if (found !== undefined) return { binary: found };
  const built = await buildLivekit(machine, options);
  if ("binary" in built) return built;
  const downloaded = await downloadLivekit(machine, options);
  if ("binary" in downloaded) return downloaded;
  return {
    missing: `no livekit-server here: ${built.missing}, and ${downloaded.missing}. ${howToGetLivekit(machine.platform)}`,
  };
}

export function howToGetLivekit(platform: NodeJS.Platform): string {
  switch (platform) {
    case "darwin":
      return "To have sound: `brew install livekit`, or install Go.";
    case "win32":
      return `To have sound: install Go, or put livekit-server.exe ${LIVEKIT_VERSION} from https://github.com/livekit/livekit/releases on PATH.`;
    default:
      return "To have sound: `curl -sSL https://get.livekit.io | bash`, or install Go.";
  }
}
