import { open, readFile } from "node:fs/promises";
import { z } from "zod";
import type { CallableContract } from "../../src/contract/callable.js";
import * as admins from "../../src/contract/admins.js";
import * as reports from "../../src/contract/reports.js";
import * as suspensions from "../../src/contract/suspensions.js";
import { OPERATOR } from "../../src/admins/assertAdmin.js";
import { writeAudit } from "../../src/admins/writeAudit.js";
import { clientConfigRef, serviceWordsRef, usersRef } from "../../src/collections.js";
import { clientConfigDocument } from "../../src/contract/clientConfig.js";
import { personId } from "../../src/contract/fields.js";
import * as wordFilter from "../../src/contract/wordFilter.js";
import { eachPage } from "../../src/eachPage.js";
import { Refusal } from "../../src/errors.js";
import { pseudonymOf } from "../../src/log.js";
import { requestDeletion } from "../../src/privacy/deleteAccount.js";
import { exportAccount } from "../../src/privacy/exportAccount.js";
import { appealDecision } from "../../src/reports/appealDecision.js";
import { setWordFilter } from "../../src/wordFilter/setWordFilter.js";
import { decideAppeal } from "../../src/reports/decideAppeal.js";
import { hideComment } from "../../src/reports/hideComment.js";
import { liftSuspension } from "../../src/suspensions/liftSuspension.js";
import { listReports } from "../../src/reports/listReports.js";
import { resolveReport } from "../../src/reports/resolveReport.js";
import { setAdmin } from "../../src/admins/setAdmin.js";
import { suspendAccount } from "../../src/reports/suspendAccount.js";
import { takeDownShow } from "../../src/reports/takeDownShow.js";

import { latestAudit } from "./latestAudit.js";
import { type OperatorDependencies, projectIdOf } from "../support/operatorDependencies.js";
import { UsageError } from "../support/usageError.js";

export const optionTypes = {
  "help": { type: "boolean", short: "h" },
  "local": { type: "boolean" },
  "project": { type: "string" },
  "reason": { type: "string" },
  "state": { type: "string" },
  "limit": { type: "string" },
  "cursor": { type: "string" },
  "decision": { type: "string" },
  "outcome": { type: "string" },
  "until": { type: "string" },
  "set": { type: "string" },
  "log-of": { type: "string" },
} as const;

type Options = Readonly<
  Partial<Record<Exclude<keyof typeof optionTypes, "help" | "local">, string>>
>;

interface Command {
  /** The names of what follows the command. */
  readonly arguments: readonly string[];
  readonly options: string;
  readonly meaning: string;
  readonly run: (
    deps: OperatorDependencies,
    named: readonly string[],
    options: Options,
  ) => Promise<string>;
}

/** How many profiles are read at once. */
const PAGE = 1_000;

const auditPage = { request: z.object({ limit: z.int().min(1).max(1_000) }) };

const decisions = reports.resolveReport.request.shape.decision.options.join(" | ");

