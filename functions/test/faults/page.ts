import { families, faults, MAX_STRIKES, type Fault } from "./faults.js";
import { boundOf, healers } from "./healers.js";
import type { Cell } from "./judge.js";
import { notCovered } from "./covered.js";
import type { Operation } from "./operation.js";
import { operations } from "./operations.js";

export const pageFile = new URL("../../../docs/RELIABILITY.md", import.meta.url);

/** The heading of a family's table. */
export const headingOf = (family: Fault["family"]): string => `## ${family}`;

export interface Run {
  readonly cells: readonly Cell[];
  /** How many cells are broken, and functions that nothing reaches. */
  readonly broken: number;
  readonly date: string;
  readonly machine: string;
  readonly seconds: number;
}

/** Renders `docs/RELIABILITY.md` from a run of all cells. */
export function renderPage({ cells, broken, date, machine, seconds }: Run): string {
  const runs = cells.reduce((sum, cell) => sum + cell.runs, 0);
  return `# Reliability

What each operation does under each fault, and how long it takes until all is right again. Measured by \`npm run test:faults\`
on ${date}, on ${machine}: ${cells.length} cells with ${runs} runs in ${Math.round(seconds / 60)} min, ${broken} broken.

A run sets up a show with five people and strikes one operation with one fault. The triggers, webhooks and tasks that follow from
the operation happen under that fault, too. Then the fault ends and the healers run: events and tasks that failed come again at
once, and the [sweeps](concepts/repair.md#one-path-one-healer) come once a minute. Time passes on a clock that the run moves. A
cell is right if

- all [invariants](../test/model/invariants/all.ts) of the model of the show hold, and the published audience is right;
- the operation is done completely if the caller was answered "ok", and otherwise completely or not at all;
- calling again, after any other answer, does it completely.

The faults strike the code of the functions in the run's own process. Firestore is the emulator; Spotify and Stripe are the
local servers behind production's adapters; LiveKit, FCM and Firebase Auth are models of their ports. The tests named
\`*.outage.test.ts\` strike a real LiveKit, and those named \`*.emulator.test.ts\` the real triggers.

A cell says what the caller got, and after how many minutes all was right: the worst of its runs. "no answer" is a function that
was killed, "error" is \`INTERNAL\`, and a name is the reason of a refusal. "at once" needs no sweep. "–" means that the fault
cannot strike the operation. "lost" is in the [list of what nothing makes up for](#what-nothing-makes-up-for). An error of
Firestore is one that its SDK passes on after its own repeats. Where an operation makes more than ${MAX_STRIKES} requests, ${MAX_STRIKES} of them
are struck, evenly spread.

## Healers

A cell that takes longer than its operation's healers may is broken.

| Operation | Completed by | Within |
| --- | --- | --- |
${operations.map(healersOf).join("\n")}

## What nothing makes up for

In exactly these runs exactly this stays wrong. Anything more is broken, and so is a loss that no longer occurs.

${operations.flatMap(lossesOf).join("\n")}

## Functions without cells

Each other deployed function belongs to an operation, follows from one or is a healer.

| Function | Why it has no cells |
| --- | --- |
${Object.entries(notCovered)
  .map(([name, reason]) => `| \`${name}\` | ${reason} |`)
  .join("\n")}

${families.map((family) => tableOf(family, cells)).join("\n\n")}
`;
}

function healersOf({ name, healers: own }: Operation): string {
  const texts = own.map((each) => healers[each].text).join("; ");
  return `| ${name} | ${texts} | ${withinMinutes(boundOf(own))} |`;
}

function lossesOf({ name, losses = [] }: Operation): readonly string[] {
  return losses.map(
    ({ fault, runs, meaning }) =>
      `- **${name}**, ${fault}, in ${runs} ${runs === 1 ? "run" : "runs"}: ${meaning}.`,
  );
}

function tableOf(family: Fault["family"], cells: readonly Cell[]): string {
  const columns = faults.filter((fault) => fault.family === family);
  const rows = operations.flatMap((operation) => {
    const own = columns.map(({ name }) =>
      cells.find(
        ({ operation: of, fault }) =>
          of === operation.name && fault.family === family && fault.name === name,
      ),
    );
    if (own.every((cell) => cell === undefined)) return [];
    return [`| ${operation.name} | ${own.map(textOf).join(" | ")} |`];
  });
  return [
    `${headingOf(family)}\n`,
    `| Operation | ${columns.map(({ name }) => name).join(" | ")} |`,
    `| --- | ${columns.map(() => "---").join(" | ")} |`,
    ...rows,
  ].join("\n");
}

function textOf(cell: Cell | undefined): string {
  if (!cell) return "–";
  const answers = cell.outcomes.map((outcome) => {
    if (outcome === "INTERNAL") return "error";
    return outcome === "ok" || outcome === "no answer" ? outcome : `\`${outcome}\``;
  });
  return `${answers.join(" or ")}; ${healedAfter(cell)}`;
}

function healedAfter({ broken, minutesToHeal }: Cell): string {
  if (broken.length > 0) return "**broken**";
  if (minutesToHeal === null) return "lost";
  return withinMinutes(minutesToHeal);
}

function withinMinutes(minutes: number): string {
  return minutes === 0 ? "at once" : `${minutes} min`;
}
