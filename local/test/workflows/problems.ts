import { z } from "zod";
import { parseYaml } from "../../files/yaml.js";

/** The parts of a workflow, or of an action of the repository, that these rules read. */
const step = z.looseObject({
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
});
const job = z.looseObject({
  "permissions": z.unknown().optional(),
  "timeout-minutes": z.number().optional(),
  "uses": z.string().optional(),
  "environment": z.string().optional(),
  "secrets": z.unknown().optional(),
  "needs": z.union([z.string(), z.array(z.string())]).default([]),
  "with": z.looseObject({ environment: z.string().optional() }).default({}),
  "steps": z.array(step).default([]),
});
const workflow = z.looseObject({
  permissions: z.unknown().optional(),
  jobs: z.record(z.string(), job),
});
const action = z.looseObject({ runs: z.looseObject({ steps: z.array(step) }) });

const PINNED = /^\s*(?:- )?uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
const STORED_KEY = /\b(?:credentials_json|service_account_key|FIREBASE_TOKEN)\b/i;
const OF_THE_REPOSITORY = /^\s*(?:- )?uses: \.\/\.github\//;

/**
 * The problems of a workflow, or of an action in `.github/actions`: an action without a digest, whose tag could be moved
 * to other code; missing permissions; a token left on disk; a stored key. Also a deployment that nobody can hold
 * back, a job without an end, a command that does not exist, and a called workflow (one of `files`) whose secrets are
 * not passed.
 */
export function workflowProblems(
  text: string,
  scripts: ReadonlySet<string>,
  files: ReadonlyMap<string, string>,
): readonly string[] {
  const lines = text.split("\n");
  const unpinned = lines
    .filter((line) => /^\s*(?:- )?uses:/.test(line))
    .filter((line) => !PINNED.test(line) && !OF_THE_REPOSITORY.test(line))
    .map((line) => `is not pinned by a digest with its version: ${line.trim()}`);
  const unknownScripts = [...text.matchAll(/\bnpm run ([\w:-]+)/g)]
    .map(([, name = ""]) => name)
    .filter((name) => !scripts.has(name))
    .map((name) => `package.json has no script ${name}`);
  const keys = lines
    .filter((line) => STORED_KEY.test(line))
    .map((line) => `uses a stored key instead of Workload Identity Federation: ${line.trim()}`);
  return [...unpinned, ...unknownScripts, ...keys, ...structureProblems(parseYaml(text), files)];
}

function structureProblems(
  content: unknown,
  files: ReadonlyMap<string, string>,
): readonly string[] {
  const composite = action.safeParse(content);
  if (composite.success) return composite.data.runs.steps.flatMap(checkoutProblems);
  const { permissions, jobs } = workflow.parse(content);
  return [
    ...(isEmpty(permissions) ? [] : ["its permissions are not {}: each job states its own"]),
    ...Object.entries(jobs).flatMap(([name, each]) => [
      ...(isStated(each.permissions) ? [] : [`${name} states no permissions`]),
      ...(each.uses === undefined && each["timeout-minutes"] === undefined
        ? [`${name} has no timeout`]
        : []),
      ...deploymentProblems(name, each),
      ...secretsProblems(name, each, files),
      ...each.steps.flatMap(checkoutProblems).map((problem) => `${name}: ${problem}`),
    ]),
  ];
}

/** An environment has the reviewers who approve a deployment, and Google trusts runs in environments only. */
function deploymentProblems(name: string, each: z.infer<typeof job>): readonly string[] {
  const signsIn = each.steps.some(({ uses }) => uses?.startsWith("google-github-actions/auth@"));
  const isProduction = [each.environment, each.with.environment].includes("production");
  return [
    ...(signsIn && each.environment === undefined
      ? [`${name} signs in to Google outside an environment`]
      : []),
    ...(isProduction && ![each.needs].flat().includes("staging")
      ? [`${name} does not need staging`]
      : []),
  ];
}

/** Even the secrets of its environment are empty in a called workflow whose caller passes none. */
function secretsProblems(
  name: string,
  { uses, secrets }: z.infer<typeof job>,
  files: ReadonlyMap<string, string>,
): readonly string[] {
  const file = uses?.replace("./", "") ?? "";
  const readsSecrets = /\bsecrets\.\w/.test(files.get(file) ?? "");
  return readsSecrets && secrets === undefined
    ? [`${name} passes no secrets to ${file}, which reads some`]
    : [];
}

function isEmpty(permissions: unknown): boolean {
  return isStated(permissions) && Object.keys(permissions).length === 0;
}

/** `write-all` and `read-all` are no statement of what a job needs. */
function isStated(permissions: unknown): permissions is Record<string, string> {
  return typeof permissions === "object" && permissions !== null;
}

function checkoutProblems(each: z.infer<typeof step>): readonly string[] {
  if (each.uses?.startsWith("actions/checkout@") !== true) return [];
  return each.with?.["persist-credentials"] === false
    ? []
    : ["a checkout keeps its token where every later step can read it"];
}