/** Each runs the operation of the callable with the same request, as the operator. */
export const commands: Readonly<Partial<Record<string, Command>>> = {
  "make": {
    arguments: ["uid"],
    options: "[--reason text]",
    meaning: "Makes a person an admin, such as the first one.",
    run: (deps, [uid], { reason = "made an admin by the operator" }) =>
      change(deps, uid, true, reason),
  },
  "unmake": {
    arguments: ["uid"],
    options: "--reason text",
    meaning: "Revokes the admin role.",
    run: (deps, [uid], { reason }) => change(deps, uid, false, reason),
  },
  "reports": {
    arguments: [],
    options: "[--state open | resolved | appealed | closed] [--limit n] [--cursor id]",
    meaning: "Lists reports: urgent ones first, then the oldest first.",
    async run(deps, _, { state, limit, cursor }) {
      const input = checked(reports.listReports, { state, limit: numberOf(limit), cursor });
      const { reports: page, cursor: next } = await listReports(deps, OPERATOR, input);
      const more = next === null ? [] : [`More: --cursor ${next}`];
      return page.length === 0 ? "No reports." : [...page.map(reportText), ...more].join("\n");
    },
  },
  "resolve": {
    arguments: ["reportId"],
    options: "--decision d --reason text [--until time]",
    meaning: `Decides a report: ${decisions}.`,
    async run(deps, [reportId], { decision, reason, until }) {
      const end = until === undefined ? undefined : (timeOf(until) ?? undefined);
      const input = checked(reports.resolveReport, { reportId, decision, reason, until: end });
      const answer = await resolveReport(deps, OPERATOR, input);
      return `${answer.status}: ${answer.decision}${untilText(answer.until)}`;
    },
  },
  "decide-appeal": {
    arguments: ["reportId"],
    options: "--outcome upheld | reversed --reason text [--decision d [--until time]]",
    meaning:
      "Decides an appeal. If no_violation is reversed, --decision says what is decided instead.",
    async run(deps, [reportId], { outcome, reason, decision, until }) {
      const end = until === undefined ? undefined : (timeOf(until) ?? undefined);
      const request = { reportId, outcome, reason, decision, until: end };
      const answer = await decideAppeal(deps, OPERATOR, checked(reports.decideAppeal, request));
      return `${answer.state}: ${answer.outcome}`;
    },
  },
  "appeal": {
    arguments: ["reportId", "uid", "text"],
    options: "",
    meaning: "Files an appeal for a person who cannot sign in, such as a suspended one.",
    async run(deps, [reportId, uid, text]) {
      const person = await personOf(deps, uid);
      const input = checked(reports.appealDecision, { reportId, text });
      const answer = await appealDecision(deps, { uid: person }, input);
      await record(deps, { action: "fileAppeal", uid: person, reportId: answer.reportId });
      return answer.state;
    },
  },
  "hide": {
    arguments: ["showId", "commentId"],
    options: "--reason text",
    meaning: "Hides a comment for good.",
    async run(deps, [showId, commentId], { reason }) {
      const input = checked(reports.hideComment, { showId, commentId, reason });
      return `hidden, report ${(await hideComment(deps, OPERATOR, input)).reportId}`;
    },
  },
  "take-down": {
    arguments: ["showId"],
    options: "--reason text",
    meaning: "Takes a show down.",
    async run(deps, [showId], { reason }) {
      const input = checked(reports.takeDownShow, { showId, reason });
      return `taken down, report ${(await takeDownShow(deps, OPERATOR, input)).reportId}`;
    },
  },
  "suspend": {
    arguments: ["uid"],
    options: "--until time --reason text",
    meaning: "Suspends an account.",
    async run(deps, [uid], { until, reason }) {
      const end = until === undefined ? undefined : timeOf(until);
      const input = checked(suspensions.suspendAccount, { uid, until: end, reason });
      const answer = await suspendAccount(deps, OPERATOR, input);
      return `${answer.status}${untilText(answer.until)}`;
    },
  },
  "lift": {
    arguments: ["uid"],
    options: "--reason text",
    meaning: "Lifts a suspension now.",
    async run(deps, [uid], { reason }) {
      const input = checked(suspensions.liftSuspension, { uid, reason });
      return (await liftSuspension(deps, OPERATOR, input)).status;
    },
  },
  "delete": {
    arguments: ["uid"],
    options: "",
    meaning: "Deletes the account of a person who requested it and cannot sign in.",
    async run(deps, [uid]) {
      const person = await personOf(deps, uid);
      await record(deps, { action: "deleteAccount", uid: person });
      // The deployed sweep carries it out, so that its line is in the project's log.
      await requestDeletion(deps, person);
      return `The deletion of ${person} begins within a minute, or after the grace period.`;
    },
  },
  "export": {
    arguments: ["uid", "file"],
    options: "",
    meaning: "Writes what is stored about a person into a new file, as NDJSON.",
    async run(deps, [uid, path = ""]) {
      const person = await personOf(deps, uid);
      await record(deps, { action: "exportAccount", uid: person });
      const pages = await exportTo(deps, person, path);
      return `${path}: ${pages} ${pages === 1 ? "page" : "pages"}`;
    },
  },
  "pseudonym": {
    arguments: ["uid"],
    options: "",
    meaning: "Prints a person's pseudonym in the log.",
    run: ({ projectId }, [uid = ""]) => Promise.resolve(pseudonymOf(uid, projectId)),
  },
  "who": {
    arguments: ["pseudonym"],
    options: "[--log-of project]",
    meaning:
      "Prints whose pseudonym it is, in the log of this project or of another. Reads all profiles.",
    async run(deps, [pseudonym], { "log-of": logOf }) {
      const projectId = logOf === undefined ? deps.projectId : await projectIdOf(logOf);
      let found: string | undefined;
      const look = (page: readonly { readonly id: string }[]) => {
        found ??= page.find(({ id }) => pseudonymOf(id, projectId) === pseudonym)?.id;
        return Promise.resolve();
      };
      await eachPage(usersRef(deps.firestore).select(), PAGE, look, () => found === undefined);
      if (found !== undefined) return found;
      throw new UsageError(`Nobody in ${deps.projectId} has this pseudonym in ${projectId}.`);
    },
  },
  "client-config": {
    arguments: [],
    options: "[--set file]",
    meaning: "Shows or replaces config/client. The file is JSON.",
    async run(deps, _, { set }) {
      const ref = clientConfigRef(deps.firestore);
      if (set !== undefined) {
        const request = z.strictObject(clientConfigDocument.shape);
        const config = checked({ request }, parsedJson(await readFile(set, "utf8")));
        await deps.firestore.runTransaction((transaction) => {
          transaction.set(ref, config);
          writeAudit(deps, transaction, { by: OPERATOR.uid, action: "setClientConfig" });
          return Promise.resolve();
        });
      }
      return JSON.stringify((await ref.get()).data() ?? null, null, 2);
    },
  },
  "words": {
    arguments: [],
    options: '[--set "word, word"]',
    meaning: "Shows or replaces the words that nobody may write in the whole service.",
    async run(deps, _, { set }) {
      if (set !== undefined) {
        const words = set.split(",").flatMap((word) => word.trim() || []);
        await setWordFilter(deps, OPERATOR, checked(wordFilter.setWordFilter, { words }));
      }
      const { words = [] } = (await serviceWordsRef(deps.firestore).get()).data() ?? {};
      return words.length === 0 ? "No words." : visible(words.join(", "));
    },
  },
  "audit": {
    arguments: [],
    options: "[--limit n]",
    meaning: "Lists what admins did, the latest first.",
    async run(deps, _, { limit = "20" }) {
      const input = checked(auditPage, { limit: numberOf(limit) });
      const entries = await latestAudit(deps, input.limit);
      return entries.length === 0 ? "No entries." : entries.map(entryText).join("\n");
    },
  },
};

