import { readdir, readFile } from "node:fs/promises";

/** Linux counts processor time in clock ticks. */
const TICKS_PER_SECOND = 100;

/**
 * The processor time (s) used so far by LiveKit, the process with an argument in `folder` that names LiveKit's configuration. Undefined where there is no `/proc`.
 *
 * @see {@link https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html | proc_pid_stat(5)}
 */
export async function livekitCpuSeconds(folder: string): Promise<number | undefined> {
  const pids = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    const args = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    if (!args.split("\0").some((arg) => arg.startsWith(folder) && arg.endsWith("livekit.yaml")))
      continue;
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    // The name before may contain spaces. The fields after it begin with the third one, the state.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  }
  return undefined;
}
