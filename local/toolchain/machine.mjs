// Plain JavaScript, because the bootstrap needs it before anything is installed. Its types are in
// machine.d.mts.
import { execFile } from "node:child_process";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

export const thisMachine = {
  platform: process.platform,
  arch: process.arch,
  environment: process.env,
  home: homedir(),
  run(command, args, { cwd, env, signal, timeout = 10_000 } = {}) {
    return new Promise((resolve) => {
      const options = { cwd, env, signal, timeout, windowsHide: true, maxBuffer: 2 ** 26 };
      execFile(command, args, options, (error, stdout, stderr) => {
        resolve({ ok: error === null, output: `${stdout}${stderr}` });
      });
    });
  },
};

/** The cache directory for files that can be downloaded again. */
export function userCache({ platform, environment, home }) {
  if (platform === "win32") return environment.LOCALAPPDATA ?? join(home, "AppData", "Local");
  if (platform === "darwin") return join(home, "Library", "Caches");
  const chosen = environment.XDG_CACHE_HOME ?? "";
  return isAbsolute(chosen) ? chosen : join(home, ".cache");
}