export function usageOf(name: string, command: Command): string {
  return `Usage: npm run admin -- ${syntaxOf(name, command)}`;
}

function syntaxOf(name: string, { arguments: names, options }: Command): string {
  return [name, ...names.map((each) => `<${each}>`), options].join(" ");
}

export const help = [
  "Usage: npm run admin -- <command> [options]",
  "",
  ...Object.entries(commands).flatMap(([name, each]) =>
    each ? [`  ${syntaxOf(name, each)}`, `      ${each.meaning}`] : [],
  ),
  "",
  "  time           2027-01-31T20:00Z, 12h, 7d, or forever",
  "  --project      the Firebase project, by its alias or id, with application default",
  "                 credentials; by default GCLOUD_PROJECT",
  "  --local        the suite of `npm start`",
  "  --help         shows this",
  "",
  "The operator needs no second admin. Everything is in the audit log.",
].join("\n");

async function change(
  deps: OperatorDependencies,
  uid: string | undefined,
  admin: boolean,
  reason: string | undefined,
): Promise<string> {
  const input = checked(admins.setAdmin, { uid, admin, reason });
  await setAdmin(deps, OPERATOR, input);
  return admin
    ? `${input.uid} becomes an admin when they next sign in or refresh their ID token.`
    : `${input.uid} is no longer an admin.`;
}

