import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

export interface ProcessMemory {
  readonly pid: number;
  readonly command: string;
  readonly bytes: number;
}

/**
 * The memory of a process. On Linux, a page shared by several processes counts proportionally
 * (PSS), so that sums are correct; elsewhere it counts fully for each (RSS). Undefined if the
 * process has ended.
 */
export async function memoryOf(pid: number): Promise<ProcessMemory | undefined> {
  try {
    return process.platform === "linux" ? await readProc(pid) : await askPs(pid);
  } catch {
    return undefined;
  }
}

/** Parses a line of `/proc/<pid>/smaps_rollup`, such as `Pss:   1234 kB`. */
export function readPss(rollup: string): number {
  const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1];
  if (kilobytes === undefined) throw new Error("smaps_rollup has no Pss");
  return Number(kilobytes) * 1_024;
}

async function readProc(pid: number): Promise<ProcessMemory> {
  const [rollup, commandLine] = await Promise.all([
    readFile(`/proc/${pid}/smaps_rollup`, "utf8"),
    readFile(`/proc/${pid}/cmdline`, "utf8"),
  ]);
  return { pid, command: commandLine.replaceAll("\0", " ").trim(), bytes: readPss(rollup) };
}

async function askPs(pid: number): Promise<ProcessMemory> {
  const { stdout } = await promisify(execFile)("ps", ["-o", "rss=,command=", "-p", `${pid}`]);
  const [, kilobytes, command] = /^\s*(\d+)\s+(.*)$/m.exec(stdout) ?? [];
  if (kilobytes === undefined || command === undefined) throw new Error("ps has no such process");
  return { pid, command, bytes: Number(kilobytes) * 1_024 };
}
