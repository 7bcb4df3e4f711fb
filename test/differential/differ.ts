import fc from "fast-check";
import type { DocumentData } from "firebase/firestore";
import { inspect } from "node:util";
import { given, givenGone, set, stored, update } from "../support/rules/world.js";
import { commitAs } from "./commit.js";
import type { Exception, Subject } from "./subject.js";
import { writesOf } from "./values.js";

export interface Difference {
  readonly subject: string;
  readonly accepts: "rules" | "contract";
  readonly written: DocumentData;
  readonly why: string;
}

/** Writes random documents of a subject, and compares what the rules and the contract accept. */
export async function differ(
  subject: Subject,
  {
    seed,
    writes,
    exceptions,
  }: { readonly seed: number; readonly writes: number; readonly exceptions: readonly Exception[] },
): Promise<{
  readonly sent: number;
  readonly differences: readonly Difference[];
  readonly used: ReadonlySet<Exception>;
}> {
  const differences: Difference[] = [];
  const used = new Set<Exception>();
  const samples = [
    ...exceptions.filter((one) => one.subject === subject.name).map(({ example }) => example),
    ...fc.sample(writesOf(subject), { seed, numRuns: writes }),
  ];
  let isReset = false;
  for (const written of samples) {
    if (!isReset) await reset(subject);
    const { isStored, difference } = await attempt(subject, written);
    isReset = !isStored;
    if (!difference) continue;
    const exception = exceptions.find(
      ({ subject: name, accepts, covers }) =>
        name === subject.name && accepts === difference.accepts && covers(written),
    );
    if (exception) used.add(exception);
    else differences.push(difference);
  }
  return { sent: samples.length, differences, used };
}

async function reset({ path, before, beside = [] }: Subject): Promise<void> {
  const documents = before ? { [path]: before() } : {};
  await Promise.all([
    before ? given(documents) : givenGone(path),
    ...beside.map((write) => givenGone(write.path)),
  ]);
}

async function attempt(
  subject: Subject,
  written: DocumentData,
): Promise<{ readonly isStored: boolean; readonly difference?: Difference }> {
  const { name, caller, path, how, beside = [], document, writable } = subject;
  const write = how === "set" ? set(path, written) : update(path, written);
  const isAccepted = await commitAs(caller, [write, ...beside]);
  if (isAccepted === undefined) return { isStored: false };
  const contract = writable.safeParse(written);
  const differs = (accepts: Difference["accepts"], why: unknown) => ({
    isStored: isAccepted,
    difference: { subject: name, accepts, written, why: inspect(why, { depth: 4 }) },
  });
  if (!isAccepted) {
    return contract.success ? differs("contract", "the rules refuse it") : { isStored: false };
  }
  const read = document.safeParse(await stored(path));
  if (!read.success) return differs("rules", read.error.issues);
  return contract.success ? { isStored: true } : differs("rules", contract.error.issues);
}
