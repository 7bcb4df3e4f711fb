import { normalize } from "node:path";
import type { BrowserMachine } from "../../toolchain/chromium.js";

export type Command = (
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
) => { readonly ok: boolean; readonly output: string };

export interface MachineParts extends Partial<
  Pick<BrowserMachine, "platform" | "arch" | "environment" | "home" | "isRoot">
> {
  /** The commands that exist on this machine. */
  readonly commands?: Readonly<Record<string, Command>>;
  readonly files?: readonly string[];
  readonly directories?: Readonly<Record<string, readonly string[]>>;
}

/** A machine as the test describes it, which records the commands that it runs. */
export function machineOf(parts: MachineParts): BrowserMachine & { readonly ran: string[] } {
  const ran: string[] = [];
  // Makes paths with slashes work on Windows too.
  const commands = new Map(Object.entries(parts.commands ?? {}).map(native));
  const directories = new Map(Object.entries(parts.directories ?? {}).map(native));
  return {
    platform: "linux",
    arch: "x64",
    environment: {},
    home: "/home/eve",
    isRoot: false,
    ...parts,
    ran,
    run(command, args, { env = {} } = {}) {
      ran.push([command, ...args].join(" "));
      const act = commands.get(normalize(command));
      return Promise.resolve(act?.(args, env) ?? { ok: false, output: "ENOENT" });
    },
    exists: (path) => parts.files?.some((file) => normalize(file) === normalize(path)) ?? false,
    listDirectory: (path) => directories.get(normalize(path)) ?? [],
  };
}

function native<Value>([path, value]: [string, Value]): [string, Value] {
  return [normalize(path), value];
}

export const says =
  (output: string, ok = true): Command =>
  () => ({ ok, output });
