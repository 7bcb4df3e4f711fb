import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { promisify } from "node:util";

export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  /** Together with the pid, it identifies a process permanently, because the system reuses pids. */
  readonly startedAt: string;
}

/** All descendants of a process. Empty on Windows, where taskkill walks the tree itself. */
export async function descendantsOf(pid: number): Promise<readonly ProcessEntry[]> {
  const all = await listProcesses();
  const found: ProcessEntry[] = [];
  let parents = new Set([pid]);
  while (parents.size > 0) {
    const children = all.filter((entry) => parents.has(entry.parent));
    found.push(...children);
    parents = new Set(children.map((child) => child.pid));
  }
  return found;
}

export async function stillRunning(
  remembered: readonly ProcessEntry[],
): Promise<readonly ProcessEntry[]> {
  if (remembered.length === 0) return [];
  const now = new Set((await listProcesses()).map(identityOf));
  return remembered.filter((entry) => now.has(identityOf(entry)));
}

/** Undefined if there is no such process. */
export async function findProcess(pid: number): Promise<ProcessEntry | undefined> {
  if (process.platform === "win32") {
    return isAlive(pid) ? { pid, parent: 0, startedAt: "" } : undefined;
  }
  return (await listProcesses()).find((entry) => entry.pid === pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function identityOf(entry: ProcessEntry): string {
  return `${entry.pid} ${entry.startedAt}`;
}

async function listProcesses(): Promise<readonly ProcessEntry[]> {
  switch (process.platform) {
    case "win32":
      return [];
    case "linux":
      return listFromProc();
    default:
      return listFromPs();
  }
}

/** Small Linux images have no `ps`. */
async function listFromProc(): Promise<readonly ProcessEntry[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const entries = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
      // The command before the last parenthesis may contain anything, even spaces and parentheses.
      const [state, parent, ...rest] = stat?.slice(stat.lastIndexOf(")") + 2).split(" ") ?? [];
      const startedAt = rest[17];
      if (state === undefined || state === "Z" || parent === undefined) return [];
      return startedAt === undefined
        ? []
        : [{ pid: Number(pid), parent: Number(parent), startedAt }];
    }),
  );
  return entries.flat();
}

async function listFromPs(): Promise<readonly ProcessEntry[]> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid=,stat=,lstart="]);
  return stdout.split("\n").flatMap((line) => {
    const [, pid, parent, state, startedAt] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.+)$/.exec(line) ?? [];
    if (pid === undefined || parent === undefined || startedAt === undefined) return [];
    if (state?.startsWith("Z") === true) return [];
    return [{ pid: Number(pid), parent: Number(parent), startedAt: startedAt.trim() }];
  });
}
