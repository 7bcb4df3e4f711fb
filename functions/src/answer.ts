import { GrpcStatus } from "firebase-admin/firestore";
import { HttpsError, type CallableRequest } from "firebase-functions/https";
import type { z } from "zod";
import type { CallableContract } from "./contract/callable.js";
import type { Caller } from "./caller.js";
import { admit, appCheckOf } from "./admission.js";
import { dependencies } from "./assemble.js";
import { appCheck } from "./config.js";
import type { Dependencies } from "./dependencies.js";
import { invalidArgument, Refusal } from "./errors.js";
import { refusals } from "./contract/reasons.js";
import { hasStatus } from "./grpcStatus.js";
import { pseudonymOf } from "./log.js";
import { noteShow, OperationFailed, type RunningOperation, runOperation } from "./operation.js";

/** A callable's contract and what it does. */
export interface Operation<Request extends z.ZodType, Response extends z.ZodType> {
  readonly contract: CallableContract<Request, Response>;
  readonly run: (
    deps: Dependencies,
    caller: Caller,
    input: z.output<Request>,
  ) => Promise<z.input<Response>>;
}

/** The same for callables that people use before they are signed in. */
export interface OpenOperation<Request extends z.ZodType, Response extends z.ZodType> {
  readonly contract: CallableContract<Request, Response>;
  readonly run: (deps: Dependencies, input: z.output<Request>) => Promise<z.input<Response>>;
}

/**
 * The path of every call by a signed-in caller: authenticate → validate → admit → run → report. A refusal is answered
 * with its reason. Any other error is a bug, and answered as `internal` with the correlation id of its log line.
 */
export function answer<Request extends z.ZodType, Response extends z.ZodType>(
  request: CallableRequest,
  { contract, run }: Operation<Request, Response>,
): Promise<z.output<Response>> {
  return report(contract.name, request, async (operation) => {
    const caller = authenticate(request);
    const input = validate(contract.request, request.data);
    noteShow(operation, input);
    const deps = dependencies();
    await admit(deps, contract, caller, request);
    return contract.response.parse(await run(deps, caller, input));
  });
}

/** The same path without its first step. */
export function answerAnyone<Request extends z.ZodType, Response extends z.ZodType>(
  request: CallableRequest,
  { contract, run }: OpenOperation<Request, Response>,
): Promise<z.output<Response>> {
  return report(contract.name, request, async () => {
    const input = validate(contract.request, request.data);
    const deps = dependencies();
    await admit(deps, contract, null, request);
    return contract.response.parse(await run(deps, input));
  });
}

function authenticate(request: CallableRequest): Caller {
  // A signed-in caller has a uid: a token without one signs nobody in.
  if (!request.auth?.uid) throw new Refusal("UNAUTHENTICATED");
  return { uid: request.auth.uid, isAdmin: request.auth.token.admin === true };
}

/** The path of a string that is not Unicode, which Firestore cannot store; undefined if there is none. */
function illFormedIn(value: unknown, path = ""): string | undefined {
  if (typeof value === "string") return value.isWellFormed() ? undefined : path;
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, child] of Object.entries(value)) {
    const found = illFormedIn(child, path === "" ? key : `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function validate<Schema extends z.ZodType>(schema: Schema, data: unknown): z.output<Schema> {
  // The SDKs send null for a call without an argument.
  const parsed = schema.safeParse(data ?? {});
  if (parsed.success) {
    const path = illFormedIn(parsed.data);
    if (path === undefined) return parsed.data;
    throw invalidArgument(path, "contains half of a surrogate pair");
  }
  throw new Refusal("INVALID_ARGUMENT", {
    issues: parsed.error.issues.flatMap((issue) =>
      // Zod names an unknown key in the issue, not in its path: an app wants to know which field it is.
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => ({
            path: [...issue.path, key].join("."),
            message: "is not a field of this request",
          }))
        : [{ path: issue.path.join("."), message: issue.message }],
    ),
  });
}

async function report<Result>(
  name: string,
  request: CallableRequest,
  work: (operation: RunningOperation) => Promise<Result>,
): Promise<Result> {
  const policy = appCheck.value();
  const verdict = appCheckOf(request);
  const run = runOperation(name, request.rawRequest.headers, async (operation) => {
    if (request.auth) operation.caller = pseudonymOf(request.auth.uid);
    if (policy !== "off") operation.appCheck = verdict;
    try {
      if (policy === "enforce" && verdict !== "valid") throw new Refusal("APP_CHECK_REQUIRED");
      return { result: await work(operation) };
    } catch (error) {
      const refusal = isContention(error) ? new Refusal("CONTENTION") : error;
      if (!(refusal instanceof Refusal)) throw error;
      operation.outcome = "refused";
      operation.reason = refusal.reason;
      return { refusal };
    }
  });
  const answered = await run.catch((error: unknown) => {
    if (!(error instanceof OperationFailed)) throw error;
    return { refusal: new Refusal("INTERNAL", { correlationId: error.correlationId }) };
  });
  if ("refusal" in answered) throw httpsErrorOf(answered.refusal);
  return answered.result;
}

function httpsErrorOf({ reason, message, details }: Refusal): HttpsError {
  return new HttpsError(refusals[reason].code, message, { reason, ...details });
}

/**
 * A transaction that gave up. Either others changed what it had read, at each attempt, or it waited for them until it
 * expired, which Firestore reports only in the message.
 */
function isContention(error: unknown): boolean {
  if (hasStatus(error, GrpcStatus.ABORTED)) return true;
  return (
    hasStatus(error, GrpcStatus.INVALID_ARGUMENT) &&
    /transaction (has expired|is invalid or closed)/i.test(error.message)
  );
}