/** The request, checked as the callable checks it. */
function checked<Request extends z.ZodType>(
  { request }: Pick<CallableContract<Request>, "request">,
  input: unknown,
): z.output<Request> {
  const parsed = request.safeParse(input);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => `  ${path.join(".")}: ${message}`);
  throw new UsageError(["Some of the input is not valid:", ...issues].join("\n"));
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`The file is not JSON: ${String(error)}`);
  }
}

const UNITS_MS = { h: 3_600_000, d: 86_400_000 } as const;

/** ms since the epoch; null: forever. */
function timeOf(text: string): number | null {
  if (text === "forever") return null;
  const [, count, unit] = /^(\d+)([hd])$/.exec(text) ?? [];
  const inUnits = unit === "h" || unit === "d" ? Number(count) * UNITS_MS[unit] : undefined;
  const time = inUnits === undefined ? Date.parse(text) : Date.now() + inUnits;
  if (Number.isNaN(time)) {
    throw new UsageError(
      `"${text}" is not a valid time. Use 2027-01-31T20:00Z, 12h, 7d or forever.`,
    );
  }
  return time;
}

/** Invalid numbers become NaN, which the request schema rejects. */
function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

function untilText(until: number | null): string {
  return until === null ? "" : ` until ${new Date(until).toISOString()}`;
}

function reportText(report: reports.ReportView): string {
  const { reportId, state, isUrgent, category, createdAt, about, reason, decided, appeals } =
    report;
  return [
    `${reportId}  ${state}${isUrgent ? "  URGENT" : ""}  ${category}  ${new Date(createdAt).toISOString()}`,
    `  ${about.kind} of ${about.uid}: ${about.excerpt}`,
    `  reported: ${reason}`,
    ...(decided ? [`  decided: ${decided.decision}: ${decided.reason}`] : []),
    ...appeals.map(({ uid, text }) => `  appeal of ${uid}: ${text}`),
  ]
    .map(visible)
    .join("\n");
}

function entryText(entry: admins.AuditDocument): string {
  const { at, by, action, step, uid, showId, commentId, reportId, detail, until, reason } = entry;
  const about = [uid, showId, commentId, reportId && `report ${reportId}`, detail].filter(Boolean);
  return [
    new Date(at.toMillis()).toISOString(),
    by,
    step === "requested" ? `${action} (waits for a second admin)` : action,
    ...about,
    ...(until ? [`until ${new Date(until.toMillis()).toISOString()}`] : []),
    ...(reason === null ? [] : [visible(reason)]),
  ].join("  ");
}

/** Control characters as escapes: what people write could otherwise command the terminal. */
function visible(text: string): string {
  return text.replaceAll(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}

/** PERSON_NOT_FOUND, unless the account exists. */
async function personOf(deps: OperatorDependencies, uid: string | undefined): Promise<string> {
  const input = checked({ request: z.object({ uid: personId }) }, { uid });
  if ((await deps.accounts.isAdmin(input.uid)) === null) throw new Refusal("PERSON_NOT_FOUND");
  return input.uid;
}

/** Puts into the audit log what the operator does for a person. */
async function record(
  deps: OperatorDependencies,
  entry: Pick<admins.AuditDocument, "action" | "uid"> &
    Partial<Pick<admins.AuditDocument, "reportId">>,
): Promise<void> {
  await deps.firestore.runTransaction((transaction) => {
    writeAudit(deps, transaction, { by: OPERATOR.uid, ...entry });
    return Promise.resolve();
  });
}

/** Resolves with the number of pages. Only the operator can read the file, and none is overwritten. */
async function exportTo(deps: OperatorDependencies, uid: string, path: string): Promise<number> {
  const file = await open(path, "wx", 0o600);
  try {
    let cursor: string | undefined;
    for (let pages = 1; ; pages += 1) {
      const page = await exportAccount(deps, { uid }, { cursor });
      await file.write(page.lines);
      if (page.cursor === null) return pages;
      cursor = page.cursor;
    }
  } finally {
    await file.close();
  }
}
