import { families, faults, MAX_STRIKES, type Fault } from "./faults.js";
import type { Cell } from "./matrix.js";
import { operations, type Operation } from "./operations.js";

export const pageFile = new URL("../../../docs/RELIABILITY.md", import.meta.url);

/** The heading of a family's table. */
export const headingOf = (family: Fault["family"]): string => `## ${family}`;

export interface Run {
  readonly cells: readonly Cell[];
  readonly date: string;
  readonly machine: string;
  readonly seconds: number;
}

/** Renders `docs/RELIABILITY.md` from a run of all cells. */
export function renderPage({ cells, date, machine, seconds }: Run): string {
  const strikes = cells.reduce((sum, cell) => sum + cell.strikes, 0);
  const broken = cells.filter((cell) => cell.broken.length > 0).length;
  return `# Reliability

What each operation does under each fault, and how long it takes until all is right again. Measured by \`npm run test:faults\`
on ${date}, on ${machine}: ${cells.length} cells with ${strikes} runs in ${Math.round(seconds / 60)} min, ${broken} broken.

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

| Operation | Completed by |
| --- | --- |
${operations.map(({ name, healer }) => `| ${name} | ${healer} |`).join("\n")}

## What nothing makes up for

${operations.flatMap(lossesOf).join("\n")}

${families.map((family) => tableOf(family, cells)).join("\n\n")}
`;
}

function lossesOf({ name, accepts = {} }: Operation): readonly string[] {
  return Object.entries(accepts).map(([fault, loss]) => `- **${name}**, ${fault}: ${loss}.`);
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
  return minutesToHeal === 0 ? "at once" : `${minutesToHeal} min`;
}
