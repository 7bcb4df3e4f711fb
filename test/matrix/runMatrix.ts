import { type Answer, Rest } from "./rest.js";
import { everyone, optionsOf, personaOf, type Role } from "./roles.js";
import { rows } from "./rows/rows.js";
import { isAllowed, type Row, type ShowState } from "./table.js";
import { sceneOf, seededDocuments } from "./documents.js";

/** One request of one role in one state of a show: what the table expects, and what the rules answered. */
export interface Cell {
  readonly path: string;
  readonly operation: Row["operation"];
  readonly what: string;
  readonly role: Role;
  readonly state: ShowState;
  readonly expected: "allow" | "deny";
  readonly answer: "allow" | "deny" | "error";
  /** The emulator's error, if it neither allowed nor denied. */
  readonly error?: string;
}

export interface MatrixOptions {
  /** A project of the emulator in FIRESTORE_EMULATOR_HOST, with rules, and the documents of `prepareMatrix`. */
  readonly projectId: string;
  /** Only the rows of these paths, written as in `firestore.rules`. */
  readonly only?: readonly string[];
  /** Executes every nth cell only. */
  readonly every?: number;
  /** Stops after a wrong cell. */
  readonly stopsAtWrong?: true;
}

const REQUESTS_AT_ONCE = 32;
const MAX_REPEATS = 50;

/** Writes the documents, once: no cell changes them. */
export async function prepareMatrix(projectId: string): Promise<void> {
  await new Rest(projectId).seed(seededDocuments());
}

/** Executes the table's cells against the rules that are loaded. */
export async function runMatrix({
  projectId,
  only,
  every = 1,
  stopsAtWrong,
}: MatrixOptions): Promise<readonly Cell[]> {
  const rest = new Rest(projectId);
  const chosen = rows.filter(({ path }) => only === undefined || only.includes(path));
  const waiting = spreadOut(
    chosen
      .flatMap((row) =>
        row.states.flatMap((state) => everyone.map((role) => ({ row, state, role }))),
      )
      .filter((_, index) => index % every === 0),
  );
  const cells: Cell[] = [];
  while (waiting.length > 0 && !(stopsAtWrong && cells.some(isWrong))) {
    const suspects: { readonly waiting: Waiting; readonly cell: Cell }[] = [];
    const work = async (): Promise<void> => {
      while (!stopsAtWrong || suspects.length === 0) {
        const next = waiting.pop();
        if (next === undefined) return;
        const cell = await execute(rest, next);
        if (isWrong(cell)) suspects.push({ waiting: next, cell });
        else cells.push(cell);
      }
    };
    await Promise.all(Array.from({ length: REQUESTS_AT_ONCE }, work));
    // The emulator also denies a request that waits too long for a document's lock, so wrong cells are repeated one
    // at a time. If there are more than `MAX_REPEATS`, the rules are wrong.
    for (const [index, each] of suspects.entries()) {
      cells.push(index < MAX_REPEATS ? await execute(rest, each.waiting) : each.cell);
    }
  }
  return cells;
}

interface Waiting {
  readonly row: Row;
  readonly state: ShowState;
  readonly role: Role;
}

export function isWrong({ expected, answer }: Cell): boolean {
  return expected !== answer;
}

export function describeCell({ path, operation, what, role, state, ...cell }: Cell): string {
  const where = `${state.status}, ${state.visibility}`;
  const got = cell.error === undefined ? cell.answer : `${cell.answer} (${cell.error})`;
  return `${path}: ${operation} ${what}, ${role}, ${where}: expected ${cell.expected}, got ${got}`;
}

/** Separates neighbouring cells, which write the same document and would wait for its lock. */
function spreadOut<Item>(items: readonly Item[]): Item[] {
  const piles = 97;
  return Array.from({ length: piles }, (_, pile) =>
    items.filter((_, index) => index % piles === pile),
  ).flat();
}

async function execute(rest: Rest, { row, state, role }: Waiting): Promise<Cell> {
  const { path, operation, what } = row;
  const caller = {
    uid: role === "signed out" ? undefined : personaOf(role).uid,
    claims: optionsOf(role).claims ?? {},
  };
  const answer = await rest.ask(row.request(sceneOf(state, role)), caller);
  return {
    path,
    operation,
    what,
    role,
    state,
    expected: isAllowed(row, role, state) ? "allow" : "deny",
    ...answerOf(row, answer),
  };
}

function answerOf(row: Row, answer: Answer): Pick<Cell, "answer" | "error"> {
  if (answer.kind === "allowed") return { answer: "allow" };
  if (answer.kind === "denied") return { answer: "deny" };
  if (answer.kind === "missing" && row.mayBeMissing) return { answer: "allow" };
  return {
    answer: "error",
    error: answer.kind === "error" ? answer.text : "there is no such document",
  };
}
